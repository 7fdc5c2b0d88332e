"""Calls that wait for a second person: what is kept of them."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol

from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.persistence.erasure.forgetful import drop


@dataclass(frozen=True, slots=True)
class Approval:
    """One call that needs a second person's yes, and what became of it. Values stay in the conversation's vault."""

    id: str
    """``<thread>-<16 hex digits of the call's key>``: asked again, the same call has the same one."""
    tool: str
    arguments: Mapping[str, Any] = field(repr=False)
    """Masked, without the owner's."""
    question: str = field(repr=False)
    """What the customer said yes to, masked."""
    principal: Mapping[str, Any] = field(repr=False)
    """The customer (``Principal.as_dict``), the expiry of their sign-in included."""
    thread: str
    turn: str
    """The proposing turn: part of the ledger's key."""
    asked_at: float
    """Unix time in seconds."""
    expires_at: float
    """Unix time in seconds from which it is given up."""
    state: Literal["waiting", "approved", "denied"] = "waiting"
    by: str = field(default="", repr=False)
    """Subject of who decided."""
    reason: str = field(default="", repr=False)
    """What that person noted; never shown to the customer."""
    decided_at: float = 0.0
    outcome: Literal["", "done", "refused", "unknown"] = ""
    """What came of an approved call; empty while nothing did."""
    asked: str = ""
    """Keyed digest of the question as the gateway worded it."""
    told: bool = False
    """Whether the customer has read what became of it."""

    @property
    def caller(self) -> Caller:
        """The customer's identity in the proposing turn."""
        return Caller(Principal.of(self.principal), self.thread, self.turn)

    @property
    def acting(self) -> Caller:
        """The same, as the call is made: their sign-in was good when they said yes, and the approver's is good now.

        A wait is longer than most tokens live; ``gateway.approval_minutes`` is what bounds it.
        """
        return replace(self.caller, principal=replace(self.caller.principal, expires_at=0.0))

    def shown(self) -> dict[str, Any]:
        """Return it as plain JSON data, masked; nothing in it says who the customer is."""
        names = ("id", "tool", "question", "asked_at", "expires_at", "state", "outcome")
        return {"arguments": dict(self.arguments), **{name: getattr(self, name) for name in names}}

    def is_open(self, now: float) -> bool:
        """Whether somebody may still decide, or try an approved call again that has come to nothing."""
        return now < self.expires_at and (self.state == "waiting" or (self.state == "approved" and not self.outcome))

    def taken_back(self, who: Principal, numbers: Collection[str], now: float) -> Approval | None:
        """Return it as its customer takes it back; None where it waits no more, or is not what they mean.

        Args:
            who: Speaks in the conversation.
            numbers: Those that they named, such as an order's: the call, or its question, holds each of them.
            now: Unix time in seconds.
        """
        waits = self.state == "waiting" and self.is_open(now) and same_person(self.caller.principal, who)
        text = f"{self.question} {self.arguments}"
        meant = all(number in text for number in numbers)
        return replace(self, state="denied", by=who.subject, decided_at=now) if waits and meant else None

    def is_over(self, now: float) -> bool:
        """Whether an approved call has come to its end: it never runs again, though the ledger may forget it sooner.

        One of which nobody knows is asked about again while it may still be decided.
        """
        return bool(self.outcome) and (self.outcome != "unknown" or now >= self.expires_at)

    def news(self, now: float) -> Literal["", "done", "refused", "unknown", "denied", "expired"]:
        """Return what the customer is to be told now: what became of it; empty: nothing, or not yet."""
        if self.told:
            return ""
        if self.outcome:
            return self.outcome
        if self.state == "denied":
            return "denied"
        if now < self.expires_at:
            return ""
        # approved, and whoever ran it died on the way, or the back office did not answer: it may have happened
        return "expired" if self.state == "waiting" else "unknown"


def same_person(one: Principal, other: Principal) -> bool:
    """Whether two principals may be the same person, however their id is written: four eyes are two people's."""
    return one.tenant == other.tenant and _plain(one.subject) == _plain(other.subject)


def _plain(subject: str) -> str:
    return unicodedata.normalize("NFKC", subject).strip().casefold()


class Approvals(Protocol):
    """Where they are kept."""

    async def put(self, approval: Approval, before: Approval | None) -> bool:
        """Write atomically, where ``before`` is what is there now (None: nothing); False: something else is.

        Raises:
            ToolFailedError: ``unavailable``: the store did not answer, or what is there cannot be opened.
        """
        ...

    async def read(self, id: str) -> Approval | None:
        """Return one; None: there is none (any more). ToolFailedError: the store did not answer."""
        ...

    async def of_thread(self, thread: str) -> list[Approval]:
        """Return those of a conversation, the oldest first. ToolFailedError: the store did not answer."""
        ...

    async def open(self) -> list[Approval]:
        """Return those that somebody may decide, of every tenant, the one that ends first before the others.

        Raises:
            ToolFailedError: ``unavailable``: the store did not answer.
        """
        ...


class MemoryApprovals:
    """In this process: ``FRONTDESK_REDIS=memory`` and tests."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        """Start empty."""
        self._clock = clock
        self._kept: dict[str, Approval] = {}
        self._erased: set[str] = set()

    async def put(self, approval: Approval, before: Approval | None) -> bool:
        """See :class:`Approvals`; atomic because nothing is awaited."""
        if self._kept.get(approval.id) != before or approval.thread in self._erased:
            return False
        self._kept[approval.id] = approval
        return True

    async def read(self, id: str) -> Approval | None:
        """See :class:`Approvals`."""
        return self._kept.get(id)

    async def of_thread(self, thread: str) -> list[Approval]:
        """See :class:`Approvals`."""
        return sorted((item for item in self._kept.values() if item.thread == thread), key=lambda item: item.asked_at)

    async def open(self) -> list[Approval]:
        """See :class:`Approvals`."""
        now = self._clock()
        return sorted((item for item in self._kept.values() if item.is_open(now)), key=lambda item: item.expires_at)

    def forget(self, principal: Principal | None, threads: Collection[str]) -> int:
        """Drop those of threads; return how many went."""
        self._erased.update(threads)
        return drop(self._kept, lambda id: self._kept[id].thread in threads)
