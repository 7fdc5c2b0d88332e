"""What an error of a database means for the call: nothing happened, or nobody knows.

SQLSTATE classes: PostgreSQL 15, appendix A. Result codes: sqlite.org/rescode.html.
"""

from __future__ import annotations

from typing import Literal

from sqlalchemy.exc import DBAPIError, IntegrityError

Meaning = Literal["conflict", "constraint", "read_only", "timeout", "lost", "error"]

CONFLICTS = frozenset({"40001", "40P01", "55P03"})
"""Serialization failure, deadlock, lock not available: another try may succeed."""
TIMEOUTS = frozenset({"57014", "25P03"})
"""Statement timeout, idle-in-transaction timeout."""
LOST = ("08", "57P", "58", "XX", "53")
"""Connection, shutdown, system, internal and resource errors: what was in flight may have been committed."""


def sqlstate(error: BaseException) -> str:
    """Return PostgreSQL's five characters, or SQLite's name of its code; empty where there is none."""
    found: BaseException | None = error
    for _ in range(4):
        if found is None:
            break
        code = getattr(found, "sqlstate", None) or getattr(found, "sqlite_errorname", None)
        if isinstance(code, str) and code:
            return code
        found = getattr(found, "orig", None) or found.__cause__
    return ""


def meaning(error: BaseException) -> Meaning:
    """Return the kind of an error of SQLAlchemy or the network."""
    code = sqlstate(error)
    if code in CONFLICTS or code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return "conflict"
    if code in TIMEOUTS:
        return "timeout"
    if code == "25006" or code.startswith("SQLITE_READONLY"):
        return "read_only"
    if isinstance(error, IntegrityError) or code.startswith("23"):
        return "constraint"
    if not code or code.startswith(LOST) or (isinstance(error, DBAPIError) and error.connection_invalidated):
        return "lost"
    return "error"


def undone(error: BaseException) -> bool:
    """Whether an error that came back from COMMIT says for certain that nothing was committed.

    The server answered, and what it said is a refusal: a conflict, a deferred constraint, a lock. A lost connection, a
    shutdown, and whatever is not known for certain, do not say so.
    """
    code = sqlstate(error)
    if code.startswith("SQLITE_"):
        return code.startswith(("SQLITE_BUSY", "SQLITE_CONSTRAINT"))
    return code in CONFLICTS or code.startswith("23") or code == "25P02"
