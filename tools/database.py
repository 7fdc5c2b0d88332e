"""Opens the desk's database. Imported late: SQLAlchemy takes 0.3 s."""

from __future__ import annotations

import logging
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from frontdesk.errors import SettingsError

DRIVERS = ("sqlite+aiosqlite", "postgresql+asyncpg")
BUSY_SECONDS = 3
READ_ONLY = "frontdesk_read_only"
"""In a pooled SQLite connection's notes: its writes are switched off until it goes back to the pool."""
HURRIED = "frontdesk_hurried"
"""The same: it waits for locks for less than the usual time."""
_RESET = {READ_ONLY: "PRAGMA query_only=OFF", HURRIED: f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}"}


def open_engine(url: str) -> AsyncEngine:
    """Make an engine for ``url``; nothing is contacted yet.

    Args:
        url: ``sqlite+aiosqlite:///path`` or ``postgresql+asyncpg://user:password@host/name``. A plain ``sqlite:`` or
            ``postgresql:`` is given its asyncio driver.

    Returns:
        The engine; the caller disposes of it.

    Raises:
        SettingsError: another kind of URL, or its driver is not installed. The text never repeats the URL, which may
            carry a password.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise SettingsError("the database URL cannot be read; allowed: " + ", ".join(DRIVERS)) from None
    for driver in DRIVERS:
        if parsed.drivername == driver.partition("+")[0]:
            parsed = parsed.set(drivername=driver)
    if parsed.drivername not in DRIVERS:
        raise SettingsError(f"database driver {parsed.drivername!r}; allowed: {', '.join(DRIVERS)}")
    # Bound values are customers' data: neither SQLAlchemy's errors nor any driver's DEBUG lines may repeat them.
    if parsed.drivername.startswith("postgresql"):
        try:
            return create_async_engine(parsed, pool_pre_ping=True, hide_parameters=True)
        except ImportError:
            raise SettingsError("asyncpg is not installed; pip install 'frontdesk[postgres]' brings it") from None
    logging.getLogger("aiosqlite").setLevel(logging.INFO)
    engine = create_async_engine(parsed, hide_parameters=True)
    event.listen(engine.sync_engine, "connect", _sqlite)
    event.listen(engine.sync_engine, "reset", _as_it_was)
    return engine


async def reach(engine: AsyncEngine) -> None:
    """Connect once, so that a database that cannot be used is an error at the start and not a stack trace.

    Raises:
        SettingsError: With the kind of fault; the driver's own words may repeat a user's name or an address.
    """
    try:
        async with engine.connect():
            pass
    except (SQLAlchemyError, OSError) as error:
        driver = getattr(error, "orig", None)
        told = type(getattr(driver, "__cause__", None) or driver or error).__name__
        remedy = "see FRONTDESK_DATABASE_URL, or `database` in desk.yaml"
        raise SettingsError(f"the tools' database cannot be used ({told}); {remedy}") from error


def _as_it_was(connection: Any, record: Any, state: Any) -> None:
    """Undo what one call changed of a connection before anybody else gets it."""
    noted = [statement for note, statement in _RESET.items() if record.info.pop(note, False)]
    if noted and not state.terminate_only:
        cursor = connection.cursor()
        for statement in noted:
            cursor.execute(statement)
        cursor.close()


def _sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()
