"""Carries an approved plan out: its steps in order, and where one does not happen, those before it undone in reverse.

A step that may have happened stops the plan as it is: nothing is undone on a guess, and a person gets the exact state.
Every step and everything that undoes one is a call of its own in the ledger, and turning round is written down before
the first of it: a process that dies in the middle leaves a plan that the next one brings to the same end.
"""

from __future__ import annotations

from dataclasses import dataclass

from frontdesk.errors import ToolError
from frontdesk.graph.deps import Restorer, ToolResult
from frontdesk.graph.identity import Caller
from frontdesk.graph.state import Proposal
from frontdesk.tools.audit import Record
from frontdesk.tools.passage import Means, Passage, aligned
from frontdesk.tools.plans import result_of
from frontdesk.tools.proposals import is_intact

NOT_APPROVED = "Not run: this is not the plan that the customer said yes to."


@dataclass(frozen=True)
class Carrier(Means):
    """Runs plans."""

    async def carry_out(self, plan: Proposal, caller: Caller, restorer: Restorer) -> list[ToolResult]:
        """Run a plan, or go on with one; see ``frontdesk.graph.protocols.Gateway``."""
        calls = plan.get("calls") or []
        try:
            page = await self.book.find(plan, caller)
            expired = page is None and self.clock() >= plan["expires_at"]
            if expired or not is_intact(plan):
                return aligned(calls, 0, ToolResult("refused", NOT_APPROVED, reason="not_approved"))
            if page is None:
                out = self._refused(plan, caller, restorer)
                if out:
                    return out
                if "shown_at" in plan:
                    await self._confirmed(plan, caller, restorer)
                page = await self.book.begin(plan, caller)
            return await Passage(self, plan, caller, restorer, page).go()
        except ToolError as error:
            # the ledger did not answer before anything was begun
            return aligned(calls, 0, result_of(error))

    def _refused(self, plan: Proposal, caller: Caller, restorer: Restorer) -> list[ToolResult]:
        """Return the results of a plan of which a step may not run at all, so that nothing is begun; empty: all may."""
        for at, call in enumerate(plan["calls"]):
            try:
                self.job(plan, call, caller, restorer)
            except ToolError as error:
                return aligned(plan["calls"], at, result_of(error))
        return []

    async def _confirmed(self, plan: Proposal, caller: Caller, restorer: Restorer) -> None:
        """Write the customer's yes down, for each step. ToolFailedError: it could not be, so nothing is begun."""
        who = caller.principal.subject
        for call in plan["calls"]:
            job = self.job(plan, call, caller, restorer)
            await self.hands.record(Record(self.clock(), job.id, "confirmed", "plan", by=who))


__all__ = ["NOT_APPROVED", "Carrier"]
