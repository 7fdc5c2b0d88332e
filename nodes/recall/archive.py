"""Long-term memory in Redis: a customer's newest episodes, sealed, one per conversation.

Two keys per customer, named by a keyed hash of tenant and subject: ``fd:{who}:episodes`` (hash, thread id to sealed
text) and ``fd:{who}:episodes:order`` (sorted set, thread id by time in seconds). Both expire together.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from redis.asyncio import Redis

from frontdesk.errors import SealError
from frontdesk.graph.identity import Principal
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.persistence.threads import subject_mark

_log = logging.getLogger(__name__)

KEPT = 50
"""Episodes per customer; the oldest make room."""

_ADD = """
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
local gone = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[3] - ARGV[4])
for _, thread in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1 - ARGV[5])) do table.insert(gone, thread) end
for _, thread in ipairs(gone) do
  redis.call('HDEL', KEYS[1], thread)
  redis.call('ZREM', KEYS[2], thread)
end
redis.call('EXPIRE', KEYS[1], ARGV[4])
redis.call('EXPIRE', KEYS[2], ARGV[4])
"""
"""One step, so that two conversations of a customer that end at once both stay."""


class RedisArchive:
    """Implements :class:`frontdesk.graph.deps.Archive`."""

    def __init__(
        self, client: Redis, sealer: Sealer, ttl_seconds: float, clock: Callable[[], float] = time.time
    ) -> None:
        """Take a client, the sealer, and the seconds after which an episode is forgotten.

        ``clock`` gives Unix time in seconds.
        """
        self._sealer, self._ttl, self._clock = sealer, max(int(ttl_seconds), 1), clock
        self._client = client
        self._add = client.register_script(_ADD)

    async def recent(self, principal: Principal, limit: int = 3) -> list[str]:
        """Return the newest episodes, newest first; those that cannot be opened are left out.

        Raises:
            redis.RedisError: The store cannot be reached.
        """
        if not principal.signed_in or limit < 1:
            return []
        blobs, order = self._keys(principal)
        oldest = self._clock() - self._ttl
        found = await self._client.zrange(order, "+inf", f"({oldest}", desc=True, byscore=True, offset=0, num=limit)
        newest = [thread for thread in found if isinstance(thread, bytes)]
        if not newest:
            return []
        sealed: list[Any] = await self._client.hmget(blobs, newest)
        return [
            text
            for thread, blob in zip(newest, sealed, strict=True)
            if blob is not None and (text := self._open(blob, blobs, thread)) is not None
        ]

    async def add(self, principal: Principal, thread_id: str, episode: str) -> None:
        """Keep one masked episode of a thread instead of its earlier one. Nothing is kept of an anonymous caller.

        Raises:
            redis.RedisError: The store cannot be reached.
        """
        if not principal.signed_in:
            return
        blobs, order = self._keys(principal)
        sealed = self._sealer.seal(episode.encode(), _context(blobs, thread_id.encode()))
        await self._add(keys=[blobs, order], args=[thread_id, sealed, f"{self._clock():.6f}", self._ttl, KEPT])

    def _keys(self, principal: Principal) -> tuple[str, str]:
        who = subject_mark(self._sealer, principal)
        return f"fd:{{{who}}}:episodes", f"fd:{{{who}}}:episodes:order"

    def _open(self, blob: bytes, key: str, thread: bytes) -> str | None:
        try:
            return self._sealer.open(blob, _context(key, thread)).decode()
        except SealError:
            _log.warning("an episode cannot be opened: sealed with a key that is gone, or altered")
            return None


def _context(key: str, thread: bytes) -> bytes:
    return key.encode() + b":" + thread
