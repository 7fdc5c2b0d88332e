"""Summaries that are prepared after a turn and taken up by a later one, so that no customer waits for a model."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.records import Usage

THREADS = 10_000
"""Threads that the store in this process keeps something of; the one unused for longest is forgotten first."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """The last attempt at rolling a thread's summary: running, failed, or done and not yet taken up."""

    digest: str
    """Of the summary that it extends and of the messages that it covers; another state makes it void."""
    covered: tuple[str, ...]
    """Ids of the messages that it stands for, oldest first: the beginning of the window."""
    turn: int
    """Index of the turn that began it, from 0."""
    tries: int
    """Attempts in a row without a summary, this one included until it has one: the more, the longer until the next."""
    until: float
    """Unix time in seconds up to which it may still be running; 0 once it ended."""
    text: str = ""
    """The new summary, masked and checked; empty while there is none."""
    usage: Usage | None = None
    """What it cost, until a turn has counted that."""


class PreparedSummaries(Protocol):
    """Keeps at most one :class:`Prepared` per thread. A loss costs a model call, never history."""

    async def read(self, caller: Caller) -> Prepared | None:
        """Return what is kept of the caller's thread; None where nothing is, or where it cannot be opened."""
        ...

    async def write(self, caller: Caller, prepared: Prepared) -> None:
        """Keep it instead of what was kept; nothing is kept of an erased thread."""
        ...

    async def drop(self, caller: Caller) -> None:
        """Forget it."""
        ...


class MemoryPrepared:
    """Implements :class:`PreparedSummaries` in this process."""

    def __init__(self) -> None:
        """Start empty."""
        self._held: OrderedDict[tuple[str, str], Prepared] = OrderedDict()
        self._erased: OrderedDict[str, None] = OrderedDict()

    async def read(self, caller: Caller) -> Prepared | None:
        """See :class:`PreparedSummaries`."""
        return self._held.get(_place(caller))

    async def write(self, caller: Caller, prepared: Prepared) -> None:
        """See :class:`PreparedSummaries`."""
        if not caller.stateful or caller.thread_id in self._erased:
            return
        self._held[_place(caller)] = prepared
        self._held.move_to_end(_place(caller))
        while len(self._held) > THREADS:
            self._held.popitem(last=False)

    async def drop(self, caller: Caller) -> None:
        """See :class:`PreparedSummaries`."""
        self._held.pop(_place(caller), None)

    def forget(self, principal: Principal | None, threads: Collection[str]) -> int:
        """Drop what is kept of threads, and keep nothing of them any more; return of how many there was something."""
        gone = [place for place in self._held if place[1] in threads]
        for place in gone:
            del self._held[place]
        self._erased.update(dict.fromkeys(threads))
        while len(self._erased) > THREADS:
            self._erased.popitem(last=False)
        return len(gone)


def _place(caller: Caller) -> tuple[str, str]:
    return caller.principal.tenant, caller.thread_id


__all__ = ["MemoryPrepared", "Prepared", "PreparedSummaries"]
