"""The example desk on a database from the nineties, in SQLite and in PostgreSQL."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from frontdesk.desk.connecting import Connection
from frontdesk.graph.identity import Principal
from frontdesk.tools.backend import Resources
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.loading import load_callable
from frontdesk.tools.registry import backends
from tests.support.retail import RetailDesk

DESK = Path(__file__).parents[3] / "examples" / "legacy"
WHO = Principal("K-77", "legacy", frozenset({"orders:read", "orders:write"}))


@pytest.fixture
async def desk(shop: AsyncEngine) -> RetailDesk:
    """A gateway over the example's contracts."""
    await load_callable("seed.py:prepare", DESK)(shop)
    loader = YAML(typ="safe")
    found = [ToolContract.model_validate(loader.load(path)) for path in (DESK / "tools").glob("*.yaml")]
    named = loader.load(DESK / "desk.yaml")["connections"]
    connections = {name: Connection.model_validate(each) for name, each in named.items()}
    built = backends(["sql"], Resources(DESK, shop, connections=connections))
    return RetailDesk({each.name: each for each in found}, built, 1_783_000_000.0, shop)


async def call(desk: RetailDesk, name: str, **arguments: Any) -> Any:
    result = await desk.call(name, arguments, who=WHO)
    assert result.outcome == "done", result.content
    return json.loads(result.content)


async def test_a_record_is_told_in_the_contracts_words(desk: RetailDesk) -> None:
    assert await call(desk, "get_order", order_id="20417") == {
        "order_id": "20417",
        "customer_id": "K-77",
        "status": "processing",
        "placed_on": "2026-07-03",
        "due_on": "2026-07-10",
        "total": 187.05,
        "paid": True,
        "carrier": "post",
    }


@pytest.mark.parametrize(
    ("arguments", "numbers"),
    [
        ({}, ["20417", "20418"]),
        ({"status": "shipped"}, ["20418"]),
        ({"status": "cancelled"}, []),
        ({"since": "2026-07-01"}, ["20417"]),
    ],
    ids=["all that have a known code", "a code", "none of it", "a day"],
)
async def test_arguments_reach_it_in_its_own_codes(desk: RetailDesk, arguments: Any, numbers: list[str]) -> None:
    found = await call(desk, "list_orders", **arguments)
    assert ([order["order_id"] for order in found["orders"]], found["more"]) == (numbers, False)
    assert {order["customer_id"] for order in found["orders"]} <= {"K-77"}


async def test_a_code_that_nobody_listed_is_no_guess(desk: RetailDesk) -> None:
    result = await desk.call("get_order", {"order_id": "20420"}, who=WHO)
    assert result.outcome == "failed"
    assert "cannot use" in result.content


async def test_somebody_elses_order_is_not_there(desk: RetailDesk) -> None:
    result = await desk.call("get_order", {"order_id": "20419"}, who=WHO)
    assert (result.outcome, result.content) == ("refused", "I can't find order 20419 on your account.")


async def test_a_change_is_stored_in_its_codes(desk: RetailDesk) -> None:
    asked = await desk.call("change_carrier", {"order_id": "20417", "carrier": "freight"}, who=WHO)
    assert asked.content == "Shall I send order 20417 by freight instead of post?"
    assert asked.proposal is not None
    done = await desk.call("change_carrier", asked.proposal["arguments"], who=WHO, approved=asked.proposal)
    assert json.loads(done.content) == {"order_id": "20417", "customer_id": "K-77", "carrier": "freight"}
    async with desk.engine.connect() as connection:
        kept = await connection.execute(text('SELECT "VERS_ART", "AUFTR.STAT" FROM "AUFTR_KOPF" ORDER BY "AUFTR-NR"'))
        assert [tuple(row) for row in kept][:2] == [("SPD", "03"), ("SEL", "07")]
    late = await desk.call("change_carrier", {"order_id": "20418", "carrier": "post"}, who=WHO)
    assert late.content == "Order 20418 is shipped, so its carrier can't be changed."
