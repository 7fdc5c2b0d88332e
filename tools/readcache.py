"""Results of reads that may be given again: to the same principal, for the same call, until they change something.

``fd:{<subject>}:reads``           string: random mark of the person's present; any write of theirs makes a new one
``fd:{<subject>}:read:<digest>``   string: one sealed result, with the mark that was there before it was read

A caller who has not signed in has ``<thread>`` instead; a stateless one has none, and ends those of a conversation of
theirs by a write. A result counts only while its mark is the present one, so a read that runs beside a write leaves
nothing behind, on whichever replica.
"""

from __future__ import annotations

import json
import logging
import secrets
import time
from collections.abc import Callable, Collection
from typing import Any, Protocol

from redis.asyncio import Redis
from redis.exceptions import RedisError

from frontdesk.errors import SealError
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.persistence.erasure.forgetful import drop
from frontdesk.graph.persistence.erasure.tombs import tomb
from frontdesk.graph.persistence.holdings import Person, Read, kind_of
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.tools.rates import owned, theirs, whose
from frontdesk.tools.reasons import failed

logger = logging.getLogger(__name__)

KIND, MARK = "read", "reads"
LIVES = 7200
"""Seconds that a mark lives after it was set. Its end costs nothing but misses."""
LARGEST = 100_000
"""Characters of a result that is kept."""


class ReadStore(Protocol):
    """Where they are kept."""

    async def look(self, caller: Caller, call: str) -> tuple[str, str | None]:
        """Return the present mark, empty where nothing can be kept, and the result (JSON) if there is one.

        Args:
            caller: A stateful one.
            call: All that the result depends on besides the principal's id, as one text. It is kept as a digest.
        """
        ...

    async def keep(self, caller: Caller, call: str, mark: str, content: str, seconds: int) -> None:
        """Keep a result under the mark that :meth:`look` gave before it was read. Never raises."""
        ...

    async def end(self, caller: Caller) -> None:
        """Let no result of the caller's count any more. ToolFailedError: the store did not answer."""
        ...


class MemoryReads:
    """In this process: ``FRONTDESK_REDIS=memory`` and tests. Keeps the newest."""

    def __init__(self, clock: Callable[[], float] = time.time, limit: int = 1000) -> None:
        """Take the time in Unix seconds, and how many results to keep."""
        self._clock, self._limit = clock, limit
        self._marks: dict[tuple[str, str], str] = {}
        self._kept: dict[tuple[tuple[str, str], str], tuple[str, str, float]] = {}

    async def look(self, caller: Caller, call: str) -> tuple[str, str | None]:
        """See :class:`ReadStore`."""
        mark = self._marks.setdefault(whose(caller), secrets.token_hex(8))
        content, under, until = self._kept.get((whose(caller), call), ("", "", 0.0))
        return mark, content if under == mark and self._clock() < until else None

    async def keep(self, caller: Caller, call: str, mark: str, content: str, seconds: int) -> None:
        """See :class:`ReadStore`."""
        if not mark or len(content) > LARGEST:
            return
        self._kept[whose(caller), call] = (content, mark, self._clock() + seconds)
        while len(self._kept) > self._limit:
            del self._kept[next(iter(self._kept))]

    async def end(self, caller: Caller) -> None:
        """See :class:`ReadStore`."""
        self._marks.pop(whose(caller), None)

    def forget(self, principal: Principal | None, threads: Collection[str]) -> int:
        """Drop the results of a person and of threads; return how many went."""
        is_theirs = theirs(principal, threads)
        drop(self._marks, is_theirs)
        return drop(self._kept, lambda key: is_theirs(key[0]))


class RedisReads:
    """In Redis, for all processes of a deployment; one round trip each."""

    def __init__(self, client: Redis, sealer: Sealer) -> None:
        """Take a binary client, and the sealer of contents and names."""
        self._client: Any = client
        self._sealer = sealer

    async def look(self, caller: Caller, call: str) -> tuple[str, str | None]:
        """See :class:`ReadStore`; a store that does not answer has nothing."""
        mark, name, fresh = self._mark(caller), self._name(caller, call), secrets.token_hex(8)
        try:
            async with self._client.pipeline(transaction=True) as pipe:
                pipe.set(mark, fresh, ex=LIVES, nx=True, get=True)
                pipe.get(name)
                pipe.exists(tomb(self._sealer, caller.thread_id))
                found, blob, erased = await pipe.execute()
            if erased:
                await self._client.unlink(mark)
                return "", None
        except (RedisError, OSError) as error:
            logger.warning("read cache: %s", type(error).__name__)
            return "", None
        present = found.decode() if found else fresh
        return present, self._opened(name, blob, present) if blob and found else None

    async def keep(self, caller: Caller, call: str, mark: str, content: str, seconds: int) -> None:
        """See :class:`ReadStore`."""
        if not mark or len(content) > LARGEST:
            return
        name = self._name(caller, call)
        sealed = self._sealer.seal(json.dumps([mark, content]).encode(), name.encode())
        try:
            async with self._client.pipeline(transaction=True) as pipe:
                pipe.set(name, sealed, ex=seconds)
                pipe.exists(tomb(self._sealer, caller.thread_id))
                _, erased = await pipe.execute()
            if erased:
                await self._client.unlink(name)
        except (RedisError, OSError) as error:
            logger.warning("read cache: %s", type(error).__name__)

    async def end(self, caller: Caller) -> None:
        """See :class:`ReadStore`; where nothing is kept, nothing is written."""
        try:
            await self._client.set(self._mark(caller), secrets.token_hex(8), ex=LIVES, xx=True)
        except (RedisError, OSError) as error:
            raise failed("?") from error

    def _mark(self, caller: Caller) -> str:
        return owned(self._sealer, caller, MARK)

    def _name(self, caller: Caller, call: str) -> str:
        return owned(self._sealer, caller, f"{KIND}:{self._sealer.pseudonym(call)}")

    def _opened(self, name: str, blob: bytes, present: str) -> str | None:
        try:
            mark, content = json.loads(self._sealer.open(blob, name.encode()))
        except SealError:
            return None
        return str(content) if mark == present else None


def results(client: Redis, sealer: Sealer) -> Read:
    """Read the results that are kept of a person."""

    async def read(person: Person) -> list[dict[str, Any]]:
        answer: Any = client
        found = []
        for key in (key for key in person.keys or () if kind_of(key) == KIND):
            if blob := await answer.get(key):
                _, content = json.loads(sealer.open(blob, key.encode()))
                found.append({"result": json.loads(content)})
        return found

    return read


__all__ = ["KIND", "LIVES", "MARK", "MemoryReads", "ReadStore", "RedisReads", "results"]
