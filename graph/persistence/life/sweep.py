"""The sweep: what Redis does not forget by itself when its time is over. Bounded, resumable, one at a time.

``fd:sweep:lock``     held while one runs
``fd:sweep:cursor``   where the walk over the keyspace goes on
``fd:sweep:next``     exists until the next sweep of the servers is due
"""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, cast

from redis.asyncio import Redis
from redis.asyncio.lock import Lock
from redis.exceptions import LockError

from frontdesk.desk.config import Retention
from frontdesk.graph.persistence.life import anonymous
from frontdesk.graph.persistence.life.due import DueKeys, Swept
from frontdesk.graph.persistence.life.retention import DAY, lifetimes
from frontdesk.tools.ledger import RedisLedger

LOCK, CURSOR, NEXT = "fd:sweep:lock", "fd:sweep:cursor", "fd:sweep:next"
EVERY = 3600
"""Seconds between two sweeps of the servers, however many they are."""
LIMIT = 10_000
"""Records that one sweep deals with; the next one goes on."""
LEASE = 60.0
"""Seconds after which the lock of a sweep that died is free; prolonged with every page."""
PAGE = 500
AUDIT, TICKETS = "fd:audit", "fd:tickets"

_log = logging.getLogger(__name__)


Spares = Callable[[Mapping[str, str]], Awaitable[bool]]
"""Says of a stream's entry whether a legal hold keeps it."""


async def nobody(fields: Mapping[str, str]) -> bool:
    """No hold."""
    return False


class Sweeper:
    """Sweeps one Redis by one desk's rules."""

    def __init__(
        self,
        client: Redis,
        ledger: RedisLedger,
        retention: Retention,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Take the client, the ledger that can read its entries, the desk's rules and a clock (Unix seconds)."""
        self._client = client
        self._due = DueKeys(client, ledger, retention, clock)
        self._rules = retention
        self._lives = lifetimes(retention)
        self._clock = clock

    async def due(self) -> bool:
        """Tell whether it is this process's turn to sweep; of several that ask, one is told so per interval."""
        return bool(await self._client.set(NEXT, b"1", nx=True, ex=EVERY))

    async def sweep(self, *, limit: int = LIMIT, spares: Spares = nobody) -> Swept:
        """Sweep once.

        Args:
            limit: Records to deal with at most, roughly: a page is finished.
            spares: Says which entries of streams a legal hold keeps. Keys under a hold have no time to live.

        Returns:
            What was done. Each record is replaced or deleted in one step, so a sweep that dies loses nothing.
        """
        done = Swept()
        async with self._alone() as lock:
            if lock is None:
                done.busy, done.complete = True, False
                return done
            await self._stream(AUDIT, self._lives.audit, done, lock, limit, spares, "audit" in self._rules.anonymise)
            await self._stream(TICKETS, int(self._rules.ticket_days * DAY), done, lock, limit, spares, False)
            await self._keys(done, lock, limit)
            await self._written_down(done)
        return done

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[Lock | None]:
        lock = Lock(self._client, LOCK, timeout=LEASE, blocking=False, thread_local=False)
        if not await lock.acquire():
            yield None
            return
        try:
            yield lock
        finally:
            try:
                await lock.release()
            except LockError:
                _log.warning("a sweep lost its lock before it ended")

    async def _stream(
        self, name: str, seconds: int, done: Swept, lock: Lock, limit: int, spares: Spares, leave: bool
    ) -> None:
        """Take the entries that are over their time from a stream; ``leave``: put what is left of each elsewhere."""
        kind, start, end = name.removeprefix("fd:"), "-", f"({int((self._clock() - seconds) * 1000)}"
        while done.count < limit:
            found = cast("list[tuple[bytes, Any]]", await self._client.xrange(name, start, end, count=PAGE))
            if not found:
                return
            start = f"({found[-1][0].decode()}"
            entries = [(entry, _texts(fields)) for entry, fields in found]
            gone = [(entry, fields) for entry, fields in entries if not await spares(fields)]
            done.spared += len(entries) - len(gone)
            if gone:
                async with self._client.pipeline(transaction=True) as pipe:
                    for _, fields in gone if leave else ():
                        left = cast("Any", anonymous.of_decision(fields))
                        pipe.xadd(anonymous.STREAM, left, maxlen=anonymous.LENGTH)
                    pipe.xdel(name, *(entry for entry, _ in gone))
                    await pipe.execute()
            (done.anonymised if leave else done.deleted)[kind] += len(gone)
            await lock.reacquire()
        done.complete = False

    async def _keys(self, done: Swept, lock: Lock, limit: int) -> None:
        """Walk on over the keyspace from where the last sweep stopped, to its end."""
        cursor = int(await self._client.get(CURSOR) or 0)
        while done.count < limit:
            cursor, page = await self._client.scan(cursor, match="fd:*", count=PAGE)
            for key in cast("list[bytes]", page):
                await self._due.take(key, done)
            await self._client.set(CURSOR, cursor)
            await lock.reacquire()
            if not cursor:
                return
        done.complete = False

    async def _written_down(self, done: Swept) -> None:
        """Add a record with the counts to the audit, where anything was done."""
        if not done.count:
            return
        counts = [f"deleted:{kind}={n}" for kind, n in sorted(done.deleted.items()) if n]
        counts += [f"anonymised:{kind}={n}" for kind, n in sorted(done.anonymised.items()) if n]
        line = {"at": f"{self._clock():.3f}", "tool": "sweep", "decision": "done", "reason": " ".join(counts)}
        await self._client.xadd(AUDIT, cast("Any", line))


def _texts(fields: Mapping[bytes, bytes]) -> dict[str, str]:
    return {name.decode(): value.decode("utf-8", "replace") for name, value in fields.items()}
