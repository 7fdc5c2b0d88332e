"""The protocol of long-term memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from frontdesk.graph.identity import Principal
from frontdesk.graph.memories import Memory, Note


class Archive(Protocol):
    """Long-term memory of one customer, across threads."""

    async def recent(self, principal: Principal, limit: int = 3) -> list[str]:
        """Return the newest episodes, newest first. Empty for an anonymous caller."""
        ...

    async def add(self, principal: Principal, thread_id: str, episode: str) -> None:
        """Keep one masked episode of a thread; the same thread's earlier episode is replaced."""
        ...

    async def learn(self, principal: Principal, thread_id: str, turn: int, notes: Sequence[Note]) -> int:
        """Keep what a turn taught; return how many notes were new or changed something.

        A note about the same thing as an older memory replaces it, and the older one becomes history; a note that is
        ``ended`` only ends it. Nothing is kept of an anonymous caller, without consent, or of an erased thread.
        """
        ...

    async def search(self, principal: Principal, query: str, *, thread_id: str = "", limit: int = 5) -> list[Memory]:
        """Return the memories that matter to a masked text, best first; none that ended, expired or is not allowed.

        ``thread_id``: the conversation that is running; what was learnt in it is in its window and left out.
        """
        ...

    async def held(self, principal: Principal) -> list[Memory]:
        """Return everything that is remembered of the caller, newest first, with what ended."""
        ...

    async def correct(self, principal: Principal, memory_id: str, text: str) -> bool:
        """Put another masked text in the place of a memory's; False when the caller has no such memory."""
        ...

    async def drop(self, principal: Principal, memory_ids: Sequence[str]) -> int:
        """Forget memories and their history for good; return how many went."""
        ...
