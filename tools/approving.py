"""The second person's yes: who may give it, and what comes of it. A call waits after its customer's own yes.

Four eyes: nobody approves a call of their own. The call that runs is the customer's, under their identity and with the
key of their proposing turn, so two approvers who click at once have one effect.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from frontdesk.errors import SealError, ToolFailedError
from frontdesk.graph.approved import ApprovalNews, Restoring
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.protocols import Restore
from frontdesk.graph.values import ToolResult
from frontdesk.tools.approvals import Approval, Approvals, same_person
from frontdesk.tools.arguments import canonical
from frontdesk.tools.audit import Decided, Record
from frontdesk.tools.jobs import Job
from frontdesk.tools.ledger import CallId
from frontdesk.tools.reasons import TEXTS, failed, refused

Run = Callable[[Approval, Restore], Awaitable[ToolResult]]
"""Makes an approved call as its customer: authority and preconditions are checked again, and it happens once."""
_log = logging.getLogger(__name__)
_TRIES = 5
"""Times that a decision is looked at anew because somebody else's came in between."""


@dataclass(frozen=True)
class Approving:
    """Keeps calls that wait, and carries out what is decided about them."""

    store: Approvals
    key: Callable[[CallId], str]
    """The ledger's key of a call."""
    run: Run
    record: Callable[[Record], Awaitable[None]]
    """Writes a decision down. ToolFailedError: it could not be written."""
    clock: Callable[[], float]
    """Unix time in seconds."""
    roles: Sequence[str]
    """One of these is needed to decide."""
    seconds: float
    """How long a call waits."""
    tenant: str | None = None
    """Whose calls these are; None: each approver decides on those of their own tenant."""
    used: bool = True
    """Whether any tool of the desk needs a second person; where none does, no turn looks for news."""

    async def ask(self, job: Job, question: str) -> ToolResult | None:
        """Let a call wait for its second person.

        Args:
            job: The customer's, with the proposing turn.
            question: What they said yes to, masked.

        Returns:
            ``approval``: it waits. None: it was approved before, and may run (the ledger knows whether it has).

        Raises:
            ToolRefusedError: It was denied, or nobody decided in time.
            ToolFailedError: It cannot be kept (no thread, no store, an erased thread), so it does not happen either.
        """
        call = job.id
        if not call.caller.stateful:
            raise failed(call.tool)
        now, thread = self.clock(), call.caller.thread_id
        fresh = Approval(
            id=f"{thread}-{self.key(call)[:16]}",
            tool=call.tool,
            arguments=dict(job.masked),
            question=question,
            asked=job.shown,
            principal=call.caller.principal.as_dict(),
            thread=thread,
            turn=call.turn_id,
            asked_at=now,
            expires_at=now + self.seconds,
        )
        if await self.store.put(fresh, None):
            return ToolResult("approval", TEXTS["approval"], reason="approval")
        found = await self.store.read(fresh.id)
        if found is None:
            raise failed(call.tool)
        if found.state == "approved":
            return None
        if found.is_open(now):
            return ToolResult("approval", TEXTS["approval"], reason="approval")
        raise refused(call.tool, "not_approved")

    async def listed(self, approver: Principal) -> list[dict[str, Any]]:
        """See ``frontdesk.graph.approved.Approved``."""
        self._entitled(approver)
        return [item.shown() for item in await self.store.open() if self._foreign(item, approver)]

    async def read(self, id: str, approver: Principal) -> dict[str, Any]:
        """See ``frontdesk.graph.approved.Approved``."""
        found = await self._found(id, approver)
        return {**found.shown(), "customer": found.caller.principal.subject, "by": found.by, "reason": found.reason}

    async def decide(
        self, id: str, approver: Principal, *, granted: bool, reason: str, restoring: Restoring
    ) -> dict[str, Any]:
        """See ``frontdesk.graph.approved.Approved``."""
        approval = await self._claimed(id, approver, granted=granted, reason=reason)
        over = approval.is_over(self.clock())
        if not over:
            await self._noted(approval, "approved" if granted else "denied")
        if over or not granted:
            return approval.shown()
        result = await self.run(approval, await restoring(approval.caller, approval.tool))
        if result.outcome != approval.outcome and result.outcome in {"done", "refused", "unknown"}:
            await self.store.put(replace(approval, outcome=result.outcome, told=False), approval)
        return {**approval.shown(), "outcome": result.outcome, "why": result.reason}

    async def news(self, caller: Caller) -> list[ApprovalNews]:
        """See ``frontdesk.graph.approved.Approved``."""
        if not caller.stateful or not self.used:
            return []
        try:
            kept = await self.store.of_thread(caller.thread_id)
        except (SealError, ToolFailedError) as error:
            _log.warning("no news of approvals: %s", type(error).__name__)  # they are told in a later turn
            return []
        now, mine = self.clock(), [item for item in kept if same_person(item.caller.principal, caller.principal)]
        return [
            ApprovalNews(id=it.id, became=became, tool=it.tool, arguments=dict(it.arguments), question=it.question)
            for it in mine
            if (became := it.news(now))
        ]

    async def take_back(self, caller: Caller, numbers: Collection[str]) -> None:
        """See ``frontdesk.graph.approved.Approved``."""
        try:
            for item in await self.store.of_thread(caller.thread_id) if caller.stateful and self.used else ():
                back = item.taken_back(caller.principal, numbers, self.clock())
                if back and await self.store.put(back, item):
                    await self._noted(back, "denied")
        except (SealError, ToolFailedError) as error:
            _log.warning("a waiting call was not taken back: %s", type(error).__name__)

    async def told(self, ids: Sequence[str]) -> None:
        """See ``frontdesk.graph.approved.Approved``."""
        try:
            for id in ids:
                found = await self.store.read(id)
                if found is not None and not found.told:
                    await self.store.put(replace(found, told=True), found)
        except (SealError, ToolFailedError) as error:
            _log.warning("news of approvals are told once more: %s", type(error).__name__)

    async def _found(self, id: str, approver: Principal) -> Approval:
        self._entitled(approver)
        found = await self.store.read(id)
        if found is None or not self._foreign(found, approver):
            raise refused("?", "not_waiting")
        return found

    async def _claimed(self, id: str, approver: Principal, *, granted: bool, reason: str) -> Approval:
        """Write the decision, unless somebody else's stands; return the record as it is then."""
        for _ in range(_TRIES):
            found = await self._found(id, approver)
            now = self.clock()
            if found.state == "approved" and granted and (found.outcome or found.is_open(now)):
                return found
            if found.state != "waiting" or not found.is_open(now):
                raise refused(found.tool, "not_waiting")
            state = "approved" if granted else "denied"
            decided = replace(found, state=state, by=approver.subject, reason=reason, decided_at=now)  # type: ignore[arg-type]
            if await self.store.put(decided, found):
                return decided
        raise failed("?")

    def _entitled(self, approver: Principal) -> None:
        foreign = self.tenant is not None and approver.tenant != self.tenant
        known = approver.signed_in and not approver.expired(self.clock()) and not foreign
        if not known or approver.roles.isdisjoint(self.roles):
            raise refused("?", "not_approver")

    def _foreign(self, approval: Approval, approver: Principal) -> bool:
        """Whether a call is of the approver's tenant and not their own, however their id is written."""
        customer = approval.caller.principal
        return customer.tenant == approver.tenant and not same_person(customer, approver)

    async def _noted(self, approval: Approval, decided: Decided) -> None:
        call = CallId(approval.caller, approval.turn, approval.tool, canonical(approval.arguments))
        try:
            await self.record(Record(self.clock(), call, decided, by=approval.by))
        except ToolFailedError:
            if decided == "approved":
                raise  # it is not carried out before it is written down; approved again, it is tried again


__all__ = ["Approving", "Run"]
