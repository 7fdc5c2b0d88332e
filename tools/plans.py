"""Several writes of one message are one plan: every step is looked at before one question is asked for all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from langchain_core.messages import ToolCall

from frontdesk.errors import ToolError, ToolFailedError, ToolRefusedError
from frontdesk.graph.deps import Planned, Restorer, ToolResult
from frontdesk.graph.identity import Caller
from frontdesk.graph.state import Proposal
from frontdesk.tools.audit import Decided, Record
from frontdesk.tools.conditions import condition
from frontdesk.tools.execution import Job
from frontdesk.tools.hands import Hands
from frontdesk.tools.planbook import PlanBook
from frontdesk.tools.preparing import Preparer, Trace
from frontdesk.tools.proposals import propose, propose_plan, step

WITHHELD = "Not run, and the customer was not asked: another change of the same message is not possible as it stands."
ALONE = "Not run: another change needs a colleague's approval, so the customer is asked about that one alone first."
TWICE = "Not run: the same call stands in this message twice."
_ARGUMENTS = frozenset(
    {"malformed", "too_large", "not_valid", "unknown_tool", "unknown_placeholder", "wrong_placeholder",
     "placeholder_in_link", "one_way", "not_verified"}
)  # fmt: skip
"""Reasons that a model, or the customer's verification, can mend: then nothing is proposed without it."""


@dataclass(slots=True)
class _Step:
    """One call on its way into a plan."""

    trace: Trace
    job: Job | None = None
    record: Mapping[str, Any] = field(default_factory=dict)
    asks: bool = False
    approval: bool = False
    out: ToolResult | None = None
    """Why it is no part of the plan."""


class Plans:
    """Makes proposals of several calls."""

    def __init__(self, preparer: Preparer, hands: Hands, book: PlanBook, clock: Callable[[], float]) -> None:
        """Take what reads calls, what looks records up, where plans are kept, and Unix time in seconds."""
        self._preparer = preparer
        self._hands = hands
        self._book = book
        self._clock = clock

    async def plan(self, calls: Sequence[ToolCall], caller: Caller, restorer: Restorer) -> Planned:
        """Look at every call, and propose what is possible.

        Every call is authorised, validated, checked for its owner and prechecked as if it stood alone. A call that its
        record rules out falls away, and the rest is proposed with that said. Where a call cannot be read or a back
        office does not answer, nothing is proposed. A call that needs a second person is proposed alone.

        Args:
            calls: Two or more writes, in order.
            caller: Who is asking.
            restorer: Puts values back, per tool.

        Returns:
            See :class:`~frontdesk.graph.values.Planned`.
        """
        steps = self._read(calls, caller, restorer)
        again = await self._begun(steps, caller)
        if again is not None:
            return again
        for each in steps:
            if each.out is None:
                await self._look(each)
        self._settle(steps)
        kept = [each for each in steps if each.out is None]
        proposal = self._proposal(kept, caller)
        return await self._written(steps, proposal, asks=any(each.asks or each.approval for each in kept))

    def _read(self, calls: Sequence[ToolCall], caller: Caller, restorer: Restorer) -> list[_Step]:
        steps: list[_Step] = []
        seen: set[tuple[str, str]] = set()
        for call in calls:
            each = _Step(self._preparer.trace(call, caller))
            steps.append(each)
            try:
                each.job = self._preparer.job(call, each.trace, restorer(str(call.get("name"))))
            except ToolError as error:
                each.out = result_of(error)
                continue
            same = (each.job.id.tool, each.job.id.arguments)
            if same in seen:
                each.out = ToolResult("refused", TWICE, reason="duplicate")
            seen.add(same)
        return steps

    async def _begun(self, steps: Sequence[_Step], caller: Caller) -> Planned | None:
        """Return the plan as it was where it asked nobody and is being carried out: the process died in the middle.

        Its steps must not be looked at again: what was done already would look impossible.
        """
        kept = [each for each in steps if each.out is None]
        proposal = self._proposal(kept, caller)
        if proposal is None or "calls" not in proposal:
            return None
        try:
            if await self._book.find(proposal, caller) is None:
                return None
        except ToolError as error:
            return Planned(tuple(each.out or result_of(error) for each in steps))
        return Planned(tuple(each.out or _waiting() for each in steps), proposal, asks=False)

    async def _look(self, each: _Step) -> None:
        job = each.job
        assert job is not None
        contract = job.contract
        try:
            each.record = await self._hands.precheck(job)
        except ToolError as error:
            each.out = result_of(error)
            return
        each.asks = condition(contract.confirm).asks(each.record, job.declared)
        each.approval = condition(contract.approval).asks(each.record, job.declared)

    def _settle(self, steps: Sequence[_Step]) -> None:
        """Decide which steps stay."""
        out = [each.out for each in steps if each.out is not None and each.out.reason != "duplicate"]
        kept = [each for each in steps if each.out is None]
        mends = any(result.outcome != "refused" or result.reason in _ARGUMENTS for result in out)
        unasked = not any(each.asks or each.approval for each in kept)
        if mends or (out and unasked):
            for each in kept:
                each.out = ToolResult("refused", WITHHELD, reason="not_run")
            return
        second = next((each for each in kept if each.approval), None)
        for each in kept:
            if second is not None and each is not second:
                each.out = ToolResult("refused", ALONE, reason="apart")

    def _proposal(self, kept: Sequence[_Step], caller: Caller) -> Proposal | None:
        jobs = [(each.job, each.record) for each in kept if each.job is not None]
        now, turn = self._clock(), caller.turn_id
        if not jobs:
            return None
        if len(jobs) == 1:
            job, record = jobs[0]
            return propose(job.contract, job.masked, record, turn, now)
        return propose_plan([step(job.contract, job.masked, record) for job, record in jobs], turn, now)

    async def _written(self, steps: Sequence[_Step], proposal: Proposal | None, *, asks: bool) -> Planned:
        """Write down what is proposed and what is not; what cannot be written down is not proposed."""
        try:
            for each in steps:
                decided: Decided = "proposed" if each.out is None else each.out.outcome  # type: ignore[assignment]
                reason = " ".join([each.out.reason if each.out else "plan", *each.trace.repairs]).strip()
                await self._hands.record(Record(self._clock(), each.trace.call, decided, reason))
        except ToolFailedError as error:
            return Planned(tuple(each.out or result_of(error) for each in steps))
        return Planned(tuple(each.out or _waiting() for each in steps), proposal, asks)


def result_of(error: ToolError) -> ToolResult:
    """Return what a call came to that did not succeed."""
    outcome = "refused" if isinstance(error, ToolRefusedError) else "unknown"
    if isinstance(error, ToolFailedError):
        outcome = "failed"
    return ToolResult(outcome, str(error), reason=error.reason)  # type: ignore[arg-type]


def _waiting() -> ToolResult:
    return ToolResult("confirm", "")


__all__ = ["ALONE", "TWICE", "WITHHELD", "Plans", "result_of"]
