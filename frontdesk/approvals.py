"""The second person, as the doors know them: what waits for an approval, and their word on it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from frontdesk.errors import ApprovalError, ToolRefusedError
from frontdesk.graph.deps import Deps, Restore
from frontdesk.graph.identity import Caller, Principal
from frontdesk.nodes.scrub.restore import restorer

REASON_CHARS = 500
"""Characters of a reason that are kept."""


class ApprovalWork:
    """The part of :class:`frontdesk.FrontDesk` for the people who approve what customers asked for."""

    deps: Deps

    async def approvals(self, *, approver: Principal) -> list[dict[str, Any]]:
        """Return what waits for an approval in the approver's tenant, without calls of their own; masked.

        Args:
            approver: As the door established it; one of ``gateway.approver_roles`` is needed.

        Returns:
            The one that ends first to begin with: ``{"id", "tool", "arguments", "question", "asked_at", "expires_at",
            "state", "outcome"}``; times in Unix seconds.

        Raises:
            ApprovalError: Not an approver.
        """
        async with _worded():
            return await self.deps.approved.listed(approver)

    async def approval(self, approval_id: str, *, approver: Principal) -> dict[str, Any]:
        """Return one, with ``customer`` (the id), and ``by`` and ``reason`` where it was decided; masked.

        Raises:
            ApprovalError: Not an approver; there is no such call, or it is the approver's own.
        """
        async with _worded():
            return await self.deps.approved.read(approval_id, approver)

    async def decide_approval(
        self, approval_id: str, *, granted: bool, approver: Principal, reason: str = ""
    ) -> dict[str, Any]:
        """Approve or deny a call. An approved one runs now, once, however many approve it at the same time.

        The customer is told in the next turn of the conversation.

        Args:
            approval_id: The call's.
            granted: The approver's word.
            approver: As the door established it.
            reason: A note for the record, which the customer never reads; 500 characters of it are kept.

        Returns:
            As :meth:`approvals`; ``outcome`` is ``done``, ``refused`` (no longer possible), ``unknown``, or ``failed``
            (nothing happened, approve again), and ``why`` a closed code.

        Raises:
            ApprovalError: As for :meth:`approval`; also where it was decided otherwise, or its time is over.
            ToolFailedError: The decision could not be kept; nothing happened.
        """
        note = reason.strip()[:REASON_CHARS]
        async with _worded():
            return await self.deps.approved.decide(
                approval_id, approver, granted=granted, reason=note, restoring=self._restoring
            )

    async def _restoring(self, customer: Caller, tool: str) -> Restore:
        known = await self.deps.vault.load(customer, prolong=False)
        contract = self.deps.desk.tools.get(tool)
        return restorer(known, contract.input if contract else {}, tool=tool)


@asynccontextmanager
async def _worded() -> AsyncIterator[None]:
    try:
        yield
    except ToolRefusedError as error:
        raise ApprovalError(str(error)) from error


__all__ = ["ApprovalWork"]
