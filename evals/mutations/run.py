"""Sends mutated calls through the real gateway and counts what reached the connector although it may not."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from langchain_core.messages import ToolCall

from frontdesk.evals.mutations.judging import TRACE, Counting, Reached, Watching, sayable, wrongs
from frontdesk.evals.mutations.making import CANARY, Mutated, mutated
from frontdesk.graph.deps import ToolResult
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.state import Proposal
from frontdesk.nodes.scrub.restore import restorer
from frontdesk.tools.audit import MemoryAudit
from frontdesk.tools.backend import Backend
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.gateway import ToolGateway
from frontdesk.tools.ledger import MemoryLedger

TENANT = "retail"
OWN: Mapping[str, str] = {"<EMAIL_1>": "anna@example.com", "<ORDER_1>": "10482"}
"""The conversation's own placeholders."""
FOREIGN = ("bert@example.com",)
"""What ``<EMAIL_7>`` stands for in somebody else's."""
_HOUR = 3600.0
_THREAD = "0123456789abcdef0123456789abcdef"


@dataclass
class Seen:
    """What came of the calls."""

    calls: int = 0
    reached: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    """Closed words: what must not be; see ``judging.wrongs``, and ``exception``, ``trace``, ``echo``."""
    examples: list[str] = field(default_factory=list)
    """The first few of those: tool and word."""

    def blame(self, tool: str, word: str) -> None:
        """Note something that must not be."""
        self.wrong[word] += 1
        if len(self.examples) < 20:
            self.examples.append(f"{tool}: {word}")


def principals(contracts: Mapping[str, ToolContract]) -> list[Principal]:
    """Return callers of all kinds: with everything, with too little, and nobody."""
    every = frozenset(scope for contract in contracts.values() for scope in contract.scopes)
    return [
        Principal("C-1042", TENANT, every, frozenset({"customer"}), "strong"),
        Principal("C-1042", TENANT, every, frozenset({"customer"}), "strong"),
        Principal("C-1042", TENANT, frozenset(sorted(every)[:1])),
        Principal("C-1042", TENANT),
        Principal(),
    ]


class Trial:
    """One gateway with a counting connector of every kind, or with real ones."""

    step = 3600.0
    """Seconds between two calls, so that no window of a rate limit outlives its call."""
    right: Mapping[str, Sequence[Any]] = {}
    """Values that an argument of that name may well have."""
    often: Sequence[str] = ()
    """Tools that are drawn more often."""

    def __init__(
        self, contracts: Mapping[str, ToolContract], real: Mapping[str, Backend] | None = None, now: float = 1e9
    ) -> None:
        """Take the contracts, connectors in place of the counting one by kind, and Unix time in seconds."""
        self.contracts = contracts
        self.callers = principals(contracts)
        self._counting = counting = Counting()
        self.reached = counting.reached
        served: dict[str, Backend] = {contract.connector.kind: counting for contract in contracts.values()}
        served |= {kind: Watching(backend, self.reached) for kind, backend in (real or {}).items()}
        self._now = now
        self.gateway = ToolGateway(contracts, served, MemoryLedger(), MemoryAudit(), lambda: self._now, tenant=TENANT)
        self.seen = Seen()

    async def play(self, call: Mutated) -> None:
        """Send one call, and where it is asked for and given, the yes."""
        self._now += self.step
        who = self.callers[self.seen.calls % len(self.callers)]
        self.seen.calls += 1
        caller = Caller(who, _THREAD, f"turn-{self.seen.calls}")
        result = await self._sent(call, call.arguments, caller, None)
        if call.yes and result is not None and result.proposal is not None:
            proposal = result.proposal
            arguments = dict(proposal["arguments"]) if call.after is None else call.after
            await self._sent(call, arguments, caller, proposal)

    async def look(self, call: Mutated, who: Principal, result: ToolResult | None, reached: Sequence[Reached]) -> None:
        """See what it did where its effects can be seen. ``result``: None where it raised."""

    async def _sent(self, call: Mutated, arguments: Any, caller: Caller, agreed: Proposal | None) -> ToolResult | None:
        self.reached.clear()
        self._counting.round += 1
        contract = self.contracts.get(call.tool)
        result = await self._asked(call.tool, arguments, caller, agreed)
        if result is not None:
            self.seen.outcomes[f"{result.outcome}:{result.reason}" if result.reason else result.outcome] += 1
            if TRACE.search(result.content):
                self.seen.blame(call.tool, "trace")
            told = CANARY in result.content and result.outcome in {"refused", "failed", "unknown"}
            if told and not (contract and sayable(contract, arguments)):
                self.seen.blame(call.tool if contract else "?", f"echo {result.reason}")
        self._judge(contract, caller.principal, agreed)
        await self.look(call, caller.principal, result, self.reached)
        return result

    async def _asked(self, tool: str, arguments: Any, caller: Caller, agreed: Proposal | None) -> ToolResult | None:
        contract = self.contracts.get(tool)
        restore = restorer(OWN, contract.input if contract else {}, tool=tool)
        made = ToolCall(name=tool, args=arguments, id="c", type="tool_call")
        try:
            return await self.gateway.call(made, caller, restore=restore, approved=agreed)
        except Exception as error:  # noqa: BLE001 - that none comes is what is measured
            self.seen.blame(tool if contract else "?", f"exception {type(error).__name__}")
            return None

    def _judge(self, contract: ToolContract | None, who: Principal, agreed: Proposal | None) -> None:
        record = None
        for one in self.reached:
            self.seen.reached += 1
            if contract is None:
                self.seen.blame(one.call.tool, "unknown_tool")
                continue
            for word in wrongs(contract, one.call, who, agreed, FOREIGN, ran=one.ran, record=record):
                self.seen.blame(contract.name, word)
            record = record if one.ran else one.answer


def played(trial: Trial, examples: int, chance: int, loop: asyncio.Runner) -> Seen:
    """Play ``examples`` calls that hypothesis draws from the seed ``chance``, and return what came of them."""

    @seed(chance)
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(mutated(trial.contracts, trial.right, trial.often))
    def play(call: Mutated) -> None:
        loop.run(trial.play(call))

    play()
    return trial.seen


def run(contracts: Mapping[str, ToolContract], examples: int, chance: int) -> Seen:
    """Play over connectors that do nothing; see :func:`played`."""
    with asyncio.Runner() as loop:
        return played(Trial(contracts), examples, chance, loop)
