"""A desk's connections are opened with it and closed with it."""

from __future__ import annotations

from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, cast

import pytest

from frontdesk.backoffice import open_backends
from frontdesk.desk.load import Desk
from frontdesk.errors import ConfigurationError
from frontdesk.settings import Settings
from frontdesk.testing.backoffice import BackOffice
from frontdesk.tools.backend import Invocation

DESK = """\
name: corner
business: Corner Shop
languages: [en]
connections:
  shop: {{kind: http, options: {{url: "{url}", private: true, auth: {{bearer: SHOP_TOKEN}}}}}}
"""
INTENTS = """\
intents:
  - name: order_status
    title: see where an order is
    description: Where is my order
    utterances: [where is my order, has it left]
    tools: [get_order]
"""
TOOL = """\
name: get_order
description: Looks up one order of the customer.
effect: read
owner: {argument: customer_id, result: customer_id}
input:
  type: object
  properties: {customer_id: {type: string}, order_id: {type: string}}
  required: [customer_id, order_id]
output: {type: object, properties: {customer_id: {type: string}}}
connector:
  kind: http
  connection: shop
  options: {method: GET, path: "/orders/{order_id}"}
"""


def opened(folder: Path, url: str) -> Desk:
    (folder / "tools").mkdir()
    (folder / "desk.yaml").write_text(DESK.format(url=url))
    (folder / "intents.yaml").write_text(INTENTS)
    (folder / "tools" / "get_order.yaml").write_text(TOOL)
    return Desk.load(folder)


async def test_backends_live_as_long_as_the_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOP_TOKEN", "t")
    async with BackOffice() as office:
        desk = opened(tmp_path, office.url)
        call = Invocation("get_order", {"order_id": "10482", "customer_id": "C-1"}, "C-1", 1_000_000.0)
        async with AsyncExitStack() as stack:
            backends = await open_backends(desk, Settings(), cast(Any, None), stack)
            contract = desk.tools["get_order"]
            assert backends["http"].check(contract) == []
            assert (await backends["http"].run(contract.connector.options, call))["order_id"] == "10482"
        with pytest.raises(RuntimeError, match="closed"):
            await backends["http"].run(contract.connector.options, call)
    assert office.requests[0].headers["authorization"] == "Bearer t"


async def test_a_missing_secret_is_told_before_anybody_calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SHOP_TOKEN", raising=False)
    async with AsyncExitStack() as stack:
        with pytest.raises(ConfigurationError, match="connection shop: the environment variable SHOP_TOKEN is not set"):
            await open_backends(opened(tmp_path, "http://127.0.0.1:9"), Settings(), cast(Any, None), stack)
