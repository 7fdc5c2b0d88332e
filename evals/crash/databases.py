"""Databases as remote sides: SQLite in a file, and a PostgreSQL server of our own."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import text

from frontdesk.errors import DataError
from frontdesk.evals.crash.world import KEYS
from frontdesk.tools.database import open_engine
from frontdesk.tools.sql.keys import ddl

_USER = "postgres"
"""PostgreSQL does not run as root; Debian's package makes this user."""
_TABLE = "CREATE TABLE refunds (id {serial} PRIMARY KEY, key TEXT NOT NULL, order_id TEXT NOT NULL)"


@asynccontextmanager
async def refunds(url: str) -> AsyncIterator[Any]:
    """Make the table of effects and that of keys, and give an engine to count them with."""
    engine = open_engine(url)
    serial = "INTEGER" if url.startswith("sqlite") else "SERIAL"
    async with engine.begin() as connection:
        await connection.execute(text(_TABLE.format(serial=serial)))
        await connection.execute(text(ddl(KEYS)))
    try:
        yield engine
    finally:
        await engine.dispose()


async def count(engine: Any, key: str | None = None) -> int:
    """Return how many effects there are; under one key where it is given."""
    where = " WHERE key = :key" if key else ""
    async with engine.connect() as connection:
        found = await connection.execute(text(f"SELECT count(*) FROM refunds{where}"), {"key": key} if key else {})  # noqa: S608 - no value in it
        return int(found.scalar_one())


def programs() -> Path | None:
    """Return the folder of PostgreSQL's programs, the newest; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    beside = shutil.which("initdb")
    return found[-1].parent if found else Path(beside).parent if beside else None


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """Run a PostgreSQL server of our own on a Unix socket in ``folder``; give its URL.

    Raises:
        DataError: There is no PostgreSQL on this machine, or it does not start.
    """
    where = programs()
    if where is None:
        raise DataError("there is no PostgreSQL here: apt-get install postgresql, or leave out --postgres")
    folder.mkdir(parents=True, exist_ok=True)
    user = _USER if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
        for parent in folder.parents:
            if parent.stat().st_mode & 0o005 != 0o005 and parent.owner() == "root":
                parent.chmod(parent.stat().st_mode | 0o011)
    data = folder / "data"
    _run(user, where / "initdb", "-D", data, "-A", "trust", "-U", _USER, "--no-sync")
    options = f"-k {folder} -c listen_addresses='' -c max_connections=50"
    _run(user, where / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
    try:
        yield f"postgresql+asyncpg://{_USER}@/{_USER}?host={folder}"
    finally:
        _run(user, where / "pg_ctl", "-D", data, "-m", "immediate", "stop")


def _run(user: str | None, *command: Path | str) -> None:
    who = {"user": user, "group": pwd.getpwnam(user).pw_gid, "cwd": "/"} if user else {"cwd": "/"}
    try:
        # S603: a program of this machine, with arguments of our own
        subprocess.run([str(part) for part in command], check=True, capture_output=True, timeout=60, **who)  # noqa: S603
    except (OSError, subprocess.SubprocessError) as error:
        raise DataError(f"{command[0]} does not run here: {type(error).__name__}") from error
