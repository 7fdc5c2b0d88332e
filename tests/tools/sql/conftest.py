"""The same small shop in SQLite and in PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from frontdesk.tools.database import open_engine
from frontdesk.tools.sql import keys
from tests.support import postgres

SHOP = (
    "CREATE TABLE orders (id VARCHAR(5) PRIMARY KEY, owner VARCHAR(9) NOT NULL, status VARCHAR(12) NOT NULL)",
    "CREATE TABLE refunds (id VARCHAR(64) PRIMARY KEY, order_id VARCHAR(5) NOT NULL, cents INTEGER NOT NULL)",
    "INSERT INTO orders VALUES ('10001', 'C-1', 'open'), ('10002', 'C-1', 'open'), ('10003', 'C-2', 'sent')",
    keys.ddl("frontdesk_calls"),
)


@pytest.fixture(scope="session")
def postgres_folder() -> Iterator[Path]:
    """The socket's folder of a running PostgreSQL."""
    with postgres.server() as folder:
        yield folder


@pytest.fixture
async def pg(postgres_folder: Path) -> AsyncIterator[AsyncEngine]:
    """The shop in PostgreSQL, empty of everything else."""
    engine = open_engine(postgres.url(postgres_folder))
    async with engine.begin() as connection:
        await connection.execute(text("DROP SCHEMA public CASCADE"))
        await connection.execute(text("CREATE SCHEMA public"))
        for statement in SHOP:
            await connection.execute(text(statement))
    yield engine
    await engine.dispose()


@pytest.fixture
async def lite(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """The shop in SQLite."""
    engine = open_engine(f"sqlite:///{tmp_path / 'small.db'}")
    async with engine.begin() as connection:
        for statement in SHOP:
            await connection.execute(text(statement))
    yield engine
    await engine.dispose()


@pytest.fixture(params=["lite", "pg"])
def shop(request: pytest.FixtureRequest) -> AsyncEngine:
    """Either."""
    found: AsyncEngine = request.getfixturevalue(request.param)
    return found
