"""The nearest questions, by redisvl: vectors in a search index of their own, one per width, every search in one place.

An index holds digests and vectors, no words. A vector tells something of the text that it stands for, so only questions
in the desk's own words get one (``nodes.cached.vocabulary``).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from redis.asyncio import Redis
from redisvl.index import AsyncSearchIndex
from redisvl.query import VectorRangeQuery
from redisvl.query.filter import Tag

from frontdesk.graph.persistence.sweep import create_index

_HEX = frozenset("0123456789abcdef")


def as_bytes(vector: Sequence[float]) -> bytes:
    """Return a vector as float32, little endian, with the first byte 0.

    Sealed values are found by their first byte (``graph.persistence.sealed``); a vector must not look like one. What
    that byte says is a 65,536th of the first number.
    """
    return b"\x00" + np.asarray(vector, dtype="<f4").tobytes()[1:]


class Nearest:
    """The search indexes of one desk."""

    def __init__(self, client: Redis, desk: str, seconds: int) -> None:
        """Take a binary client, the desk's encoded name, and the seconds for which a vector is kept."""
        self._client, self._desk, self._seconds = client, desk, seconds
        self._indexes: dict[int, AsyncSearchIndex] = {}

    async def find(self, place: str, vector: Sequence[float], distance: float, limit: int) -> list[str]:
        """Return the marks of the nearest questions of one place, nearest first.

        Raises:
            ValueError: The place is no digest: an empty filter would find everybody's.
        """
        index = await self._index(len(vector))
        query = VectorRangeQuery(
            vector=as_bytes(vector),
            vector_field_name="vector",
            return_fields=["place"],
            filter_expression=Tag("place") == _digest(place),
            distance_threshold=distance,
            num_results=limit,
        )
        return [str(row["id"]).rpartition(":")[2] for row in await index.query(query) if _text(row["place"]) == place]

    async def put(self, mark: str, place: str, vector: Sequence[float]) -> None:
        """Keep the vector of a question."""
        await self._index(len(vector))
        key = f"{self._stem(len(vector))}{mark}"
        async with self._client.pipeline(transaction=False) as pipe:
            pipe.hset(key, mapping={"place": _digest(place), "vector": as_bytes(vector)})
            pipe.expire(key, self._seconds)
            await pipe.execute()

    async def drop(self, mark: str) -> None:
        """Forget a vector, of the widths that this process knows; the others run out."""
        for width in self._indexes:
            await self._client.unlink(f"{self._stem(width)}{mark}")

    async def clear(self) -> None:
        """Forget all vectors."""
        async for key in self._client.scan_iter(match=f"fd:nearby:{self._desk}:*", count=1000):
            await self._client.unlink(key)

    def _stem(self, width: int) -> str:
        return f"fd:nearby:{self._desk}:{width}:"

    async def _index(self, width: int) -> AsyncSearchIndex:
        if width not in self._indexes:
            stem = self._stem(width)
            vector = {"algorithm": "flat", "dims": width, "distance_metric": "cosine", "datatype": "float32"}
            schema = {
                "index": {"name": stem.rstrip(":"), "prefix": stem, "storage_type": "hash"},
                "fields": [{"name": "place", "type": "tag"}, {"name": "vector", "type": "vector", "attrs": vector}],
            }
            index = AsyncSearchIndex.from_dict(schema, redis_client=self._client, validate_on_load=False)
            await create_index(index)
            self._indexes[width] = index
        return self._indexes[width]


def _digest(place: str) -> str:
    if not place or not set(place) <= _HEX:
        raise ValueError("a place is a digest of hex digits")
    return place


def _text(value: object) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


__all__ = ["Nearest", "as_bytes"]
