"""Reading a thread's checkpoints, one or all in order."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import cast

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import get_checkpoint_id
from redis.asyncio import Redis

from frontdesk.graph.persistence import codec, layout
from frontdesk.graph.persistence.layout import Place

BATCH = 50
"""Checkpoints read in one round trip; about 1 MB where each is 20 kB."""

_LATEST = """
-- the newest entry of a namespace whose hash still holds a checkpoint; entries whose hash has expired are dropped
while true do
  local member = redis.call('ZREVRANGEBYLEX', KEYS[1], ARGV[3], ARGV[2], 'LIMIT', 0, 1)[1]
  if not member then return {} end
  local key = ARGV[1] .. member
  if redis.call('HEXISTS', key, 'body') == 1 then return {member, redis.call('HGETALL', key)} end
  redis.call('ZREM', KEYS[1], member)
end
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which checkpoints a listing is about."""

    thread: str | None = None
    """None: of all threads."""
    namespace: str | None = None
    """None: of all namespaces."""
    checkpoint: str | None = None
    before: str | None = None
    """Only ids that sort below this one (they are in order of time)."""

    @classmethod
    def of(cls, config: RunnableConfig | None, before: RunnableConfig | None) -> Wanted:
        """Read LangGraph's configurations."""
        names = config["configurable"] if config else {}
        thread = names.get("thread_id")
        return cls(
            thread=None if thread is None else str(thread),
            namespace=names.get("checkpoint_ns"),
            checkpoint=get_checkpoint_id(config) if config else None,
            # langgraph dev hands a client's checkpoint through as it came, without the envelope
            before=cast(dict[str, str], before.get("configurable", before)).get("checkpoint_id") if before else None,
        )

    def accepts(self, place: Place) -> bool:
        """Whether a checkpoint is meant (its thread is settled by then)."""
        if self.namespace is not None and place.namespace != self.namespace:
            return False
        if self.checkpoint and place.checkpoint != self.checkpoint:
            return False
        return not self.before or place.checkpoint < self.before


async def read(client: Redis, place: Place) -> tuple[Place, dict[bytes, bytes]]:
    """Return a checkpoint's place and hash; the hash is empty when there is none."""
    return place, cast(dict[bytes, bytes], await client.hgetall(place.key))


async def read_latest(client: Redis, place: Place) -> tuple[Place, dict[bytes, bytes]]:
    """Return the latest checkpoint of a thread and namespace, in one round trip."""
    script = client.register_script(_LATEST)
    bounds = layout.span(place.namespace)
    answer = await script(keys=[layout.history(place.thread)], args=[layout.stem(place.thread), *bounds])
    if not answer:
        return place, {}
    member, flat = cast(tuple[bytes, list[bytes]], answer)
    return layout.place_of(place.thread, member.decode()), dict(zip(flat[::2], flat[1::2], strict=True))


async def members(client: Redis, thread: str) -> list[str]:
    """Return the entries of a thread's history, oldest first within a namespace."""
    found = cast(list[bytes], await client.zrange(layout.history(thread), 0, -1))
    return [member.decode() for member in found]


async def walk(client: Redis, wanted: Wanted) -> AsyncIterator[tuple[Place, dict[bytes, bytes]]]:
    """Yield checkpoints with their hashes, newest first within a thread; those that have expired are left out."""
    async for thread in _threads(client, wanted):
        places = [layout.place_of(thread, member) for member in await members(client, thread)]
        places = sorted(filter(wanted.accepts, places), key=lambda place: place.checkpoint, reverse=True)
        for start in range(0, len(places), BATCH):
            batch = places[start : start + BATCH]
            async with client.pipeline(transaction=False) as pipe:
                for place in batch:
                    pipe.hgetall(place.key)
                hashes = await pipe.execute()
            for place, fields in zip(batch, hashes, strict=True):
                if codec.BODY in fields:
                    yield place, fields


async def _threads(client: Redis, wanted: Wanted) -> AsyncIterator[str]:
    if wanted.thread is not None:
        yield wanted.thread
        return
    seen = set()
    async for key in client.scan_iter(match=f"{layout.HISTORY}:*", count=1000):
        if key not in seen:  # SCAN may return a key twice
            seen.add(key)
            yield layout.thread_at(key.decode())
