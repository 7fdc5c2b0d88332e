"""What waits for somebody else before a call is made: the customer's verification, or a second person's yes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import Any, Literal, Protocol, TypedDict

from frontdesk.errors import ToolRefusedError
from frontdesk.graph.identity import Caller, Principal
from frontdesk.tools.contract import Verified


class StepUp(TypedDict):
    """A call for which the customer has to verify who they are. Made again when they come back."""

    level: Verified
    """What is needed."""
    tool: str
    arguments: dict[str, Any]
    """Masked."""
    intent: str
    """The request that it is a part of."""
    turn: str
    """Id of the turn in which the customer was asked to verify, the last one where it was asked again."""


class ApprovalNews(TypedDict):
    """What became of a call that waited for a second person, until the customer has read it."""

    id: str
    became: Literal["done", "refused", "unknown", "denied", "expired"]
    """``refused``: approved, and then not possible after all; ``expired``: nobody decided in time."""
    tool: str
    arguments: dict[str, Any]
    """Masked."""
    question: str
    """What the customer said yes to, masked."""


Restoring = Callable[[Caller, str], Awaitable[Callable[[Any], Any]]]
"""Returns what puts the values of a customer's conversation back into the arguments of a tool (``Restore``)."""


class Approved(Protocol):
    """The second person's desk: what waits for a yes, and what became of it. All of it is masked."""

    async def listed(self, approver: Principal) -> list[dict[str, Any]]:
        """Return the calls that wait in the approver's tenant, without their own; what ends first comes first.

        ``{"id", "tool", "arguments", "question", "asked_at", "expires_at", "state", "outcome"}``.

        Raises:
            ToolRefusedError: ``not_approver``.
        """
        ...

    async def read(self, id: str, approver: Principal) -> dict[str, Any]:
        """Return one, with ``customer`` (the id), and ``by`` and ``reason`` where it was decided.

        Raises:
            ToolRefusedError: ``not_approver``; ``not_waiting``: there is none, or it is their own.
        """
        ...

    async def decide(
        self, id: str, approver: Principal, *, granted: bool, reason: str, restoring: Restoring
    ) -> dict[str, Any]:
        """Approve or deny a call; an approved one runs now, once, however many approve it.

        Args:
            id: The call's.
            approver: Who decides, as the door established it.
            granted: Their word.
            reason: What they note for the record; the customer never reads it.
            restoring: Opens the conversation's vault.

        Returns:
            As :meth:`listed`, with ``outcome`` (``done``, ``refused``, ``unknown``; ``failed``: nothing happened, and
            it may be approved again) and ``why``, a closed code.

        Raises:
            ToolRefusedError: ``not_approver``; ``not_waiting``: also decided otherwise, or expired.
            ToolFailedError: The decision could not be kept; nothing happened.
        """
        ...

    async def news(self, caller: Caller) -> list[ApprovalNews]:
        """Return what the customer of a conversation was not told yet, oldest first. Never raises."""
        ...

    async def take_back(self, caller: Caller, numbers: Collection[str]) -> None:
        """Let the customer's own waiting calls of the conversation not happen; :meth:`news` says which. Never raises.

        Args:
            caller: Of the conversation.
            numbers: Only calls whose arguments hold each of these.
        """
        ...

    async def told(self, ids: Sequence[str]) -> None:
        """Note that the customer has read these. Never raises; then they are told once more."""
        ...


class NoApproved:
    """Nothing ever waits, and nobody may decide."""

    async def listed(self, approver: Principal) -> list[dict[str, Any]]:
        """See :class:`Approved`."""
        return []

    async def read(self, id: str, approver: Principal) -> dict[str, Any]:
        """See :class:`Approved`."""
        raise ToolRefusedError("?", "not_waiting", "Nothing waits for an approval here.")

    async def decide(
        self, id: str, approver: Principal, *, granted: bool, reason: str, restoring: Restoring
    ) -> dict[str, Any]:
        """See :class:`Approved`."""
        return await self.read(id, approver)

    async def news(self, caller: Caller) -> list[ApprovalNews]:
        """See :class:`Approved`."""
        return []

    async def take_back(self, caller: Caller, numbers: Collection[str]) -> None:
        """See :class:`Approved`."""

    async def told(self, ids: Sequence[str]) -> None:
        """See :class:`Approved`."""


__all__ = ["ApprovalNews", "Approved", "NoApproved", "Restoring", "StepUp"]
