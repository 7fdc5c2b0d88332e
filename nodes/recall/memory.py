"""Long-term memory without Redis: for a try-out and for tests; gone when the process ends."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from frontdesk.graph.identity import Principal
from frontdesk.graph.persistence.erasure.forgetful import drop
from frontdesk.graph.persistence.life.consent_memory import MemoryConsents
from frontdesk.graph.persistence.life.purposes import MEMORY

KEPT = 50
"""Episodes per customer, as in the Redis archive."""


class MemoryArchive:
    """Implements :class:`frontdesk.graph.deps.Archive` in a dictionary."""

    def __init__(self, consents: MemoryConsents) -> None:
        """Start empty; what a customer takes back is forgotten at once."""
        self._consents = consents
        self._episodes: dict[tuple[str, str], dict[tuple[str, str], str]] = {}
        consents.withdrawn.append(self._withdrawn)

    async def recent(self, principal: Principal, limit: int = 3) -> list[str]:
        """Return the newest episodes, newest first, of purposes that are allowed. Empty for an anonymous caller."""
        if not principal.signed_in:
            return []
        allowed = [text for (purpose, _), text in self._kept(principal).items() if self._allowed(principal, purpose)]
        return allowed[::-1][: max(limit, 0)]

    async def add(self, principal: Principal, thread_id: str, episode: str, purpose: str = MEMORY) -> None:
        """Keep one masked episode of a thread instead of its earlier one, where its purpose is allowed.

        Nothing is kept of an anonymous caller.
        """
        if not self._allowed(principal, purpose):
            return
        kept = self._episodes.setdefault((principal.tenant, principal.subject), {})
        kept.pop((purpose, thread_id), None)
        kept[purpose, thread_id] = episode
        while len(kept) > KEPT:
            del kept[next(iter(kept))]

    def forget(self, principal: Principal | None, threads: Collection[str]) -> int:
        """See ``Forgetful``."""
        gone = len(self._episodes.pop((principal.tenant, principal.subject), {})) if principal else 0
        return gone + sum(drop(kept, lambda place: place[1] in threads) for kept in self._episodes.values())

    def _allowed(self, principal: Principal, purpose: str) -> bool:
        return self._consents.judged(principal, purpose).allowed

    def _withdrawn(self, principal: Principal, purpose: str) -> int:
        kept = self._kept(principal)
        rest = {place: text for place, text in kept.items() if place[0] != purpose}
        self._episodes[principal.tenant, principal.subject] = rest
        return len(kept) - len(rest)

    def _kept(self, principal: Principal) -> Mapping[tuple[str, str], str]:
        return self._episodes.get((principal.tenant, principal.subject), {})
