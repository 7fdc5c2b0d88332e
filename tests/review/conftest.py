"""An open desk on a Redis of the test run's own, signed in as the demo customer."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from frontdesk import FrontDesk, open_desk
from tests.support.small import DEMO, settings_for, small_desk

Row = Callable[[], Awaitable[tuple[str, str]]]


@pytest.fixture
async def desk(redis_url: str, redis_client: object, tmp_path: Path) -> AsyncIterator[FrontDesk]:
    async with open_desk(small_desk(), settings_for(tmp_path, redis_url), principal=DEMO) as opened:
        yield opened


@pytest.fixture
def order(desk: FrontDesk, tmp_path: Path) -> Row:
    """Reads status and address of order 10482 from the back office."""

    def query() -> tuple[str, str]:
        with contextlib.closing(sqlite3.connect(tmp_path / "databases" / "retail.sqlite")) as database:
            found = database.execute("SELECT status, shipping_address FROM orders WHERE id = '10482'").fetchone()
            return str(found[0]), str(found[1])

    return lambda: asyncio.to_thread(query)
