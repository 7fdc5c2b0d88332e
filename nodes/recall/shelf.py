"""Where memories are kept: what the two shelves, in Redis and in this process, have in common."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Protocol, TypeVar

from frontdesk.graph.identity import Principal
from frontdesk.graph.persistence.life.purposes import Basis
from frontdesk.nodes.recall.kept import Kept

LARGE = 500
"""Memories from which opening and ranking them takes tens of milliseconds."""
_T = TypeVar("_T")


class Written(Enum):
    """What became of a change."""

    DONE = 1
    STALE = 2
    """Somebody else changed the same meanwhile: look again."""
    BURIED = 3
    """The conversation was erased; nothing of it is kept."""


@dataclass(frozen=True, slots=True)
class Held:
    """What is kept of one customer, as it was when it was looked at."""

    basis: Basis
    """For the purpose ``memory``."""
    items: Mapping[str, Kept] = field(default_factory=dict)
    """Preferences and facts, with what they used to be, by their fields."""
    episodes: Sequence[Kept] = ()
    """Newest first."""
    allowed: frozenset[str] = frozenset()
    """Purposes whose items may be used."""
    dropped: float = 0.0
    """Unix time in seconds at which the customer had something forgotten, within the last hour: what was said before is
    not learnt any more by work that was still under way."""
    seen: Any = None
    """The shelf's own: what it compares with when it writes."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be written."""

    put: Sequence[Kept] = ()
    remove: Sequence[str] = ()
    """Fields of memories, or of episodes."""
    forget: bool = False
    """The customer had something forgotten: see :attr:`Held.dropped`."""
    own: bool = False
    """The customer's own correction or removal: it needs no consent, and is done under a legal hold, too."""


class Episodes(Protocol):
    """One line per conversation."""

    async def recent(self, principal: Principal, limit: int = 3) -> list[str]:
        """See ``Archive``."""
        ...

    async def add(self, principal: Principal, thread_id: str, episode: str, purpose: str) -> None:
        """See ``Archive``; ``purpose``: what it is kept for."""
        ...


class Shelf(Protocol):
    """Keeps the memories of customers apart from each other."""

    async def read(self, principal: Principal) -> Held:
        """Return what is kept of a signed-in customer; what is over its time or cannot be opened is left out."""
        ...

    async def write(self, principal: Principal, thread: str, held: Held, change: Change) -> Written:
        """Write a change in one step, if what it touches and the consent are still as they were in ``held``."""
        ...


async def aside(count: int, work: Callable[[], _T]) -> _T:
    """Do work on so many memories of one customer; in a thread where it would hold up everybody else."""
    return await asyncio.to_thread(work) if count > LARGE else work()


def name_of(place: str) -> str:
    """Return the opaque id of an episode, from its field."""
    return hashlib.sha256(place.encode("utf-8", "replace")).hexdigest()[:12]


__all__ = ["LARGE", "Change", "Episodes", "Held", "Shelf", "Written", "aside", "name_of"]
