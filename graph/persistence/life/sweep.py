"""The sweep: what Redis does not forget by itself when its time is over. Bounded, resumable, one at a time.

``fd:sweep:lock``     held while one runs
``fd:sweep:cursor``   where the walk over the keyspace goes on
``fd:sweep:next``     exists until the next sweep of the servers is due
"""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, cast

from redis.asyncio import Redis
from redis.asyncio.lock import Lock
from redis.exceptions import LockError

from frontdesk.desk.config import Retention
from frontdesk.graph.persistence.life.due import DueKeys, Swept
from frontdesk.graph.persistence.life.oldaudit import OldAudit, Spares
from frontdesk.graph.persistence.life.retention import DAY, lifetimes
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.tools.auditing.appending import RedisChain
from frontdesk.tools.ledger import RedisLedger

LOCK, CURSOR, NEXT = "fd:sweep:lock", "fd:sweep:cursor", "fd:sweep:next"
EVERY = 3600
"""Seconds between two sweeps of the servers, however many they are."""
LIMIT = 10_000
"""Records that one sweep deals with; the next one goes on."""
LEASE = 60.0
"""Seconds after which the lock of a sweep that died is free; prolonged with every page."""
PAGE = 500
TICKETS = "fd:tickets"

_log = logging.getLogger(__name__)


async def nobody(fields: Mapping[str, str]) -> bool:
    """No hold."""
    return False


class Sweeper:
    """Sweeps one Redis by one desk's rules."""

    def __init__(
        self,
        client: Redis,
        sealer: Sealer,
        ledger: RedisLedger,
        retention: Retention,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Take the client, the sealer, the ledger that can read its entries, the desk's rules and a clock.

        The clock gives Unix time in seconds.
        """
        self._client = client
        self._audit = OldAudit(client, sealer)
        self._chain = RedisChain(client, sealer)
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
            before, leave = self._clock() - self._lives.audit, "audit" in self._rules.anonymise
            async for page in self._audit.take(before, limit, spares, leave=leave):
                done.count_in(page)
                await lock.reacquire()
            await self._tickets(int(self._rules.ticket_days * DAY), done, lock, limit, spares)
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

    async def _tickets(self, seconds: int, done: Swept, lock: Lock, limit: int, spares: Spares) -> None:
        """Delete the announcements that are over their time."""
        start, end = "-", f"({int((self._clock() - seconds) * 1000)}"
        while done.count < limit:
            found = cast("list[tuple[bytes, Any]]", await self._client.xrange(TICKETS, start, end, count=PAGE))
            if not found:
                return
            start = f"({found[-1][0].decode()}"
            gone = [entry for entry, fields in found if not await spares(_texts(fields))]
            done.spared += len(found) - len(gone)
            if gone:
                await self._client.xdel(TICKETS, *gone)
            done.deleted["tickets"] += len(gone)
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
        await self._chain.append({**line, "upto": str(done.upto)} if done.upto else line)


def _texts(fields: Mapping[bytes, bytes]) -> dict[str, str]:
    return {name.decode(): value.decode("utf-8", "replace") for name, value in fields.items()}
