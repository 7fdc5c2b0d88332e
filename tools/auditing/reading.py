"""Reading the chain from Redis in its order, in pages: constant memory, however long it is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson
from redis.asyncio import Redis

from frontdesk.tools.auditing.chain import Link, Mark, mark_of, record_of, rest_of
from frontdesk.tools.auditing.keys import BASE, BUCKET, HEAD, STREAM, bucket

PAGE = 1000
"""Entries that are read in one round trip."""
_PACKED = "return cjson.encode(redis.call('XRANGE', KEYS[1], ARGV[1], '+', 'COUNT', ARGV[2]))"
"""A page as one text: the client's own parser takes ten times as long for the fields one by one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the stream."""

    id: bytes
    fields: Mapping[str, str]
    link: Link | None
    """None: an entry without a chain."""

    @property
    def at(self) -> float | None:
        """Unix time in seconds of what it tells of; None where it tells none."""
        try:
            return float(self.fields["at"])
        except (KeyError, ValueError):
            return None


class RedisLog:
    """The chain as it lies in Redis; nothing is checked here."""

    def __init__(self, client: Redis) -> None:
        """Take a binary client."""
        self._client: Any = client
        self._packed = client.register_script(_PACKED)

    async def mark(self, key: str) -> Mark | None:
        """Return the head or the base (``keys.HEAD``, ``keys.BASE``); None: none. A malformed one has no MAC."""
        text = await self._client.get(key)
        return None if text is None else mark_of(text.decode("utf-8", "replace")) or Mark()

    async def head(self) -> Mark | None:
        """Return what the newest record is said to be."""
        return await self.mark(HEAD)

    async def base(self) -> Mark | None:
        """Return what the oldest record that is left follows; None: nothing was cut off yet."""
        return await self.mark(BASE)

    async def entries(self, count: int = PAGE) -> AsyncIterator[list[Entry]]:
        """Yield the stream's entries, oldest first, page by page."""
        start = "-"
        while page := await self._page(start, count):
            yield page
            start = "(" + page[-1].id.decode()

    async def _page(self, start: str, count: int) -> list[Entry]:
        try:
            found = orjson.loads(await self._packed(keys=[STREAM], args=[start, count]))
        except orjson.JSONDecodeError:  # bytes that are no text: nothing that was written here, but to be shown
            page = await self._client.xrange(STREAM, min=start, count=count)
            return [entry_of(id, fields) for id, fields in page]
        return [_unpacked(id, parts) for id, parts in found]

    async def newest(self, count: int) -> list[Entry]:
        """Return the newest entries, oldest first."""
        return [entry_of(id, fields) for id, fields in reversed(await self._client.xrevrange(STREAM, count=count))]

    async def rests(self, first: int, last: int) -> AsyncIterator[Link]:
        """Yield what is left of the records ``first`` to ``last``, up to the first that has left nothing."""
        while first <= last:
            until = min(last, (first // BUCKET + 1) * BUCKET - 1, first + PAGE - 1)
            seqs = range(first, until + 1)
            texts: Sequence[bytes | None] = await self._client.hmget(
                bucket(first // BUCKET), [str(seq) for seq in seqs]
            )
            for seq, text in zip(seqs, texts, strict=True):
                rest = rest_of(seq, text.decode("utf-8", "replace")) if text else None
                if rest is None:
                    return
                yield rest
            first = until + 1


def _unpacked(id: str, parts: list[str]) -> Entry:
    texts = dict(zip(parts[::2], parts[1::2], strict=True))
    link = record_of(texts)
    if link and 2 * len(texts) != len(parts):
        link = replace(link, digest="")  # a name twice, which readers could take in two ways
    return Entry(id.encode(), texts, link)


def entry_of(id: bytes, fields: Mapping[bytes, bytes]) -> Entry:
    """Return an entry as texts; bytes that are no text can be no record's and are kept apart by their escapes."""
    texts = {
        name.decode("utf-8", "surrogateescape"): value.decode("utf-8", "surrogateescape")
        for name, value in fields.items()
    }
    return Entry(id, texts, record_of(texts))
