"""Keeping turns away while a person's threads are erased, and afterwards."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass, replace

from redis.asyncio import Redis

from frontdesk.graph.persistence.erasure.queue import Queue, Request
from frontdesk.graph.persistence.erasure.tombs import bury
from frontdesk.graph.persistence.holdings import Person
from frontdesk.graph.persistence.lock import RedisLocks
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.persistence.threads import RedisThreads, subject_mark


@dataclass(frozen=True)
class Fence:
    """Locks, gate and tombstones."""

    client: Redis
    sealer: Sealer
    threads: RedisThreads
    locks: RedisLocks
    queue: Queue
    patience: float | None = None
    """Seconds to wait for a running turn before it is stopped."""

    def alone(self, mark: str) -> AbstractAsyncContextManager[None]:
        """Hold what no two erasures or holds of one person hold at once."""
        return self.locks.hold(f"erasure-{mark}")

    async def close(self, request: Request, stack: AsyncExitStack) -> Person:
        """Keep everybody away until ``stack`` ends: take the locks, close the gate, set the tombstones.

        Returns:
            Who is meant, with all threads; the kept request names them from now on, too.

        Raises:
            ThreadBusyError: The gate was not free in time.
        """
        mark = subject_mark(self.sealer, request.principal) if request.whole else ""
        locked: set[str] = set()
        closed = not mark
        while True:
            known = {*request.threads, *(await self.threads.threads_of(request.principal) if mark else ())}
            for thread in sorted(known - locked):  # in one order, so that two erasures never wait for each other
                await stack.enter_async_context(self.locks.seize(thread, wait=self.patience))
            settled, locked = closed and known <= locked, locked | known
            if settled:
                break
            if not closed:
                # A turn that found its thread before is in the register by now, so one more look meets it.
                await stack.enter_async_context(self.locks.hold(mark))
                closed = True
        threads = tuple(sorted(locked))
        await self.queue.put(replace(request, threads=threads))
        await bury(self.client, self.sealer, threads)
        return Person(request.principal, threads, mark, anywhere=request.anywhere, erasure=request.id)
