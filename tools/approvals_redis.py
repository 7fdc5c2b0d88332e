"""Approvals in Redis.

``fd:{<thread>}:approvals``   a hash: id of the approval to its record, sealed; goes with the conversation
``fd:approvals:open``         sorted set of ids by the time at which the wait ends; an id tells of nobody
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any, cast

from redis.asyncio import Redis
from redis.exceptions import RedisError

from frontdesk.errors import SealError
from frontdesk.graph.persistence.erasure.tombs import tomb
from frontdesk.graph.persistence.layout import tagged
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.tools.approvals import Approval
from frontdesk.tools.reasons import failed

KIND = "approvals"
OPEN = "fd:approvals:open"
_PUT = """
-- KEYS: hash, tombstone. ARGV: id, what must be there now (empty: nothing), what is to be there, seconds to live
if redis.call('EXISTS', KEYS[2]) == 1 then return 0 end
if (redis.call('HGET', KEYS[1], ARGV[1]) or '') ~= ARGV[2] then return 0 end
local kept = redis.call('PTTL', KEYS[1]) == -1  -- a legal hold took the time to live away
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
if not kept then redis.call('EXPIRE', KEYS[1], ARGV[4]) end
return 1
"""


class RedisApprovals:
    """In Redis, sealed; ``seconds`` is how long a conversation's records outlive the last change of one of them."""

    def __init__(self, client: Redis, sealer: Sealer, seconds: int, clock: Callable[[], float] = time.time) -> None:
        """Take a binary client, the deployment's sealer, the time to live in seconds, and a clock."""
        self._client: Any = client
        self._sealer = sealer
        self._seconds = max(1, int(seconds))
        self._clock = clock
        self._script: Any = client.register_script(_PUT)

    async def put(self, approval: Approval, before: Approval | None) -> bool:
        """See :class:`Approvals`; nothing is written for an erased thread."""
        name = tagged(approval.thread, KIND)
        try:
            with _answering(approval.tool):
                return await self._put(name, approval, before)
        except SealError as error:
            raise failed(approval.tool) from error

    async def _put(self, name: str, approval: Approval, before: Approval | None) -> bool:
        now = await self._client.hget(name, approval.id)
        if (self._opened(name, approval.id, now) if now else None) != before:
            return False
        sealed = self._sealer.seal(json.dumps(asdict(approval)).encode(), _context(name, approval.id))
        keys, given = [name, tomb(self._sealer, approval.thread)], [approval.id, now or b"", sealed, self._seconds]
        if not await self._script(keys=keys, args=given):
            return False
        async with self._client.pipeline(transaction=False) as pipe:
            if approval.is_open(self._clock()):
                pipe.zadd(OPEN, {approval.id: approval.expires_at})
                pipe.expire(OPEN, self._seconds)
            else:
                pipe.zrem(OPEN, approval.id)
            await pipe.execute()
        return True

    async def read(self, id: str) -> Approval | None:
        """See :class:`Approvals`. SealError: its key is not configured."""
        name = tagged(id.rpartition("-")[0], KIND)
        with _answering():
            blob = await self._client.hget(name, id)
        return self._opened(name, id, blob) if blob else None

    async def of_thread(self, thread: str) -> list[Approval]:
        """See :class:`Approvals`; one round trip. SealError: their key is not configured."""
        name = tagged(thread, KIND)
        with _answering():
            found = cast("dict[bytes, bytes]", await self._client.hgetall(name))
        kept = [self._opened(name, id.decode(), blob) for id, blob in found.items()]
        return sorted(kept, key=lambda item: item.asked_at)

    async def open(self) -> list[Approval]:
        """See :class:`Approvals`. Entries whose time is over, or whose record is gone, leave the index.

        Raises:
            SealError: The key of one is not configured.
        """
        now = self._clock()
        with _answering():
            await self._client.zremrangebyscore(OPEN, "-inf", now)
            ids = [id.decode() for id in await self._client.zrange(OPEN, 0, -1)]
            found = {id: await self.read(id) for id in ids}
            if stale := [id for id, item in found.items() if item is None or not item.is_open(now)]:
                await self._client.zrem(OPEN, *stale)
        return [item for item in found.values() if item is not None and item.is_open(now)]

    def _opened(self, name: str, id: str, blob: bytes) -> Approval:
        return Approval(**json.loads(self._sealer.open(blob, _context(name, id))))


@contextmanager
def _answering(tool: str = "?") -> Iterator[None]:
    try:
        yield
    except (RedisError, OSError) as error:
        raise failed(tool) from error


def _context(name: str, id: str) -> bytes:
    # of a form that `frontdesk key rewrap` finds (graph/persistence/sealed.py)
    return f"{name}/{id}".encode("utf-8", "surrogatepass")
