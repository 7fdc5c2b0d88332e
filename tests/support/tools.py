"""Doubles for the gateway: a backend that records and can be told to fail, contracts, and a gateway over them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from langchain_core.messages import ToolCall

from frontdesk.graph.deps import ToolResult
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.state import Proposal
from frontdesk.tools.approvals import Approvals
from frontdesk.tools.audit import Audit, MemoryAudit
from frontdesk.tools.backend import Invocation
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.gateway import ToolGateway
from frontdesk.tools.ledger import Ledger, MemoryLedger

ANNA = Principal("C-1", "shop", frozenset({"orders:read", "orders:write"}))
BERT = Principal("C-2", "shop", frozenset({"orders:read", "orders:write"}))
THREAD = "0123456789abcdef0123456789abcdef"
NUMBER = {"type": "string", "pattern": "^[0-9]{5}$"}
OWNED = {"customer_id": {"type": "string"}, "order_id": NUMBER}


def contract(name: str, **changes: Any) -> ToolContract:
    """A contract on one order; a write is confirmed and prechecked."""
    read = changes.get("effect", "read") == "read"
    base: dict[str, Any] = {
        "name": name,
        "description": "Does something with an order.",
        "effect": "read",
        "input": {
            "type": "object",
            "properties": {**OWNED, "count": {"type": "integer", "minimum": 1, "default": 3}},
            "required": ["customer_id", "order_id"],
            "additionalProperties": False,
        },
        "output": {
            "type": "object",
            "properties": {"order_id": NUMBER, "customer_id": {"type": "string"}},
            "required": ["order_id", "customer_id"],
        },
        "scopes": ["orders:read" if read else "orders:write"],
        "owner": {"argument": "customer_id", "result": "customer_id"},
        "missing": "There is no order {order_id}.",
        "timeout": 0.2,
        "connector": {"kind": "fake"},
    }
    if not read:
        base |= {
            "confirm": "always",
            "question": "Cancel order {order_id}, which is {status}?",
            "precheck": {
                "options": {"lookup": True},
                "rules": [
                    {"when": {"status": ["shipped"]}, "reason": "order_already_shipped", "message": "{order_id} left."}
                ],
            },
        }
    return ToolContract.model_validate(base | changes)


CONTRACTS = {
    item.name: item
    for item in (
        contract("get_order"),
        contract("cancel_order", effect="write"),
        contract("ping_order", effect="write", confirm="never", precheck=None),
        contract("retry_order", effect="write", confirm="never", precheck=None, idempotency={"remote": True}),
        contract(
            "get_hours", input={"type": "object", "additionalProperties": False}, output={}, scopes=[], owner=None
        ),
    )
}

Behaviour = Callable[[Invocation], Awaitable[Any]]


async def answer(call: Invocation) -> Any:
    """The order, as its owner's."""
    return {"order_id": call.arguments.get("order_id", ""), "customer_id": call.subject}


@dataclass
class FakeBackend:
    """Records what reaches it."""

    behave: Behaviour = answer
    record: Mapping[str, Any] = field(default_factory=lambda: {"status": "processing", "customer_id": "C-1"})
    calls: list[Invocation] = field(default_factory=list)
    lookups: int = 0

    def check(self, contract: ToolContract) -> list[str]:
        return []

    async def run(self, options: Mapping[str, Any], call: Invocation) -> dict[str, Any]:
        if options.get("lookup"):
            self.lookups += 1
            return dict(self.record)
        self.calls.append(call)
        result: dict[str, Any] = await self.behave(call)
        return result


@dataclass
class Shop:
    """A gateway with everything that can be looked at."""

    backend: FakeBackend = field(default_factory=FakeBackend)
    ledger: Ledger = field(default_factory=MemoryLedger)
    audit: Audit = field(default_factory=MemoryAudit)
    now: float = 1_000_000.0
    contracts: Mapping[str, ToolContract] = field(default_factory=lambda: CONTRACTS)
    tenant: str | None = None
    approvals: Approvals | None = None
    around: Mapping[str, Any] = field(default_factory=dict)
    """More of the gateway's own keywords: ``rates``, ``reads``, ``rules``."""

    def __post_init__(self) -> None:
        backends = {"fake": self.backend}
        more: dict[str, Any] = {"tenant": self.tenant, "approvals": self.approvals, **self.around}
        self.gateway = ToolGateway(self.contracts, backends, self.ledger, self.audit, lambda: self.now, **more)

    async def call(
        self,
        name: str,
        arguments: Any = None,
        *,
        who: Principal = ANNA,
        turn: str = "turn-1",
        thread: str = THREAD,
        approved: Proposal | None = None,
        restore: Callable[[Any], Any] = lambda value: value,
        dry: bool = False,
    ) -> ToolResult:
        call = ToolCall(
            name=name, args={"order_id": "10482"} if arguments is None else arguments, id="c", type="tool_call"
        )
        return await self.gateway.call(call, Caller(who, thread, turn), restore=restore, approved=approved, dry=dry)

    async def proposed(self, **options: Any) -> Proposal:
        proposal = (await self.call("cancel_order", **options)).proposal
        assert proposal is not None
        return proposal

    @property
    def decisions(self) -> list[str]:
        assert isinstance(self.audit, MemoryAudit)
        return [f"{record.decision} {record.reason}".strip() for record in self.audit.records]


async def hang(call: Invocation) -> Any:
    """Never answers; the gateway's timeout ends it."""
    await asyncio.Event().wait()
