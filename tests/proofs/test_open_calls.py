"""A change that a dead process left open is looked up when the desk opens again: with the values of its vault."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from frontdesk import open_desk
from frontdesk.graph.identity import Caller
from frontdesk.tools.arguments import canonical
from frontdesk.tools.contract import Idempotency, Lookup
from frontdesk.tools.ledger import CallId
from tests.support.small import DEMO, settings_for, small_desk

TOOL = "update_shipping_address"
SEEN = (
    "SELECT id AS order_id, customer_id, shipping_address FROM orders "
    "WHERE id = :order_id AND shipping_address = :address"
)


def address(home: Path) -> str:
    with closing(sqlite3.connect(home / "databases" / "retail.sqlite")) as shop:
        return str(shop.execute("SELECT shipping_address FROM orders WHERE id = '10482'").fetchone()[0])


@pytest.mark.parametrize(("went_through", "state"), [(True, "settled"), (False, "unknown")])
async def test_an_open_change_is_looked_up_and_never_sent(tmp_path: Path, went_through: bool, state: str) -> None:
    desk = small_desk()
    lookup = Idempotency(lookup=Lookup(options={"steps": [{"one": SEEN}]}))
    tools = {**desk.tools, TOOL: desk.tools[TOOL].model_copy(update={"idempotency": lookup})}
    caller = Caller(DEMO, "a" * 32, "turn-1")
    async with open_desk(replace(desk, tools=tools), settings_for(tmp_path), principal=DEMO) as opened:
        before = address(tmp_path)
        wanted = before if went_through else "5 Elm Road, Bristol BS6 5AA"
        await opened.deps.vault.store(caller, {"<ADDRESS_1>": wanted})
        call = CallId(caller, "turn-1", TOOL, canonical({"address": "<ADDRESS_1>", "order_id": "10482"}))
        ledger = opened.stores.ledger
        entry, _ = await ledger.reserve(call, 1.0)
        assert await ledger.swap(call, entry, replace(entry, state="executing", begun=1.0))
        assert await opened.settle_calls() == went_through
        found = await ledger.find(call)
        assert found is not None
        assert (found.state, address(tmp_path)) == (state, before)
