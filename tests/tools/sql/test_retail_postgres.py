"""The shipped desk on a real PostgreSQL: every tool of the shop, and two customers' writes at once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from frontdesk.tools.backend import Resources
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.database import open_engine
from frontdesk.tools.loading import load_callable
from frontdesk.tools.registry import backends
from tests.support import postgres
from tests.support.retail import RetailDesk

DESK = Path(__file__).parents[3] / "desks" / "retail"
TODAY = date(2026, 5, 20)
NOW = datetime(2026, 5, 20, 12, tzinfo=UTC).timestamp()


@pytest.fixture(scope="module")
def seeded(postgres_folder: Path) -> str:
    """URL of a database that the seed has filled, three starts at once."""

    async def fill() -> None:
        plain = open_engine(postgres.url(postgres_folder))
        async with plain.connect() as connection:
            await (await connection.execution_options(isolation_level="AUTOCOMMIT")).execute(
                text("CREATE DATABASE retail")
            )
        await plain.dispose()
        engines = [open_engine(url) for _ in range(3)]
        await asyncio.gather(*(load_callable("seed.py:prepare", DESK)(engine, TODAY) for engine in engines))
        for engine in engines:
            await engine.dispose()

    url = postgres.url(postgres_folder).replace("/postgres?", "/retail?")
    asyncio.run(fill())
    return url


@pytest.fixture
async def retail(seeded: str, contracts: dict[str, ToolContract]) -> AsyncIterator[RetailDesk]:
    """A gateway over the shop's own tools."""
    engine: AsyncEngine = open_engine(seeded)
    shop = {name: item for name, item in contracts.items() if item.connector.kind == "sql"}
    yield RetailDesk(shop, backends(["sql"], Resources(DESK, engine)), NOW, engine)
    await engine.dispose()


READS: list[tuple[str, dict[str, Any], str]] = [
    ("get_customer", {}, "Orla Devlin"),
    ("list_orders", {"status": "delivered"}, "10377"),
    ("list_orders", {}, "10482"),
    ("get_order", {"order_id": "10377"}, "Meadow wool rug"),
    ("get_loyalty_points", {}, "points"),
    ("get_store_hours", {}, "Manchester"),
    ("get_store_hours", {"city": "Bristol"}, "14 Corn Wharf"),
]


@pytest.mark.parametrize(("name", "arguments", "said"), READS)
async def test_reads(retail: RetailDesk, name: str, arguments: Any, said: str) -> None:
    result = await retail.call(name, arguments)
    assert result.outcome == "done"
    assert said in result.content


WRITES: list[tuple[str, dict[str, Any], str, Any]] = [
    (
        "update_shipping_address",
        {"order_id": "10482", "address": "5 Elm Road, Bristol"},
        "shipping_address",
        "5 Elm Road, Bristol",
    ),
    ("cancel_order", {"order_id": "10482"}, "refund", 187.0),
    ("return_order", {"order_id": "10377", "item": "wool rug", "reason": "late"}, "amount", 199.0),
    ("withdraw_request", {"order_id": "10377", "item": "wool rug"}, "kind", "return"),
    ("exchange_item", {"order_id": "10377", "item": "FH-1302", "reason": "size"}, "quantity", 2),
    ("withdraw_request", {"order_id": "10377"}, "kind", "exchange"),
    ("request_refund", {"order_id": "10377", "item": "FH-1302", "reason": "faulty"}, "amount", 138.0),
]


async def test_writes_one_after_the_other(retail: RetailDesk) -> None:
    for name, arguments, field, value in WRITES:
        done = (await retail.confirmed(name, arguments))[1]
        assert done.outcome == "done", (name, done.content)
        assert json.loads(done.content)[field] == value, name
    assert len(await retail.rows("SELECT 1 FROM frontdesk_calls")) == len(WRITES)
    assert await retail.rows("SELECT kind FROM requests WHERE order_id = '10377'") == [("refund",)]


async def test_the_same_request_from_two_turns_at_once_is_one(retail: RetailDesk) -> None:
    arguments = {"order_id": "10128", "reason": "late"}
    asked = [await retail.call("return_order", arguments) for _ in range(4)]
    done = await asyncio.gather(
        *(
            retail.call("return_order", each.proposal["arguments"], approved=each.proposal)
            for each in asked
            if each.proposal
        )
    )
    assert sorted(each.outcome for each in done) == ["done", "refused", "refused", "refused"]
    assert len(await retail.rows("SELECT 1 FROM requests WHERE order_id = '10128'")) == 1
