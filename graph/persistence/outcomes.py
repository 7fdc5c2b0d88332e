"""How requests ended, by tenant, day and intent: the history that the choice of tier asks.

``fd:outcomes:<tenant>:<day>``   hash: ``<intent>\t<ending>`` to a count; of nobody in particular
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol, cast

from redis.asyncio import Redis
from redis.exceptions import RedisError

from frontdesk.graph.endings import ENDINGS, Ending
from frontdesk.graph.persistence.layout import encode

KIND = "outcomes"
PRIOR = (9.0, 1.0)
"""Settled and other requests that every intent begins with: Beta(9, 1), so ten real ones weigh as much as the prior."""
FRESH = 60.0
"""Seconds for which what was read is taken as it is."""
READ, WRITE = 0.05, 0.5
"""Seconds that the store may take; a turn waits for the first."""
_DOWN = (RedisError, OSError, TimeoutError)
_log = logging.getLogger(__name__)

Counts = Mapping[str, Mapping[Ending, int]]
"""By intent."""


class EndingStore(Protocol):
    """Where the counts are kept."""

    async def add(self, tenant: str, day: str, intent: str, changes: Mapping[Ending, int]) -> None:
        """Add to the counts of a day, such as ``2025-11-22``."""
        ...

    async def read(self, tenant: str, days: Sequence[str]) -> Counts:
        """Return the counts of several days together."""
        ...


class RedisEndings:
    """The counts in Redis."""

    def __init__(self, client: Redis, days: int) -> None:
        """Take the client, and the days for which counts are kept."""
        self._client: Any = client
        self._seconds = (days + 1) * 86_400

    async def add(self, tenant: str, day: str, intent: str, changes: Mapping[Ending, int]) -> None:
        """See :class:`EndingStore`."""
        key = _key(tenant, day)
        async with self._client.pipeline(transaction=True) as pipe:
            for ending, count in changes.items():
                pipe.hincrby(key, f"{intent}\t{ending}", count)
            pipe.expire(key, self._seconds)
            await pipe.execute()

    async def read(self, tenant: str, days: Sequence[str]) -> Counts:
        """See :class:`EndingStore`."""
        async with self._client.pipeline(transaction=False) as pipe:
            for day in days:
                pipe.hgetall(_key(tenant, day))
            found = cast("list[dict[bytes, bytes]]", await pipe.execute())
        summed: dict[str, dict[Ending, int]] = {}
        for fields in found:
            for name, count in fields.items():
                intent, _, ending = name.decode().partition("\t")
                _add(summed, intent, {cast("Ending", ending): int(count)})
        return summed


class MemoryEndings:
    """The counts in this process, for as long as it lives."""

    def __init__(self, days: int) -> None:
        """Take the days for which counts are kept."""
        self._days = days
        self._counts: dict[tuple[str, str], dict[str, dict[Ending, int]]] = {}

    async def add(self, tenant: str, day: str, intent: str, changes: Mapping[Ending, int]) -> None:
        """See :class:`EndingStore`."""
        oldest = f"{date.fromisoformat(day) - timedelta(days=self._days)}"
        for key in [key for key in self._counts if key[1] < oldest]:
            del self._counts[key]
        _add(self._counts.setdefault((tenant, day), {}), intent, changes)

    async def read(self, tenant: str, days: Sequence[str]) -> Counts:
        """See :class:`EndingStore`."""
        summed: dict[str, dict[Ending, int]] = {}
        for day in days:
            for intent, counts in self._counts.get((tenant, day), {}).items():
                _add(summed, intent, counts)
        return summed


class History:
    """Implements :class:`frontdesk.graph.endings.Outcomes` on a store; what was read is kept for a minute."""

    def __init__(self, store: EndingStore, days: int, *, clock: Callable[[], float] = time.time) -> None:
        """Take the store, the days that count, and the clock (Unix time in seconds)."""
        self._store = store
        self._days = days
        self._clock = clock
        self._read: dict[str, tuple[float, Counts]] = {}

    async def share(self, tenant: str, intent: str) -> float:
        """See ``Outcomes``. A store that does not answer leaves what was known."""
        now = self._clock()
        known = self._read.get(tenant)
        if known is None or not 0 <= now - known[0] < FRESH:
            counts: Counts = known[1] if known else {}
            try:
                async with asyncio.timeout(READ):
                    counts = await self._store.read(tenant, days_until(now, self._days))
            except _DOWN as error:
                _log.warning("history of intents cannot be read: %s", type(error).__name__)
            # a store that is down is asked again after a minute, not by every turn
            known = self._read[tenant] = (now, counts)
        return smoothed(known[1].get(intent, {}))

    async def counts(self, tenant: str, days: Sequence[str]) -> Counts:
        """Return the counts of several days, for people. A store that is down raises."""
        return await self._store.read(tenant, days)

    async def note(self, tenant: str, intent: str, ending: Ending, *, instead: Ending | None = None) -> None:
        """See ``Outcomes``."""
        if instead == ending:
            return
        changes: dict[Ending, int] = {ending: 1, **({instead: -1} if instead else {})}
        try:
            async with asyncio.timeout(WRITE):
                await self._store.add(tenant, days_until(self._clock(), 1)[0], intent, changes)
        except _DOWN as error:  # the request was served; a missing count must not undo that
            _log.warning("history of intents cannot be written: %s", type(error).__name__)


def smoothed(counts: Mapping[Ending, int]) -> float:
    """Return the share of settled requests: the mean of the Beta posterior (Gelman et al., BDA, 2.4).

    Args:
        counts: By ending; a correction may make one of a single day negative, so that a sum below 0 counts as 0.
    """
    settled, others = (sum(max(0, counts.get(name, 0)) for name in names) for names in (ENDINGS[:1], ENDINGS[1:]))
    return (settled + PRIOR[0]) / (settled + others + sum(PRIOR))


def days_until(now: float, days: int) -> list[str]:
    """Return the last days (UTC) up to a Unix time, the newest first."""
    today = datetime.fromtimestamp(now, UTC).date()
    return [f"{today - timedelta(days=ago)}" for ago in range(days)]


def _add(summed: dict[str, dict[Ending, int]], intent: str, changes: Mapping[Ending, int]) -> None:
    counts = summed.setdefault(intent, {})
    for ending, count in changes.items():
        counts[ending] = counts.get(ending, 0) + count


def _key(tenant: str, day: str) -> str:
    return f"fd:{KIND}:{encode(tenant)}:{day}"


__all__ = ["EndingStore", "History", "MemoryEndings", "RedisEndings", "days_until", "smoothed"]
