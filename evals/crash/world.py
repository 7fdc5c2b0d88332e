"""What the processes of the crash matrix share: remote sides, their contracts, and a gateway over them."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from langchain_core.messages import ToolCall
from redis.asyncio import Redis

from frontdesk.desk.connecting import Connection
from frontdesk.graph.deps import ToolResult
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.tools.audit import Audit, RedisAudit
from frontdesk.tools.backend import Backend, Resources
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.gateway import ToolGateway
from frontdesk.tools.ledger import Ledger, RedisLedger
from frontdesk.tools.registry import backends

TOOL = "refund_order"
TIMEOUT = 2.0
TTL = 3600
WHO = Principal("C-1", "shop", frozenset({"orders:write"}))
KEY = b"k" * 32
"""Of the sealer: all processes of a deployment have the same one."""

_OUTPUT = {"type": "object", "required": ["reference"], "properties": {"reference": {"type": ["string", "integer"]}}}
_POST: dict[str, Any] = {"method": "POST", "body": {"json": {"order_id": "{order_id}"}}}
_GET = {"method": "GET", "path": "/refunds/{key}"}
_INSERT = "INSERT INTO refunds (key, order_id) VALUES (:key, :order_id)"
_SELECT = "SELECT id AS reference FROM refunds WHERE key = :key"
_STEPS = {"steps": [{"write": _INSERT}, {"one": "SELECT max(id) AS reference FROM refunds WHERE key = :key"}]}
KEYS = "frontdesk_calls"
_KEYED = {**_STEPS, "keys": KEYS}
_LOOK = {"steps": [{"one": _SELECT}]}


@dataclass(frozen=True, slots=True)
class Remote:
    """One kind of remote side."""

    kind: str
    """Of the connector."""
    options: Mapping[str, Any]
    idempotency: Mapping[str, Any]


REMOTES: Mapping[str, Remote] = {
    "http_key": Remote("http", {**_POST, "path": "/refunds"}, {"remote": True}),
    "http_lookup": Remote("http", {**_POST, "path": "/plain/refunds"}, {"lookup": {"options": _GET}}),
    "http_bare": Remote("http", {**_POST, "path": "/plain/refunds"}, {}),
    "sqlite_key": Remote("sql", _KEYED, {"remote": True}),
    "sqlite_lookup": Remote("sql", _STEPS, {"lookup": {"options": _LOOK}}),
    "sqlite_bare": Remote("sql", _STEPS, {}),
    "postgres_key": Remote("sql", _KEYED, {"remote": True}),
    "postgres_lookup": Remote("sql", _STEPS, {"lookup": {"options": _LOOK}}),
    "postgres_bare": Remote("sql", _STEPS, {}),
}
"""``key``: it recognises a repeated key; ``lookup``: it can be asked; ``bare``: neither."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where everything is, as plain data for another process."""

    redis: str
    http: str = ""
    sqlite: str = ""
    postgres: str = ""


@dataclass
class Around:
    """What a process puts around the parts of its gateway: for stops."""

    ledger: Callable[[Ledger], Ledger] = lambda ledger: ledger
    audit: Callable[[Audit], Audit] = lambda audit: audit
    backend: Callable[[Backend], Backend] = lambda backend: backend
    engine: Callable[[Any], None] = lambda engine: None
    ahead: float = 0.0
    """Seconds that the process's clock is ahead: so long, it seems to it, ago the other one died."""
    changes: Mapping[str, Any] = field(default_factory=dict)
    """Of the contract."""


def contract_of(remote: Remote, changes: Mapping[str, Any]) -> ToolContract:
    """Return the contract of the one tool: a write that asks nobody."""
    base: dict[str, Any] = {
        "name": TOOL,
        "description": "Refunds one order, once.",
        "effect": "write",
        "input": {
            "type": "object",
            "properties": {"order_id": {"type": "string", "pattern": "^[0-9]{5}$"}},
            "required": ["order_id"],
            "additionalProperties": False,
        },
        "output": _OUTPUT,
        "scopes": ["orders:write"],
        "timeout": TIMEOUT,
        "idempotency": remote.idempotency,
        "connector": {
            "kind": remote.kind,
            "connection": "office" if remote.kind == "http" else "",
            "options": remote.options,
        },
    }
    return ToolContract.model_validate({**base, **changes})


@asynccontextmanager
async def gateway(name: str, place: Place, around: Around) -> AsyncIterator[ToolGateway]:
    """Open a gateway over one remote side, on the Redis of the place."""
    remote = REMOTES[name]
    contract = contract_of(remote, around.changes)
    client = Redis.from_url(place.redis)
    engine = _engine(place, name) if remote.kind == "sql" else None
    try:
        if engine is not None:
            around.engine(engine)
        office = Connection(kind="http", options={"url": place.http or "http://127.0.0.1:9", "private": True})
        built = backends([remote.kind], Resources(Path(), engine, connections={"office": office}))
        sealer, clock = Sealer([KEY]), _clock(around.ahead)
        ledger = around.ledger(RedisLedger(client, sealer, TTL, clock))
        wrapped = {kind: around.backend(backend) for kind, backend in built.items()}
        yield ToolGateway({TOOL: contract}, wrapped, ledger, around.audit(RedisAudit(client, sealer)), clock)
        for backend in built.values():
            await backend.close()
    finally:
        if engine is not None:
            await engine.dispose()
        await client.aclose()


async def refund(gateway: ToolGateway, turn: str, thread: str = "0" * 32) -> ToolResult:
    """Make the one call of a turn."""
    call = ToolCall(name=TOOL, args={"order_id": "10482"}, id="model-made", type="tool_call")
    return await gateway.call(call, Caller(WHO, thread, turn), restore=lambda value: value, approved=None)


def _engine(place: Place, name: str) -> Any:
    from frontdesk.tools.database import open_engine  # noqa: PLC0415 - SQLAlchemy only where a remote needs it

    return open_engine(place.sqlite if name.startswith("sqlite") else place.postgres)


def _clock(ahead: float) -> Callable[[], float]:
    return lambda: time.time() + ahead
