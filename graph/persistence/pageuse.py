"""How pages served, by tenant and day.

``fd:pages:<tenant>:<day>``   hash: ``<what>\\t<page or intent>`` to a count; of nobody in particular

What: ``replies`` (with an empty name), ``recalled`` and ``cited`` (a page), ``uncovered`` (an intent).
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Protocol, cast

from redis.asyncio import Redis
from redis.exceptions import RedisError

from frontdesk.graph.pageuse import PageTurn
from frontdesk.graph.persistence.layout import encode
from frontdesk.graph.persistence.outcomes import days_until

KIND = "pages"
DAYS = 400
"""For which counts are kept: a year, so that what serves once a year is not called unused, and some weeks."""
WRITE = 0.5
"""Seconds that the store may take."""
_DOWN = (RedisError, OSError, TimeoutError)
_log = logging.getLogger(__name__)

Counts = Mapping[str, int]
"""By field, such as ``cited\\treturns``."""


class PageStore(Protocol):
    """Where the counts are kept."""

    async def add(self, tenant: str, day: str, fields: Sequence[str]) -> None:
        """Add one to each field of a day, such as ``2025-11-22``."""
        ...

    async def read(self, tenant: str, days: Sequence[str]) -> dict[str, Counts]:
        """Return the counts of each day that has any."""
        ...


class RedisPageStore:
    """The counts in Redis."""

    def __init__(self, client: Redis, days: int = DAYS) -> None:
        """Take the client, and the days for which counts are kept."""
        self._client: Any = client
        self._seconds = (days + 1) * 86_400

    async def add(self, tenant: str, day: str, fields: Sequence[str]) -> None:
        """See :class:`PageStore`."""
        key = _key(tenant, day)
        async with self._client.pipeline(transaction=True) as pipe:
            for name in fields:
                pipe.hincrby(key, name, 1)
            pipe.expire(key, self._seconds)
            await pipe.execute()

    async def read(self, tenant: str, days: Sequence[str]) -> dict[str, Counts]:
        """See :class:`PageStore`."""
        async with self._client.pipeline(transaction=False) as pipe:
            for day in days:
                pipe.hgetall(_key(tenant, day))
            found = cast("list[dict[bytes, bytes]]", await pipe.execute())
        decoded = ({name.decode(): int(count) for name, count in fields.items()} for fields in found)
        return {day: counts for day, counts in zip(days, decoded, strict=True) if counts}


class MemoryPageStore:
    """The counts in this process, for as long as it lives."""

    def __init__(self, days: int = DAYS) -> None:
        """Take the days for which counts are kept."""
        self._days = days
        self._counts: dict[tuple[str, str], dict[str, int]] = {}

    async def add(self, tenant: str, day: str, fields: Sequence[str]) -> None:
        """See :class:`PageStore`."""
        oldest = f"{date.fromisoformat(day) - timedelta(days=self._days)}"
        for key in [key for key in self._counts if key[1] < oldest]:
            del self._counts[key]
        counts = self._counts.setdefault((tenant, day), {})
        for name in fields:
            counts[name] = counts.get(name, 0) + 1

    async def read(self, tenant: str, days: Sequence[str]) -> dict[str, Counts]:
        """See :class:`PageStore`."""
        return {day: dict(found) for day in days if (found := self._counts.get((tenant, day)))}


class PageCounts:
    """Implements :class:`frontdesk.graph.pageuse.PageUse` on a store."""

    def __init__(self, store: PageStore, *, clock: Callable[[], float] = time.time) -> None:
        """Take the store, and the clock (Unix time in seconds)."""
        self._store, self._clock = store, clock

    async def note(self, tenant: str, turn: PageTurn) -> None:
        """See ``PageUse``."""
        try:
            async with asyncio.timeout(WRITE):
                await self._store.add(tenant, days_until(self._clock(), 1)[0], list(_fields(turn)))
        except _DOWN as error:  # the reply was sent; a missing count must not undo that
            _log.warning("use of pages cannot be written: %s", type(error).__name__)

    async def counts(self, tenant: str, days: Sequence[str]) -> dict[str, Counts]:
        """Return the counts of each of some days that has any, for people. A store that is down raises."""
        return await self._store.read(tenant, days)


def _fields(turn: PageTurn) -> Iterator[str]:
    yield "replies\t"
    yield from (f"recalled\t{page}" for page in turn.recalled)
    yield from (f"cited\t{page}" for page in turn.cited)
    if turn.uncovered is not None:
        yield f"uncovered\t{turn.uncovered}"


def _key(tenant: str, day: str) -> str:
    return f"fd:{KIND}:{encode(tenant)}:{day}"


__all__ = ["DAYS", "Counts", "MemoryPageStore", "PageCounts", "PageStore", "RedisPageStore"]
