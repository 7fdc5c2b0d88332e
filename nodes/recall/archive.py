"""The archive on Redis: episodes, preferences and facts of each customer, sealed, in keys of their own."""

from __future__ import annotations

import time
from collections.abc import Callable

from redis.asyncio import Redis

from frontdesk.desk.remembering import Memory as Rules
from frontdesk.graph.identity import Principal
from frontdesk.graph.persistence.life.consent import RedisConsents
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.nodes.recall.episodes import KEPT, Item, RedisEpisodes
from frontdesk.nodes.recall.longterm import LongMemory, episodes_kept
from frontdesk.nodes.recall.shelf_redis import RedisShelf

YEAR = 365 * 86_400.0
"""Seconds that a preference or a fact is kept where nothing else is said."""


class RedisArchive(LongMemory):
    """Implements :class:`frontdesk.graph.deps.Archive`."""

    def __init__(
        self,
        client: Redis,
        sealer: Sealer,
        ttl_seconds: float,
        consents: RedisConsents,
        clock: Callable[[], float] = time.time,
        *,
        rules: Rules | None = None,
        memory_seconds: float = YEAR,
    ) -> None:
        """Bind it.

        Args:
            client: A Redis client, binary.
            sealer: Seals every item.
            ttl_seconds: After which an episode is forgotten.
            consents: What customers allow.
            clock: Unix time in seconds.
            rules: What the desk keeps; by default everything.
            memory_seconds: After which a preference or a fact is forgotten that nobody confirmed.
        """
        rules = rules or Rules()
        self._episodes = RedisEpisodes(client, sealer, ttl_seconds, consents, clock, most=episodes_kept(rules))
        shelf = RedisShelf(client, sealer, self._episodes, memory_seconds, consents, clock)
        super().__init__(self._episodes, shelf, rules, memory_seconds, clock)

    async def items(self, principal: Principal, limit: int = KEPT, *, allowed_only: bool = False) -> list[Item]:
        """Return the newest episodes with all that is kept beside them, newest first; expired ones are left out."""
        return await self._episodes.items(principal, limit, allowed_only=allowed_only)


__all__ = ["RedisArchive"]
