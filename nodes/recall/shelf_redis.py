"""The shelf of memories in Redis: one hash per customer, every item sealed for its place in it.

``fd:{who}:memories``         hash, ``<purpose>/<id>/<thread>`` to a sealed item with its vector
``fd:{who}:memories:order``   sorted set, the same fields by the time at which they are forgotten
``fd:{who}:forgotten``        when the customer last had something forgotten; for an hour

``who`` is the keyed digest of tenant and subject, so a customer's memories lie in a key of their own that nobody else's
request can name, and there is no index over several customers that could be asked wrongly.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from redis.asyncio import Redis

from frontdesk.errors import SealError
from frontdesk.graph.identity import Principal
from frontdesk.graph.persistence.erasure.tombs import SECONDS, tomb
from frontdesk.graph.persistence.life.consent import RedisConsents
from frontdesk.graph.persistence.life.purposes import MEMORY
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.persistence.threads import subject_mark
from frontdesk.nodes.recall.episodes import Item, RedisEpisodes
from frontdesk.nodes.recall.kept import Kept, unpack
from frontdesk.nodes.recall.script import CHANGE
from frontdesk.nodes.recall.shelf import Change, Held, Written, aside, name_of

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Seen:
    words: Mapping[bytes, bytes]
    items: Mapping[bytes, bytes]
    episodes: Mapping[bytes, bytes]
    dropped: bytes | None


class RedisShelf:
    """Implements :class:`~frontdesk.nodes.recall.shelf.Shelf`."""

    def __init__(
        self,
        client: Redis,
        sealer: Sealer,
        episodes: RedisEpisodes,
        seconds: float,
        consents: RedisConsents,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Take a client, the sealer, the episodes, the seconds after which a memory goes, what customers allow."""
        self._client, self._sealer, self._episodes, self._consents = client, sealer, episodes, consents
        self._seconds, self._clock = max(int(seconds), 1), clock
        self._change = client.register_script(CHANGE)

    async def read(self, principal: Principal) -> Held:
        """See ``Shelf``: one round trip. ``redis.RedisError``: the store cannot be reached."""
        stem, blobs = self._stem(principal), self._episodes.keys(principal)[0]
        consents = self._consents.key(principal)
        async with self._client.pipeline(transaction=False) as pipe:
            for key in (consents, f"{stem}memories", blobs):
                pipe.hgetall(key)
            pipe.get(f"{stem}forgotten")
            # an objection must not be forgotten while what it is about goes on
            pipe.expire(consents, self._consents.seconds, gt=True)
            seen = _Seen(*(await pipe.execute())[:4])
        now = self._clock()
        items = await aside(len(seen.items), partial(self._opened, f"{stem}memories", seen.items))
        purposes = {item.purpose for item in items.values()} | {_purpose(field) for field in seen.episodes} | {MEMORY}
        bases = {purpose: self._consents.judged(principal, seen.words, purpose) for purpose in purposes}
        return Held(
            bases[MEMORY],
            {field: item for field, item in items.items() if item.expires > now},
            [item for item in self._episodes_in(blobs, seen.episodes) if item.expires > now],
            frozenset(purpose for purpose, basis in bases.items() if basis.allowed),
            _time(seen.dropped),
            seen,
        )

    async def write(self, principal: Principal, thread: str, held: Held, change: Change) -> Written:
        """See ``Shelf``: one round trip. ``redis.RedisError``: the store cannot be reached."""
        stem, (blobs, order) = self._stem(principal), self._episodes.keys(principal)
        seen: _Seen = held.seen
        key = f"{stem}memories"
        rows: list[Any] = []
        told: list[Any] = []
        for item in change.put:
            if item.kind == "episode":
                told += self._told(item, blobs, seen)
            else:
                sealed = self._sealer.seal(item.pack(), _context(key, item.field))
                rows += [item.field, seen.items.get(item.field.encode(), b""), sealed, f"{item.expires:.6f}"]
        for field in map(str.encode, change.remove):
            if field in seen.items:
                rows += [field, seen.items[field], b"", 0]
            elif field in seen.episodes:
                told += [field, seen.episodes[field], b"", 0]
        words = seen.words.get(MEMORY.encode(), b"")
        flags = [MEMORY, words, int(change.own), int(change.forget), SECONDS, seen.dropped or b""]
        shared = [self._consents.key(principal), tomb(self._sealer, thread), f"{stem}forgotten"]
        done = Written.DONE
        for names, seconds, found in (([blobs, order], 0, told), ([key, f"{key}:order"], self._seconds, rows)):
            if found and done is Written.DONE:
                arguments = [f"{self._clock():.6f}", seconds, *flags, *found]
                done = Written(int(await self._change(keys=[*names, *shared], args=arguments)))
        return done

    def _stem(self, principal: Principal) -> str:
        return f"fd:{{{subject_mark(self._sealer, principal)}}}:"

    def _opened(self, key: str, blobs: Mapping[bytes, bytes]) -> dict[str, Kept]:
        found = {}
        for field, blob in blobs.items():
            try:
                item = unpack(self._sealer.open(blob, _context(key, field.decode())))
            except (SealError, ValueError, TypeError):
                _log.warning("a memory cannot be opened: sealed with a key that is gone, or altered")
                continue
            found[item.field] = item
        return found

    def _told(self, item: Kept, key: str, seen: _Seen) -> list[Any]:
        field = f"{item.purpose}/{item.thread}"
        row = Item(item.text, item.purpose, item.consent, item.at, item.expires)
        sealed = self._episodes.sealed(row, key, field)
        return [field, seen.episodes.get(field.encode(), b""), sealed, f"{item.at:.6f}"]

    def _episodes_in(self, key: str, blobs: Mapping[bytes, bytes]) -> list[Kept]:
        opened = ((_name(field), self._episodes.opened(blob, key, field)) for field, blob in blobs.items())
        found = [episode(field, item) for field, item in opened if item]
        return sorted(found, key=lambda item: -item.at)


def episode(field: str, item: Item) -> Kept:
    """Return an episode as a memory."""
    thread = field.partition("/")[2]
    return Kept(
        name_of(field), "episode", "", item.text, item.at, item.expires, item.consent, thread,
        source="desk", purpose=item.purpose,
    )  # fmt: skip


def _purpose(field: bytes) -> str:
    return _name(field.partition(b"/")[0])


def _name(field: bytes) -> str:
    """Return a field's name; one that is not ours cannot be opened either, and must not hide the others."""
    return field.decode("utf-8", "replace")


def _time(stored: bytes | None) -> float:
    """Return when something was forgotten; where that cannot be read, nothing is learnt until it ran out."""
    try:
        return float(stored or 0)
    except ValueError:
        return math.inf


def _context(key: str, field: str) -> bytes:
    return f"{key}:{field}".encode()


__all__ = ["RedisShelf", "episode"]
