"""A shop whose orders really change, for plans: what stands in it at the end is looked at, not what was called."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from langchain_core.messages import ToolCall

from frontdesk.errors import ToolFailedError, ToolRefusedError, ToolUnknownError
from frontdesk.graph.deps import Planned, ToolResult
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.state import Proposal
from frontdesk.tools.audit import MemoryAudit, Record
from frontdesk.tools.backend import Invocation
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.gateway import ToolGateway
from frontdesk.tools.ledger import Ledger, MemoryLedger
from frontdesk.tools.seals import Seals
from tests.support.tools import ANNA, NUMBER, THREAD, contract

STATUS = {"type": "string", "enum": ["open", "cancelled", "held"]}
FIELDS = {"customer_id": {"type": "string"}, "order_id": NUMBER, "status": STATUS}


class Killed(BaseException):
    """The process died here: nothing catches it."""


def setter(name: str, target: str, **changes: Any) -> ToolContract:
    """A write that sets an order's status; the order must not have that status already."""
    base: dict[str, Any] = {
        "effect": "write",
        "input": {
            "type": "object",
            "properties": FIELDS if target == "*" else {k: v for k, v in FIELDS.items() if k != "status"},
            "required": ["customer_id", "order_id"],
            "additionalProperties": False,
        },
        "output": {"type": "object", "properties": {**FIELDS, "before": STATUS}, "required": ["order_id"]},
        "question": "Shall I " + name.replace("_", " ") + " {order_id} ({status})?",
        "precheck": {
            "options": {"lookup": True},
            "rules": [
                {
                    "when": {"status": [target]},
                    "reason": f"already_{target}",
                    "message": "{order_id} is " + target + ".",
                }
            ],
        },
        "connector": {"kind": "fake", "options": {"to": target}},
        "confirm": "always",
    }
    if target == "*":
        base |= {"precheck": None, "confirm": "never", "question": "", "scopes": ["orders:undo"]}
    return contract(name, **base | changes)


BACK = {"tool": "restore", "arguments": {"order_id": "arguments.order_id", "status": "record.status"}}
BY_RESULT = {"tool": "restore", "arguments": {"order_id": "result.order_id", "status": "result.before"}}
TOOLS = {
    item.name: item
    for item in (
        contract("get_order"),
        setter("cancel", "cancelled", compensation=BACK),
        setter("hold", "held", compensation=BY_RESULT),
        setter("scrap", "cancelled"),  # nothing undoes it
        setter("ping", "held", confirm="never", precheck=None, question="", compensation=BY_RESULT),
        setter("tag", "held", confirm="never", question=""),
        setter("maybe", "held", confirm='status == "open" and order_id == "10001"'),
        setter("grant", "held", approval="always"),
        setter("large", "held", approval='status == "cancelled"'),
        setter("restore", "*"),
        setter("odd", "held", compensation={"tool": "restore", "arguments": {"order_id": "result.before"}}),
        setter("wrong", "held", compensation={"tool": "restore", "arguments": {"order_id": "result.nothing"}}),
    )
}
ORDERS = ("10001", "10002", "10003", "10004")
FAULTS: Mapping[str, Callable[[str], Exception]] = {
    "refused": lambda tool: ToolRefusedError(tool, "order_changed", "That order has just changed."),
    "failed": lambda tool: ToolFailedError(tool, "unavailable", "That system is not answering."),
    "unknown": lambda tool: ToolUnknownError(tool, "timeout", "Nobody knows."),
}


