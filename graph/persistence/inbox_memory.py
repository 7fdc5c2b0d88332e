"""The inbox without Redis."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from typing import Any

from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.persistence.erasure.forgetful import drop
from frontdesk.graph.persistence.erasure.tombs import erased
from frontdesk.graph.persistence.inbox import RECOVERED_FOR


class MemoryInbox:
    """The inbox in this process, for as long as it lives."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        """Start empty."""
        self._clock = clock
        self._replies: dict[tuple[str, str], dict[str, Any]] = {}
        self._open: dict[tuple[str, str], tuple[Caller, str, float]] = {}
        self._erased: set[str] = set()

    async def accept(self, caller: Caller, text: str) -> dict[str, Any] | None:
        """See :class:`Inbox`."""
        turn = (caller.thread_id, caller.turn_id)
        if not caller.stateful:
            return None
        if caller.thread_id in self._erased:
            raise erased()
        earlier = self._replies.get(turn, {} if turn in self._open else None)
        if earlier is None:
            self._open[turn] = (caller, text, self._clock())
        return earlier

    async def settle(self, caller: Caller, reply: dict[str, Any]) -> None:
        """See :class:`Inbox`."""
        if caller.stateful:
            turn = (caller.thread_id, caller.turn_id)
            self._replies[turn] = reply
            self._open.pop(turn, None)

    async def discard(self, caller: Caller) -> None:
        """See :class:`Inbox`."""
        self._open.pop((caller.thread_id, caller.turn_id), None)

    async def unfinished(self) -> list[tuple[Caller, str]]:
        """See :class:`Inbox`."""
        since = self._clock() - RECOVERED_FOR
        return [(caller, text) for caller, text, accepted in self._open.values() if accepted > since]

    def forget(self, principal: Principal | None, threads: Collection[str]) -> int:
        """Drop the turns of threads, and accept none of them from now on; return how many went."""
        self._erased.update(threads)
        return drop(self._replies, lambda turn: turn[0] in threads) + drop(self._open, lambda turn: turn[0] in threads)
