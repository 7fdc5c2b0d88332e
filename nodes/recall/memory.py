"""Long-term memory without Redis: for a try-out and for tests; gone when the process ends."""

from __future__ import annotations

from frontdesk.graph.identity import Principal

KEPT = 50
"""Episodes per customer, as in the Redis archive."""


class MemoryArchive:
    """Implements :class:`frontdesk.graph.deps.Archive` in a dictionary."""

    def __init__(self) -> None:
        """Start empty."""
        self._episodes: dict[tuple[str, str], dict[str, str]] = {}

    async def recent(self, principal: Principal, limit: int = 3) -> list[str]:
        """Return the newest episodes, newest first. Empty for an anonymous caller."""
        if not principal.signed_in:
            return []
        kept = self._episodes.get((principal.tenant, principal.subject), {})
        return list(reversed(kept.values()))[: max(limit, 0)]

    async def add(self, principal: Principal, thread_id: str, episode: str) -> None:
        """Keep one masked episode of a thread instead of its earlier one. Nothing is kept of an anonymous caller."""
        if not principal.signed_in:
            return
        kept = self._episodes.setdefault((principal.tenant, principal.subject), {})
        kept.pop(thread_id, None)
        kept[thread_id] = episode
        while len(kept) > KEPT:
            del kept[next(iter(kept))]
