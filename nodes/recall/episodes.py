"""A customer's newest episodes in Redis, sealed, one per conversation and purpose.

Two keys per customer, named by a keyed hash of tenant and subject: ``fd:{who}:episodes`` (hash, ``<purpose>/<thread>``
to a sealed item) and ``fd:{who}:episodes:order`` (sorted set, the same fields by time in seconds). They expire
together. An item says for which purpose it is kept, on what strength, and until when.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, cast

import orjson
from redis.asyncio import Redis

from frontdesk.errors import SealError
from frontdesk.graph.identity import Principal
from frontdesk.graph.persistence.erasure.tombs import tomb
from frontdesk.graph.persistence.life.consent import RedisConsents
from frontdesk.graph.persistence.life.purposes import MEMORY
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.persistence.threads import subject_mark

_log = logging.getLogger(__name__)

KEPT = 50
"""Episodes per customer; the oldest make room."""
_TRIES = 5
"""Times that the consent is looked at anew because it changed between the look and the writing."""

_ADD = """
-- KEYS: hash, order, consents, tombstone. ARGV: field, item, now, seconds to live, kept, purpose, its record as seen
if redis.call('EXISTS', KEYS[4]) == 1 then return 1 end  -- the thread was erased: nothing is kept of it
if (redis.call('HGET', KEYS[3], ARGV[6]) or '') ~= ARGV[7] then return 0 end
local ttl = redis.call('PTTL', KEYS[1])
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
if ttl == -1 then return 1 end  -- a legal hold: nothing runs out
local gone = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[3] - ARGV[4])
for _, field in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1 - ARGV[5])) do table.insert(gone, field) end
for _, field in ipairs(gone) do
  redis.call('HDEL', KEYS[1], field)
  redis.call('ZREM', KEYS[2], field)
end
redis.call('EXPIRE', KEYS[1], ARGV[4])
redis.call('EXPIRE', KEYS[2], ARGV[4])
return 1
"""
"""One step, so that two conversations of a customer that end at once both stay, and a no that comes in between counts.
"""


@dataclass(frozen=True, slots=True)
class Item:
    """One episode, as it is kept."""

    text: str
    """Masked."""
    purpose: str
    consent: str
    """On what strength: a consent's id, or ``default:<version of the wording>``."""
    at: float
    expires: float
    """Unix times in seconds."""


class RedisEpisodes:
    """Keeps and lists them; preferences and facts: :mod:`~frontdesk.nodes.recall.shelf_redis`."""

    def __init__(
        self,
        client: Redis,
        sealer: Sealer,
        ttl_seconds: float,
        consents: RedisConsents,
        clock: Callable[[], float] = time.time,
        *,
        most: int = KEPT,
    ) -> None:
        """Take a client, the sealer, the seconds after which an episode is forgotten, and what customers allow.

        ``clock`` gives Unix time in seconds; ``most`` episodes are kept of a customer.
        """
        self._most = most
        self._sealer, self._ttl, self._clock = sealer, max(int(ttl_seconds), 1), clock
        self._client, self._consents = client, consents
        self._add = client.register_script(_ADD)

    async def recent(self, principal: Principal, limit: int = 3) -> list[str]:
        """Return the newest episodes, newest first; those that cannot be opened are left out.

        Nothing is returned whose purpose is not allowed, or not any more.

        Raises:
            redis.RedisError: The store cannot be reached.
        """
        if not principal.signed_in or limit < 1:
            return []
        return [item.text for item in await self.items(principal, limit, allowed_only=True)]

    async def items(self, principal: Principal, limit: int = KEPT, *, allowed_only: bool = False) -> list[Item]:
        """Return the newest episodes with all that is kept beside them, newest first; expired ones are left out."""
        blobs, order = self.keys(principal)
        words = await self._consents.look(principal)
        listed = await self._client.zrange(order, "+inf", f"({self._clock() - self._ttl}", desc=True, byscore=True)
        fields = [
            field
            for field in cast("list[bytes]", listed)
            if not allowed_only or self._consents.judged(principal, words, _purpose(field)).allowed
        ][:limit]
        if not fields:
            return []
        sealed: list[Any] = await self._client.hmget(blobs, fields)
        opened = (self.opened(blob, blobs, field) for field, blob in zip(fields, sealed, strict=True) if blob)
        return [item for item in opened if item is not None]

    async def add(self, principal: Principal, thread_id: str, episode: str, purpose: str = MEMORY) -> None:
        """Keep one masked episode of a thread instead of its earlier one, where its purpose is allowed.

        Nothing is kept of an anonymous caller, nor of an erased thread.

        Raises:
            redis.RedisError: The store cannot be reached.
        """
        for _ in range(_TRIES if principal.signed_in else 0):
            words = await self._consents.look(principal)
            basis = self._consents.judged(principal, words, purpose)
            if not basis.allowed:
                return
            now = self._clock()
            item = Item(episode, purpose, basis.reference, now, now + self._ttl)
            if await self._added(principal, thread_id, item, words):
                return

    async def _added(self, principal: Principal, thread_id: str, item: Item, words: Mapping[bytes, bytes]) -> bool:
        blobs, order = self.keys(principal)
        field = f"{item.purpose}/{thread_id}"
        sealed = self.sealed(item, blobs, field)
        looked_at = words.get(item.purpose.encode(), b"")
        arguments: list[Any] = [field, sealed, f"{item.at:.6f}", self._ttl, self._most, item.purpose, looked_at]
        names = [blobs, order, self._consents.key(principal), tomb(self._sealer, thread_id)]
        return bool(await self._add(keys=names, args=arguments))

    def keys(self, principal: Principal) -> tuple[str, str]:
        """Return the names of the hash and of its order."""
        who = subject_mark(self._sealer, principal)
        return f"fd:{{{who}}}:episodes", f"fd:{{{who}}}:episodes:order"

    def sealed(self, item: Item, key: str, field: str) -> bytes:
        """Return an item as it stands in the hash ``key``."""
        return self._sealer.seal(orjson.dumps(asdict(item)), _context(key, field.encode()))

    def opened(self, blob: bytes, key: str, field: bytes) -> Item | None:
        """Return what :meth:`sealed` made; None where it cannot be opened."""
        try:
            return Item(**orjson.loads(self._sealer.open(blob, _context(key, field))))
        except (SealError, orjson.JSONDecodeError, TypeError):
            _log.warning("an episode cannot be opened: sealed with a key that is gone, or altered")
            return None


def _purpose(field: bytes) -> str:
    return field.partition(b"/")[0].decode("utf-8", "replace")


def _context(key: str, field: bytes) -> bytes:
    return key.encode() + b":" + field
