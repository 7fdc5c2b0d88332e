"""The last look: does anything in the whole keyspace still name the person?"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from typing import Any, cast

from redis.asyncio import Redis

from frontdesk.graph.persistence.erasure.queue import QUEUE
from frontdesk.graph.persistence.holdings import Person, kind_of, place
from frontdesk.graph.persistence.layout import encode
from frontdesk.graph.persistence.lock import LOCK

BATCH = 200
"""Keys whose contents are read in one round trip."""
PAGE = 1000
"""Entries of a stream that are read in one round trip."""
TELLING = 16
"""Characters from which on an id is looked for anywhere in a text; a shorter one must stand alone or before a slash."""
_PASSING = frozenset({LOCK, kind_of(QUEUE)})
"""Kinds of what the erasure itself keeps until it is over: its locks, and the (sealed) request."""

_READ: dict[bytes, Callable[[Any, str], Any]] = {
    b"string": lambda pipe, key: pipe.get(key),
    b"hash": lambda pipe, key: pipe.hgetall(key),
    b"list": lambda pipe, key: pipe.lrange(key, 0, -1),
    b"set": lambda pipe, key: pipe.smembers(key),
    b"zset": lambda pipe, key: pipe.zrange(key, 0, -1),
    b"none": lambda pipe, key: pipe.exists(key),
}


class Needles:
    """The person's ids, in all forms in which a store writes them."""

    def __init__(self, person: Person, also: Iterable[str] = ()) -> None:
        """Take the person, and further telling ids (pseudonyms)."""
        ids = {*person.threads, *map(encode, person.threads), *([person.mark] if person.mark else []), *also}
        written = {id: id.encode("utf-8", "surrogatepass") for id in ids if id}
        telling = [raw for id, raw in written.items() if len(id) >= TELLING]
        # within bounds, so that an id which begins like this one is not taken for it
        words = b"(?<![0-9A-Za-z])(?:" + b"|".join(map(re.escape, telling)) + b")(?![0-9A-Za-z])"
        self._anywhere = re.compile(words) if telling else None
        self._alone = frozenset(raw for id, raw in written.items() if len(id) < TELLING)

    def within(self, text: bytes) -> bool:
        """Tell whether a text names the person."""
        if self._anywhere and self._anywhere.search(text):
            return True
        return bool(self._alone) and (text in self._alone or text.rpartition(b"/")[0] in self._alone)


async def residue(client: Redis, person: Person, needles: Needles, *, deep: bool) -> tuple[int, int]:
    """Walk over the whole keyspace.

    Args:
        client: A binary client.
        person: Whose data; keys under their own tags are left to the stores' own count.
        needles: What to look for.
        deep: Whether to read the contents of other people's keys as well; those of shared keys are always read.

    Returns:
        How many keys name the person in their name or their contents (the erasure's own locks and request aside),
        and how many keys there are. A key of a type that cannot be read counts as one that does.
    """
    hits, count, batch = 0, 0, []
    async for raw in client.scan_iter(match="fd:*", count=1000):
        count += 1
        key = raw.decode("utf-8", "surrogateescape")
        kind, tag = place(key)
        if kind in _PASSING or tag in person.tags:
            continue
        if needles.within(raw):
            hits += 1
        elif deep or not tag:
            batch.append(key)
        if len(batch) >= BATCH:
            hits, batch = hits + await _naming(client, batch, needles), []
    return hits + await _naming(client, batch, needles), count


async def _naming(client: Redis, keys: Sequence[str], needles: Needles) -> int:
    names = [key.encode("utf-8", "surrogateescape") for key in keys]
    async with client.pipeline(transaction=False) as pipe:
        for name in names:
            pipe.type(name)
        types = await pipe.execute()
    hits: int = sum(type_ not in _READ and type_ != b"stream" for type_ in types)
    async with client.pipeline(transaction=False) as pipe:
        for name, type_ in zip(names, types, strict=True):
            if type_ in _READ:
                _READ[type_](pipe, name)  # type: ignore[arg-type]
        contents = await pipe.execute()
    hits += sum(any(map(needles.within, _flat(content))) for content in contents)
    for name, type_ in zip(names, types, strict=True):
        if type_ == b"stream":
            hits += any([needles.within(part) async for _, fields in entries(client, name) for part in _flat(fields)])
    return hits


async def entries(client: Redis, stream: str | bytes) -> AsyncIterator[tuple[bytes, dict[bytes, bytes]]]:
    """Yield all entries of a stream, oldest first, page by page."""
    start = "-"
    while page := cast("list[tuple[bytes, dict[bytes, bytes]]]", await client.xrange(stream, min=start, count=PAGE)):
        for id, fields in page:
            yield id, fields
        start = "(" + page[-1][0].decode()


def _flat(content: Any) -> list[bytes]:
    if isinstance(content, dict):
        return [part for pair in content.items() for part in pair]
    if isinstance(content, list | tuple | set):
        return list(content)
    return [content] if isinstance(content, bytes) else []
