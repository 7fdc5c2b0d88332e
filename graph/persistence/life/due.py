"""Keys whose time is over and that Redis cannot deal with by itself: records to anonymise, parts of a living key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast

from redis.asyncio import Redis

from frontdesk.desk.config import Retention
from frontdesk.errors import SealError
from frontdesk.graph.persistence.holdings import place
from frontdesk.graph.persistence.layout import tagged
from frontdesk.graph.persistence.life import anonymous
from frontdesk.graph.persistence.life.retention import GRACE, lifetimes
from frontdesk.tools.ledger import RedisLedger

_PRUNE = """
-- KEYS: order, hash. ARGV: time up to which entries go. A key without time to live is under a legal hold.
if redis.call('PTTL', KEYS[1]) < 0 then return 0 end
local old = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
for _, entry in ipairs(old) do
  redis.call('HDEL', KEYS[2], entry)
  redis.call('ZREM', KEYS[1], entry)
end
return #old
"""


@dataclass(slots=True)
class Swept:
    """What a sweep did."""

    deleted: Counter[str] = field(default_factory=Counter)
    anonymised: Counter[str] = field(default_factory=Counter)
    """Kind to records."""
    spared: int = 0
    """Entries of streams that are over their time and stay because of a legal hold."""
    complete: bool = True
    """False: the limit was reached; the next sweep goes on from there."""
    busy: bool = False
    """Another sweep is running; nothing was done."""
    upto: int = 0
    """Number of the newest record of the audit that was cut off; 0: none was."""

    @property
    def count(self) -> int:
        """Records that were dealt with."""
        return self.deleted.total() + self.anonymised.total()

    def then(self, later: Swept) -> Swept:
        """Return both sweeps as one: what was done is added up, the rest is as the later one found it."""
        deleted, anonymised = self.deleted + later.deleted, self.anonymised + later.anonymised
        return Swept(deleted, anonymised, later.spared, later.complete, later.busy, max(self.upto, later.upto))

    def count_in(self, part: Swept) -> None:
        """Add what a part of the sweep did."""
        self.deleted += part.deleted
        self.anonymised += part.anonymised
        self.spared += part.spared
        self.complete &= part.complete
        self.upto = max(self.upto, part.upto)

    def as_dict(self) -> dict[str, Any]:
        """Return plain JSON data."""
        done = {"deleted": dict(+self.deleted), "anonymised": dict(+self.anonymised)}
        return {**done, "spared": self.spared, "complete": self.complete, "busy": self.busy}


class DueKeys:
    """Deals with one key at a time. What is under a legal hold has no time to live and is never due."""

    def __init__(self, client: Redis, ledger: RedisLedger, retention: Retention, clock: Callable[[], float]) -> None:
        """Take the client, the ledger that can read its entries, the desk's rules and a clock (Unix seconds)."""
        self._client = client
        self._ledger = ledger
        self._rules = retention
        self._episodes = lifetimes(retention).episodes
        self._clock = clock
        self._prune = client.register_script(_PRUNE)

    async def take(self, key: bytes, done: Swept) -> None:
        """Deal with a key where its time is over, and count it."""
        kind, tag = place(key.decode("utf-8", "surrogateescape"))
        if kind == "episodes" and key.endswith(b":order"):
            # an episode stands at the time when it was last added to
            done.deleted["episodes"] += await self._old(key, self._clock() - self._episodes)
        elif kind == "memories" and key.endswith(b":order"):
            # a memory stands at the time when it is forgotten: they live longer or shorter
            done.deleted["memories"] += await self._old(key, self._clock())
        elif kind == "ticket" and not tag and not key.endswith(b":messages") and "tickets" in self._rules.anonymise:
            done.anonymised["tickets"] += await self._ticket(key)
        elif kind == "call" and "ledger" in self._rules.anonymise:
            done.anonymised["ledger"] += await self._call(key)

    async def _old(self, order: bytes, before: float) -> int:
        """Delete what is over its time while newer items of the same person keep the key alive."""
        return int(await self._prune(keys=[order, order.removesuffix(b":order")], args=[before]))

    async def _ticket(self, key: bytes) -> int:
        fields = cast("dict[bytes, bytes]", await self._client.hgetall(key.decode()) if await self._over(key) else {})
        if not fields:
            return 0
        messages, pointer = key + b":messages", tagged(fields.get(b"thread", b"").decode(), "ticket")
        gone: list[bytes | str] = [key, messages]
        if await self._client.get(pointer) == key.rpartition(b":")[2]:
            gone.append(pointer)
        left = anonymous.of_ticket(fields, await cast("Any", self._client.llen(messages.decode())))
        return int(await anonymous.replace(self._client, gone, left))

    async def _call(self, key: bytes) -> int:
        try:
            entries = await self._ledger.entries([key.decode()]) if await self._over(key) else []
        except SealError:
            return 0  # sealed with a key that is gone: its time to live deletes it
        return sum([await anonymous.replace(self._client, [key], anonymous.of_call(entry)) for entry in entries])

    async def _over(self, key: bytes) -> bool:
        return 0 <= await self._client.ttl(key) <= GRACE
