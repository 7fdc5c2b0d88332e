"""The table of calls that happened: a write's key is inserted in the very transaction that has the effect.

Where it is there, a repeated key means that the write happened, whatever became of the first answer; the second of two
transactions with the same key waits for the first to end (its row is inserted but not yet committed), and then either
finds it or is the first itself. That makes the database a remote side that recognises keys: ``idempotency: {remote:
true}``. The rows hold no customer's data; they may be deleted once they are older than the ledger keeps a call
(``retention.ledger_days``).
"""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Column, MetaData, String, Table, bindparam, inspect
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.schema import CreateTable

from frontdesk.tools.sql.steps import TABLE


def table(name: str, metadata: MetaData | None = None) -> Table:
    """Return the table; ``metadata`` is where a seed gathers what it creates.

    Raises:
        ValueError: not a plain name.
    """
    if not re.match(TABLE, name):
        raise ValueError("a table's name has letters, digits and underscores only")
    found = metadata if metadata is not None else MetaData()
    return Table(
        name,
        found,
        Column("call_key", String(128), primary_key=True),
        Column("tool", String(64), nullable=False),
        Column("made_at", String(32), nullable=False, index=True),
    )


def ddl(name: str) -> str:
    """Return the statement that creates the table, for SQLite and PostgreSQL alike."""
    return str(CreateTable(table(name))).strip()


async def first(connection: AsyncConnection, name: str, key: str, tool: str, now: str) -> bool:
    """Insert a key. Return whether it is new; it stays only if the transaction is committed.

    Raises:
        sqlalchemy.exc.DBAPIError: the table is not there, the wait for another transaction took too long, …
    """
    insert = sqlite_insert if connection.dialect.name == "sqlite" else postgres_insert
    made = table(name)
    values: dict[str, Any] = {
        "call_key": bindparam("k", key),
        "tool": bindparam("t", tool),
        "made_at": bindparam("m", now),
    }
    done = await connection.execute(insert(made).values(values).on_conflict_do_nothing(index_elements=["call_key"]))
    return done.rowcount == 1


async def missing(engine: AsyncEngine, name: str) -> bool:
    """Whether the table is not there."""

    def absent(connection: Connection) -> bool:
        return not inspect(connection).has_table(name)

    async with engine.connect() as connection:
        return await connection.run_sync(absent)
