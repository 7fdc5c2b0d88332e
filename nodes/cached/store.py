"""The answer cache in Redis: sealed answers under keyed digests, the newest use of each, and who asks the models.

``fd:answer:<desk>:<mark>``     string: one sealed answer, with the shape of its question where that is comparable
``fd:answers:<desk>``           sorted set: marks by their last use (Unix time in seconds)
``fd:answered:<desk>``          hash: how many looks came to what
``fd:asking:<desk>:<mark>``     string: a process that asks the models for this answer now
``fd:nearby:<desk>:<width>:<mark>``   hash of :mod:`~frontdesk.nodes.cached.nearest`

Every key runs out. None of them holds anything of a person (docs/cache.md says why).
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any, cast

import orjson
from redis.asyncio import Redis

from frontdesk.errors import SealError
from frontdesk.graph.answers import Kept
from frontdesk.graph.persistence.layout import encode
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.nodes.cached.nearest import Nearest

COUNTED = 30 * 86_400
"""Seconds for which looks are counted."""
_LET_GO = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0"


class RedisAnswers:
    """Implements ``AnswerStore``. Raises what Redis and redisvl raise."""

    def __init__(
        self,
        client: Redis,
        sealer: Sealer,
        desk: str,
        seconds: int,
        entries: int,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Take the client and what the desk says.

        Args:
            client: Binary.
            sealer: Seals the answers, and makes the marks.
            desk: The desk's name.
            seconds: How long an answer lives.
            entries: How many are kept.
            clock: Unix time in seconds.
        """
        self._client, self._sealer, self._clock = client, sealer, clock
        self._desk, self._seconds, self._entries = encode(desk), seconds, entries
        self._used, self._counts = f"fd:answers:{self._desk}", f"fd:answered:{self._desk}"
        self._nearest = Nearest(client, self._desk, seconds)
        self._claims: dict[str, str] = {}
        self._let_go = client.register_script(_LET_GO)

    def mark(self, place: str, text: str) -> str:
        """See ``AnswerStore``."""
        return self._sealer.pseudonym(f"answer\n{place}\n{text}")

    async def get(self, mark: str) -> Kept | None:
        """See ``AnswerStore``."""
        key = self._key(mark)
        blob = cast("bytes | None", await self._client.get(key))
        if blob is None:
            return None
        try:
            return Kept(**orjson.loads(self._sealer.open(blob, key.encode())))
        except (SealError, TypeError, ValueError):
            return None  # another key's, another version's, or altered: the models are asked

    async def near(self, place: str, vector: Sequence[float], distance: float, limit: int) -> list[tuple[str, Kept]]:
        """See ``AnswerStore``."""
        marks = await self._nearest.find(place, vector, distance, limit)
        found = [(mark, await self.get(mark)) for mark in marks]
        # the sealed entry says itself where it belongs: the index is a help, not the judge
        return [(mark, kept) for mark, kept in found if kept is not None and kept.place == place]

    async def put(self, mark: str, kept: Kept, vector: Sequence[float] | None) -> None:
        """See ``AnswerStore``."""
        key, now = self._key(mark), self._clock()
        sealed = self._sealer.seal(orjson.dumps(asdict(kept)), key.encode())
        async with self._client.pipeline(transaction=False) as pipe:
            pipe.set(key, sealed, ex=self._seconds)
            pipe.zadd(self._used, {mark: now})
            pipe.expire(self._used, 2 * self._seconds)
            pipe.zremrangebyscore(self._used, "-inf", f"({now - self._seconds}")
            pipe.zcard(self._used)
            many = int((await pipe.execute())[-1])
        if vector is not None:
            await self._nearest.put(mark, kept.place, vector)
        if many > self._entries:
            oldest = cast("list[tuple[bytes, float]]", await self._client.zpopmin(self._used, many - self._entries))
            for old, _ in oldest:
                await self.drop(old.decode())

    async def touch(self, mark: str) -> None:
        """See ``AnswerStore``."""
        await self._client.zadd(self._used, {mark: self._clock()}, xx=True)

    async def drop(self, mark: str) -> None:
        """See ``AnswerStore``."""
        await self._client.unlink(self._key(mark))
        await self._client.zrem(self._used, mark)
        await self._nearest.drop(mark)

    async def claim(self, mark: str, seconds: float) -> bool:
        """See ``AnswerStore``."""
        token = secrets.token_hex(8)
        taken = await self._client.set(f"fd:asking:{self._desk}:{mark}", token, nx=True, px=max(int(seconds * 1000), 1))
        if taken:
            self._claims[mark] = token
        return bool(taken)

    async def release(self, mark: str) -> None:
        """See ``AnswerStore``."""
        token = self._claims.pop(mark, None)
        if token:
            await self._let_go(keys=[f"fd:asking:{self._desk}:{mark}"], args=[token])

    async def count(self, code: str) -> None:
        """See ``AnswerStore``."""
        async with self._client.pipeline(transaction=False) as pipe:
            pipe.hincrby(self._counts, code, 1)
            pipe.expire(self._counts, COUNTED)
            await pipe.execute()

    async def stats(self) -> dict[str, int]:
        """See ``AnswerStore``."""
        counts = cast("dict[bytes, bytes]", await cast("Any", self._client.hgetall(self._counts)))
        entries = len([None async for _ in self._client.scan_iter(match=self._key("*"), count=1000)])
        return {"entries": entries, **{code.decode(): int(value) for code, value in counts.items()}}

    async def clear(self) -> int:
        """See ``AnswerStore``."""
        gone = 0
        async for key in self._client.scan_iter(match=self._key("*"), count=1000):
            gone += int(await self._client.unlink(key))
        await self._client.unlink(self._used, self._counts)
        await self._nearest.clear()
        return gone

    def _key(self, mark: str) -> str:
        return f"fd:answer:{self._desk}:{mark}"


__all__ = ["COUNTED", "RedisAnswers"]
