"""One call, and the gateway that it is sent to, over a back office that counts what was run."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from langchain_core.messages import ToolCall

from frontdesk.graph.deps import ToolResult
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.state import Proposal
from frontdesk.tools.audit import MemoryAudit
from frontdesk.tools.backend import Invocation
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.gateway import ToolGateway
from frontdesk.tools.ledger import MemoryLedger

TENANT = "retail"
NOW = 1_000_000_000.0
OWN, OTHER = "C-1042", "C-1043"
THREAD, THEIRS = "a" * 32, "b" * 32


@dataclass(frozen=True)
class Attempt:
    """One call that must not be allowed, or, as a control, one that must."""

    word: str
    tool: str
    who: Principal
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Arguments besides the right ones."""
    record_of: str = OWN
    """Whose records the back office has."""
    agreed: Proposal | None = None
    """A yes that comes with the call."""
    allowed: bool = False


@dataclass
class Records:
    """A back office whose records are all one customer's; it counts what was run and what was handed out."""

    owner: str = OWN
    ran: int = 0
    told: frozenset[str] = frozenset()
    """Fields that preconditions ask for; each says what none of them forbids."""

    def check(self, contract: ToolContract) -> list[str]:
        """See ``frontdesk.tools.backend.Backend``."""
        return []

    async def run(self, options: Mapping[str, Any], call: Invocation) -> dict[str, Any]:
        """See ``frontdesk.tools.backend.Backend``."""
        self.ran += bool(call.key)
        told = dict.fromkeys(self.told, "as it should be")
        return {**told, "customer_id": self.owner, "orders": [{"customer_id": self.owner}], "count": 2}

    async def close(self) -> None:
        """See ``frontdesk.tools.backend.Backend``."""


class Door:
    """A gateway over contracts whose results are not judged: who may is the question here."""

    def __init__(self, contracts: Mapping[str, ToolContract]) -> None:
        """Take the desk's contracts."""
        self.contracts = {
            name: item.model_copy(update={"output": {"type": "object"}, "rate": None, "cache": None, "approval": ""})
            for name, item in contracts.items()
        }
        checks = [item.precheck for item in contracts.values() if item.precheck is not None]
        self.records = Records(told=frozenset(name for check in checks for rule in check.rules for name in rule.when))
        served = dict.fromkeys({item.connector.kind for item in contracts.values()}, self.records)
        self.gateway = ToolGateway(self.contracts, served, MemoryLedger(), MemoryAudit(), lambda: NOW, tenant=TENANT)
        self._turns = itertools.count()

    async def send(self, attempt: Attempt, *, thread: str = THREAD) -> ToolResult:
        """Make a call in a turn of its own."""
        self.records.owner = attempt.record_of
        arguments = {**right(self.contracts[attempt.tool]), **attempt.extra}
        call = ToolCall(name=attempt.tool, args=arguments, id="c", type="tool_call")
        caller = Caller(attempt.who, thread, f"turn-{next(self._turns)}")
        return await self.gateway.call(call, caller, restore=lambda value: value, approved=attempt.agreed)

    async def is_allowed(self, attempt: Attempt) -> bool:
        """Whether anything came of a call: a result, an effect, or a question with a record's fields.

        A call that comes with somebody else's yes is allowed where it runs; being asked anew for one's own is right.
        """
        before = self.records.ran
        result = await self.send(attempt)
        got = {"done"} if attempt.agreed is not None else {"done", "confirm", "approval"}
        return result.outcome in got or self.records.ran != before


def right(contract: ToolContract) -> dict[str, Any]:
    """Return arguments that the contract's schema takes, without the owner's."""
    owner = contract.owner.argument if contract.owner else None
    found: dict[str, Any] = {}
    for name in contract.input.get("required", ()):
        spec = contract.input["properties"][name]
        kinds = {"integer": 1, "number": 20.0, "boolean": True, "array": [], "object": {}}
        samples = [
            *spec.get("examples", ()),
            *spec.get("enum", ()),
            kinds.get(str(spec.get("type")), "something plain"),
        ]
        if name != owner:
            found[name] = samples[0]
    return found
