"""One pass over one plan: forward while its steps succeed, back where one does not."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from langchain_core.messages import ToolCall

from frontdesk.errors import ToolError, ToolFailedError, ToolUnknownError
from frontdesk.graph.deps import Restorer, ToolResult
from frontdesk.graph.identity import Caller
from frontdesk.graph.state import PlannedCall, Proposal
from frontdesk.tools.audit import Decided, Record
from frontdesk.tools.conditions import condition
from frontdesk.tools.hands import Hands
from frontdesk.tools.jobs import Job
from frontdesk.tools.planbook import Page, PlanBook, Turned
from frontdesk.tools.plans import result_of
from frontdesk.tools.preparing import Preparer
from frontdesk.tools.reasons import refused
from frontdesk.tools.undoing import Undoing, keeps, kept_of

logger = logging.getLogger(__name__)

NOT_RUN = "Not run."
NEEDS_SECOND = "A colleague has to approve that by now, so it was not done with the rest."
UNDONE = "Done, and undone again because a later change was not possible."
UNDO_UNKNOWN = "Done. Nobody knows yet whether it was undone again."


@dataclass(frozen=True)
class Means:
    """What a plan is carried out with."""

    preparer: Preparer
    hands: Hands
    book: PlanBook
    undoing: Undoing
    clock: Callable[[], float]
    """Unix time in seconds."""

    def job(self, plan: Proposal, planned: PlannedCall, caller: Caller, restorer: Restorer) -> Job:
        """Authorise and validate a step, as any call. ToolRefusedError: it may not run."""
        call = ToolCall(name=planned["tool"], args=planned["arguments"], id=None, type="tool_call")
        job = self.preparer.job(call, self.preparer.trace(call, caller), restorer(planned["tool"]))
        own = replace(job.id, turn_id=plan["turn_id"])
        return replace(job, id=own, said=not plan.get("unasked"), shown=planned.get("shown", ""))

    async def note(self, job: Job, decided: Decided, reason: str, result: str = "") -> None:
        """Write down what came of a call. An effect is not denied because that could not be written."""
        codes = " ".join([reason, *job.notes]).strip()
        try:
            await self.hands.record(Record(self.clock(), job.id, decided, codes, result=result))
        except ToolFailedError:
            logger.warning("tool %s: %s, but the audit did not take it", job.contract.name, decided)


@dataclass
class Passage:
    """One pass over one plan."""

    carrier: Means
    plan: Proposal
    caller: Caller
    restorer: Restorer
    page: Page
    jobs: list[Job] = field(default_factory=list)
    done: list[ToolResult] = field(default_factory=list)

    async def go(self) -> list[ToolResult]:
        """Do the rest of the plan, or undo the rest of it."""
        for at, call in enumerate(self.plan["calls"]):
            if self.page.turned is not None:
                break
            try:
                await self._forward(at, call)
            except ToolError as error:
                stopped = await self._noted(at, result_of(error))
                if at == 0 or isinstance(error, ToolUnknownError):
                    return aligned(self.plan["calls"], at, stopped, self.done)
                if not await self._turn(at, stopped):
                    return aligned(
                        self.plan["calls"], at, stopped, [replace(each, reason="not_undone") for each in self.done]
                    )
        return await self._back(self.page.turned) if self.page.turned else self.done

    async def _forward(self, at: int, call: PlannedCall) -> None:
        """Run one step, or find out that it ran. ToolError: why it did not."""
        carrier, book = self.carrier, self.carrier.book
        if at:
            # somebody who took the plan over may have turned it round
            self.page = await book.find(self.plan, self.caller) or self.page
            if self.page.turned is not None:
                return
        job = carrier.job(self.plan, call, self.caller, self.restorer)
        self.jobs.append(job)
        await self._look(at, job)
        content, repeated = await carrier.hands.once(job)
        self.done.append(ToolResult("done", content, repeated=repeated))
        await carrier.note(job, "repeated" if repeated else "done", "plan", content)

    async def _look(self, at: int, job: Job) -> None:
        """Keep what undoing the step will ask for, and see that no second person is needed by now.

        Nobody was asked for a second yes when the plan was proposed: its record may have changed meanwhile. What was
        begun passed this before, and its record says by now what it did itself.
        """
        contract, second = job.contract, condition(job.contract.approval)
        if not (keeps(contract) or second.text not in {"", "never"}) or await self.carrier.hands.begun(job):
            return
        record = await self.carrier.hands.precheck(job)
        if second.asks(record, job.declared):
            raise refused(contract.name, "not_approved", NEEDS_SECOND)
        if keeps(contract):
            kept = kept_of(contract, record)
            self.page = await self.carrier.book.record(self.plan, self.caller, at, kept)

    async def _turn(self, at: int, stopped: ToolResult) -> bool:
        """Write down that the plan turns round; False where that cannot be written: everything is left as it is."""
        results = [result.content for result in self.done]
        undo = self.carrier.undoing.all_of(self.jobs[:at], results, self.page.records)
        outcome = "failed" if stopped.outcome == "failed" else "refused"
        turned = Turned(at, outcome, stopped.reason, stopped.content, results, undo)  # type: ignore[arg-type]
        try:
            self.page = await self.carrier.book.turn(self.plan, self.caller, turned)
        except ToolError:
            return False
        return True

    async def _back(self, turned: Turned) -> list[ToolResult]:
        """Undo what was done, the last first. What cannot be undone stays, and all before it."""
        done = [ToolResult("done", content, reason="not_undone") for content in turned.done]
        undo = turned.undo or []
        for at in reversed(range(len(undo))):
            try:
                job = self.carrier.undoing.job(undo[at], self.caller)
            except ToolError:
                break
            done[at] = await self._undone(at, job, done[at])
            if done[at].reason != "undone":
                break
        return aligned(
            self.plan["calls"], turned.at, ToolResult(turned.outcome, turned.text, reason=turned.reason), done
        )

    async def _undone(self, at: int, job: Job, done: ToolResult) -> ToolResult:
        carrier = self.carrier
        try:
            content, _ = await carrier.hands.once(job)
        except ToolError as error:
            result = result_of(error)
            await carrier.note(job, result.outcome, f"undo {error.reason}")  # type: ignore[arg-type]
            if result.outcome == "unknown":
                return ToolResult("unknown", UNDO_UNKNOWN, reason="undo_unknown")
            return done
        await carrier.note(job, "compensated", f"step:{at + 1}", content)
        return ToolResult("failed", UNDONE, reason="undone")

    async def _noted(self, at: int, result: ToolResult) -> ToolResult:
        if len(self.jobs) > at:
            await self.carrier.note(self.jobs[at], result.outcome, f"plan {result.reason}")  # type: ignore[arg-type]
        return result


def aligned(
    calls: Sequence[PlannedCall], at: int, result: ToolResult, before: Sequence[ToolResult] = ()
) -> list[ToolResult]:
    """Return the results of a plan: what stands before, the step that did not happen, the rest, which did not run."""
    rest = ToolResult("refused", NOT_RUN, reason="not_run")
    head = list(before) if before else [rest] * at
    return [*head, result, *[rest] * (len(calls) - at - 1)]


__all__ = ["Means", "Passage", "aligned"]
