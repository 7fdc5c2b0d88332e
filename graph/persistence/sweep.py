"""Deleting and copying whole threads and runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from redis.asyncio import Redis
from redisvl.exceptions import RedisSearchError
from redisvl.index import AsyncSearchIndex
from redisvl.query import FilterQuery
from redisvl.query.filter import Tag

from frontdesk.graph.persistence import codec, history, layout
from frontdesk.graph.persistence.layout import Place
from frontdesk.graph.persistence.sealer import Sealer

CHUNK = 500
"""Keys per command or search page; keeps the server's other clients waiting for under a millisecond."""


async def create_index(index: AsyncSearchIndex) -> None:
    """Create a search index where it is missing; of several processes at once, one does."""
    try:
        await index.create(overwrite=False)
    except RedisSearchError:
        if not await index.exists():
            raise


async def delete_matching(client: Redis, patterns: Sequence[str]) -> int:
    """Delete every key that matches, scanning until a whole scan finds none; return how many went."""
    gone = 0
    while True:
        keys = [key for pattern in patterns async for key in client.scan_iter(match=pattern, count=1000)]
        if not keys:
            return gone
        for start in range(0, len(keys), CHUNK):
            gone += await client.unlink(*keys[start : start + CHUNK])


async def delete_thread(client: Redis, thread: str) -> int:
    """Delete all checkpoints of a thread, also those (and writes without one) that its history does not list."""
    await drop(client, thread, await history.members(client, thread))
    return await delete_matching(client, layout.patterns(thread))


async def drop(client: Redis, thread: str, members: Sequence[str]) -> None:
    """Delete some entries of a thread's history and their checkpoints."""
    for start in range(0, len(members), CHUNK):
        chunk = members[start : start + CHUNK]
        async with client.pipeline(transaction=True) as pipe:
            pipe.zrem(layout.history(thread), *chunk)
            pipe.unlink(*(layout.place_of(thread, member).key for member in chunk))
            await pipe.execute()


async def delete_runs(client: Redis, index: AsyncSearchIndex, runs: Sequence[str]) -> None:
    """Delete the checkpoints of some runs, in whatever threads they are."""
    for run in runs:
        query = FilterQuery(
            filter_expression=Tag("run_id") == layout.encode(run), return_fields=["step"], num_results=CHUNK
        )
        while found := await index.query(query):
            places = [place for place in (layout.place_at(row["id"]) for row in found) if place]
            gone = 0
            for place in places:
                async with client.pipeline(transaction=True) as pipe:
                    pipe.zrem(layout.history(place.thread), place.member)
                    pipe.unlink(place.key)
                    gone += sum(await pipe.execute())
            if not gone:  # what the index still lists has expired meanwhile
                break


async def copy_thread(client: Redis, sealer: Sealer, source: str, target: str, seconds: int | None) -> None:
    """Copy all checkpoints of a thread, with their writes, to another; each is sealed for its new place."""
    async for old, fields in history.walk(client, history.Wanted(thread=source)):
        new = Place(target, old.namespace, old.checkpoint)
        async with client.pipeline(transaction=True) as pipe:
            pipe.delete(new.key)
            pipe.hset(new.key, mapping=cast(dict[Any, Any], codec.reseal(sealer, old, new, fields)))
            pipe.zadd(layout.history(target), {new.member: 0})
            if seconds:
                pipe.expire(new.key, seconds)
                pipe.expire(layout.history(target), seconds)
            await pipe.execute()
