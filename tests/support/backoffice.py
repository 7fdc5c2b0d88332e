"""The http connector over the loopback back office: contracts, and one call at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from frontdesk.desk.connecting import Connection
from frontdesk.testing.backoffice import BackOffice
from frontdesk.tools.backend import Invocation, Resources
from frontdesk.tools.connectors.http import HttpBackend, build
from frontdesk.tools.contract import ToolContract

KEY = "0123456789abcdef0123456789abcdef"
READ: Mapping[str, Any] = {"method": "GET", "path": "/orders/{order_id}"}
WRITE: Mapping[str, Any] = {
    "method": "POST",
    "path": "/refunds",
    "body": {"json": {"order_id": "{order_id}", "count": "{count}"}},
}


def http_contract(options: Mapping[str, Any] = READ, **changes: Any) -> ToolContract:
    """A contract of kind http; a write where the options' method is one."""
    effect = "read" if options["method"] == "GET" or options.get("reads") else "write"
    names = ("customer_id", "order_id", "count", "note", "x")
    base: dict[str, Any] = {
        "name": "use_shop",
        "description": "Does something with an order.",
        "effect": effect,
        "input": {"type": "object", "properties": {name: {} for name in names}},
        "output": {"type": "object"},
        "timeout": 2.0,
        "connector": {"kind": "http", "connection": "shop", "options": dict(options)},
    }
    return ToolContract.model_validate(base | changes)


def connected(url: str, environment: Mapping[str, str] | None = None, **options: Any) -> HttpBackend:
    """The connector with one connection ``shop``; private, since the back office stands on loopback."""
    connection = Connection(kind="http", options={"url": url, "private": True, **options})
    return build(Resources(connections={"shop": connection}, environment=environment or {}))


async def ask(
    office: BackOffice | HttpBackend,
    options: Mapping[str, Any] = READ,
    arguments: Mapping[str, Any] | None = None,
    **call: Any,
) -> dict[str, Any]:
    """Run one call, on a connector of its own where only the office is given."""
    made = http_contract(options)
    given = {"order_id": "10482", "customer_id": "C-1"} if arguments is None else arguments
    key = "" if made.effect == "read" else KEY
    invocation = Invocation(made.name, given, "C-1", 1_000_000.0, **{"key": key, "tenant": "shop", **call})
    backend = office if isinstance(office, HttpBackend) else connected(office.url)
    assert backend.check(made) == []
    try:
        return await backend.run(made.connector.options, invocation)
    finally:
        if backend is not office:
            await backend.close()
