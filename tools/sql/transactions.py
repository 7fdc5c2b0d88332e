"""One transaction per call: read-only for a read, undone unless all of it holds."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.tools.database import BUSY_SECONDS, HURRIED, READ_ONLY
from frontdesk.tools.sql.databases import Database


@dataclass(frozen=True, slots=True)
class Transaction:
    """An open transaction."""

    connection: AsyncConnection
    deadline: float
    bound: asyncio.Timeout

    async def commit(self) -> None:
        """Commit, unless it is too late to begin that.

        Raises:
            TimeoutError: nothing was committed.
            sqlalchemy.exc.SQLAlchemyError, OSError: see :func:`frontdesk.tools.sql.faults.undone`.
        """
        if self.bound.expired() or time.monotonic() >= self.deadline:
            raise TimeoutError
        # What is cancelled from here on may have been committed, and is not ours to call undone.
        self.bound.reschedule(None)
        await self.connection.commit()


@asynccontextmanager
async def transaction(database: Database, deadline: float, *, writes: bool) -> AsyncIterator[Transaction]:
    """Open a transaction; leaving it without ``commit`` undoes all.

    Args:
        database: Where.
        deadline: ``time.monotonic()`` seconds by which it must be over; infinite: no bound of ours. A twentieth of
            what is left is kept, so that what takes too long is known to be undone before the caller gives up.
        writes: False: the database itself refuses every change.

    Raises:
        sqlalchemy.exc.SQLAlchemyError, OSError: the database cannot be used.
        TimeoutError: time ran out before the commit; nothing happened.
    """
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    async with (
        asyncio.timeout(None if math.isinf(left) else left * 0.95) as bound,
        database.engine.connect() as plain,
    ):
        yield Transaction(await _begun(plain, database, left, writes=writes), deadline, bound)


async def _begun(plain: AsyncConnection, database: Database, left: float, *, writes: bool) -> AsyncConnection:
    limit = 0 if math.isinf(left) else max(1, int(left * 900))  # milliseconds
    if database.lite:
        notes = (await plain.get_raw_connection()).info
        if 0 < limit < BUSY_SECONDS * 1000:
            notes[HURRIED] = True
            await plain.exec_driver_sql(f"PRAGMA busy_timeout={limit:d}")
        if not writes:
            notes[READ_ONLY] = True
            await plain.exec_driver_sql("PRAGMA query_only=ON")
        # The driver begins a transaction before some statements only, and a read that turns into a write may deadlock.
        await plain.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
        return plain
    options: dict[str, Any] = {"postgresql_readonly": not writes}
    if database.options.isolation:
        options["isolation_level"] = database.options.isolation
    connection = await plain.execution_options(**options)
    if limit:
        await connection.exec_driver_sql(f"SET LOCAL statement_timeout = {limit:d}")
    return connection