@dataclass
class Orders:
    """The remote side: a status per order, and every effect in order."""

    status: dict[str, str] = field(default_factory=lambda: dict.fromkeys(ORDERS, "open"))
    log: list[str] = field(default_factory=list)
    faults: dict[str, str] = field(default_factory=dict)
    """``tool order`` to refused, failed, unknown, or killed before / killed after its effect; used up by one call."""
    keys: dict[str, str] = field(default_factory=dict)

    def check(self, contract: ToolContract) -> list[str]:
        return []

    async def close(self) -> None:
        pass

    async def run(self, options: Mapping[str, Any], call: Invocation) -> dict[str, Any]:
        order = str(call.arguments.get("order_id"))
        if options.get("lookup") or "to" not in options:
            return {"order_id": order, "status": self.status[order], "customer_id": "C-1"}
        what = f"{call.tool} {order}"
        fault = self.faults.pop(what, "")
        if fault == "killed before":
            raise Killed
        if fault in FAULTS:
            raise FAULTS[fault](call.tool)
        before = self.status[order]
        self.status[order] = str(call.arguments.get("status")) if options["to"] == "*" else str(options["to"])
        self.log.append(what)
        assert self.keys.setdefault(call.key, what) == what, "one key stands for one effect"
        if fault == "killed after":
            raise Killed
        return {"order_id": order, "status": self.status[order], "before": before, "customer_id": call.subject}


class Deadly(MemoryAudit):
    """Kills the process when it hears that the step, or what undoes it, whose name ends so is over."""

    def __init__(self, orders: Orders, which: str) -> None:
        super().__init__()
        self.orders, self.which = orders, which

    async def record(self, record: Record) -> None:
        if record.decision in {"done", "compensated"} and self.orders.log[-1].endswith(self.which):
            raise Killed
        await super().record(record)


@dataclass
class PlanShop:
    """A gateway over the orders; another one over the same ledger is another process."""

    orders: Orders = field(default_factory=Orders)
    ledger: Ledger = field(default_factory=MemoryLedger)
    audit: MemoryAudit = field(default_factory=MemoryAudit)
    now: float = 1_000_000.0
    seals: Seals = field(default_factory=lambda: Seals([b"k" * 32]))
    _made: dict[frozenset[str], ToolGateway] = field(default_factory=dict)

    def gateway(self, *names: str) -> ToolGateway:
        """A gateway over the tools named: to compile them all takes longer than a test."""
        wanted = frozenset({*names, "restore"} & {*TOOLS})
        if wanted not in self._made:
            tools = {name: TOOLS[name] for name in wanted}
            backends = {"fake": self.orders}
            self._made[wanted] = ToolGateway(
                tools, backends, self.ledger, self.audit, lambda: self.now, seals=self.seals
            )
        return self._made[wanted]

    async def plan(self, *calls: str, who: Principal = ANNA, turn: str = "turn-1") -> Planned:
        """Propose calls, each written ``tool order``."""
        gateway, caller = self.gateway(*(call.split()[0] for call in calls)), Caller(who, THREAD, turn)
        return await gateway.plan(made(calls), caller, restorer=lambda tool: lambda value: value)

    async def proposed(self, *calls: str) -> Proposal:
        planned = await self.plan(*calls)
        assert planned.proposal is not None, planned.results
        return planned.proposal

    async def carry_out(self, plan: Proposal, *, who: Principal = ANNA, turn: str = "turn-2") -> list[ToolResult]:
        gateway, caller = self.gateway(*(call["tool"] for call in plan.get("calls") or ())), Caller(who, THREAD, turn)
        return await gateway.carry_out(plan, caller, restorer=lambda tool: lambda value: value)

    async def done(self, *calls: str) -> list[str]:
        """Propose, say yes, carry out; return what became of each."""
        return states(await self.carry_out(await self.proposed(*calls)))

    @property
    def changed(self) -> dict[str, str]:
        return {order: status for order, status in self.orders.status.items() if status != "open"}

    @property
    def decisions(self) -> list[str]:
        return [f"{record.call.tool} {record.decision}" for record in self.audit.records]


def made(calls: Sequence[str]) -> list[ToolCall]:
    return [
        ToolCall(name=tool, args={"order_id": order}, id=f"c{at}", type="tool_call")
        for at, (tool, order) in enumerate(call.split() for call in calls)
    ]


def states(results: Sequence[ToolResult]) -> list[str]:
    """``outcome``, or ``outcome:reason``."""
    return [":".join(filter(None, (result.outcome, result.reason))) for result in results]
