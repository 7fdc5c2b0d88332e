"""What has to be said before a write runs: the customer's yes, and a second person's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from frontdesk.graph.deps import ToolResult
from frontdesk.graph.state import Proposal
from frontdesk.tools.approving import Approving
from frontdesk.tools.audit import Record
from frontdesk.tools.conditions import condition
from frontdesk.tools.effects import Effects
from frontdesk.tools.jobs import Job
from frontdesk.tools.proposals import approves, propose, step
from frontdesk.tools.seals import Seals


@dataclass(frozen=True)
class Decisions:
    """Decides on writes."""

    effects: Effects
    approving: Approving
    seals: Seals
    clock: Callable[[], float]
    """Unix time in seconds."""

    def approved(self, job: Job, approved: Proposal | None) -> Job:
        """Return the call as that of the turn which proposed it, where the customer said yes to exactly this."""
        if approved is None or not self._covers(approved, job):
            return job
        own = replace(job.id, turn_id=approved["turn_id"])
        return replace(job, id=own, said=True, shown=approved.get("shown", ""))

    async def decide(self, job: Job, approved: Proposal | None) -> ToolResult:
        """Ask who has to be asked, or run a call.

        Args:
            job: From :meth:`approved`.
            approved: What the customer said yes to in this turn.

        Returns:
            ``confirm`` with a sealed proposal, ``approval``, or ``done``.

        Raises:
            ToolError: It did not happen, or nobody knows.
        """
        confirm, second = condition(job.contract.confirm), condition(job.contract.approval)
        # A call that was begun passed all this before; what its record says by now would refuse what it did itself.
        if (confirm.fixed and second.text in {"", "never"}) or not await self.effects.begun(job):
            said = approved is not None and self._covers(approved, job)
            asks = confirm.text != "never" and not said
            record = {} if second.fixed and not asks else await self.effects.precheck(job)
            if asks and confirm.asks(record, job.declared):
                return self._proposal(job, record)
            if said and confirm.text != "never":
                who = job.id.caller.principal.subject
                await self.effects.record(Record(self.clock(), job.id, "confirmed", by=who))
            if second.asks(record, job.declared):
                waiting = await self.approving.ask(job, self._question(job, approved if said else None))
                if waiting is not None:
                    return waiting
                job = replace(job, seconded=True)
        else:
            job = replace(job, cleared=True)
        content, repeated = await self.effects.once(job)
        return ToolResult("done", content, repeated=repeated)

    async def foreseen(self, job: Job, approved: Proposal | None) -> ToolResult:
        """Say what :meth:`decide` would come to, or a read, without an effect, a store or a count.

        Raises:
            ToolError: What the call would be refused with.
        """
        if job.contract.effect == "read":
            return ToolResult("done", "")
        record = await self.effects.precheck(job)
        said = approved is not None and self._covers(approved, job)
        second = condition(job.contract.approval).asks(record, job.declared)
        if not said and condition(job.contract.confirm).asks(record, job.declared):
            return replace(self._proposal(job, record), reason="approval" if second else "")
        if second:
            return ToolResult("approval", "")
        return ToolResult("done", "")

    def _covers(self, approved: Proposal, job: Job) -> bool:
        genuine = self.seals.genuine(approved, job.id.caller)
        return genuine and approves(approved, job.contract.name, job.masked, self.clock())

    def _question(self, job: Job, approved: Proposal | None) -> str:
        """Return what a second person reads: what the customer read, or the bare call where nothing proves that."""
        if approved is not None and self.seals.is_worded(approved):
            return approved["question"]
        return step(job.contract, job.masked, {})["question"]

    def _proposal(self, job: Job, record: Mapping[str, Any]) -> ToolResult:
        proposal = propose(job.contract, job.masked, record, job.id.turn_id, self.clock())
        return ToolResult("confirm", proposal["question"], self.seals.sealed(proposal, job.id.caller))
