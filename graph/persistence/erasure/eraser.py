"""Erasing a person, or some threads, while they may be chatting.

1. The request is kept, sealed: a crash from here on only delays it.
2. The locks of all threads are taken. A turn that runs is waited for, and stopped where it takes too long.
3. For a whole person, the gate closes: until the end, no message of theirs finds or makes a thread.
4. Tombstones are set: a turn that waited for one of these threads, or a process that was frozen, writes nothing to it.
5. Every store of the register removes what it holds, and what no store knows goes too.
6. The whole keyspace is walked over again; what is still there is removed again, and what stays is counted.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from redis.asyncio import Redis

from frontdesk.graph.identity import Principal
from frontdesk.graph.persistence.erasure.fence import Fence
from frontdesk.graph.persistence.erasure.holds import Holds
from frontdesk.graph.persistence.erasure.issue import issue
from frontdesk.graph.persistence.erasure.keyspace import Needles, residue
from frontdesk.graph.persistence.erasure.queue import Queue, Request, new_request
from frontdesk.graph.persistence.erasure.receipt import Counts, Receipt
from frontdesk.graph.persistence.erasure.trail import Trail
from frontdesk.graph.persistence.holdings import Holding, Person, kind_of, scan, unlink
from frontdesk.graph.persistence.lock import LOCK, RedisLocks
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.persistence.threads import RedisThreads, subject_mark

PASSES = 3
"""Times that what a scan still finds is removed again."""
UNREGISTERED, ELSEWHERE = "unregistered", "elsewhere"
logger = logging.getLogger(__name__)


@dataclass
class Eraser:
    """Erases in Redis; safe for several processes at once."""

    client: Redis
    sealer: Sealer
    threads: RedisThreads
    locks: RedisLocks
    holdings: Sequence[Holding]
    """The register of stores."""
    patience: float | None = None
    """Seconds to wait for a running turn before it is stopped; None: as long as a second turn would wait."""
    clock: Callable[[], float] = time.time
    """Unix time in seconds."""
    fresh: set[str] = field(default_factory=set)
    """Requests made in this process that nobody has begun to carry out."""
    queue: Queue = field(init=False)
    fence: Fence = field(init=False)
    holds: Holds = field(init=False)

    def __post_init__(self) -> None:
        """Make the parts."""
        self.queue = Queue(self.client, self.sealer)
        self.fence = Fence(self.client, self.sealer, self.threads, self.locks, self.queue, self.patience)
        self.holds = Holds(self.client, self.sealer, self.threads, self.holdings, self.fence.alone, self.clock)

    async def request(
        self, principal: Principal, threads: Sequence[str] | None = None, *, anywhere: bool = False, deep: bool = False
    ) -> str:
        """Keep a request until it is carried out; return its id, which the receipt will have.

        Args:
            principal: Tenant and subject.
            threads: Server-made ids of the threads that are meant; None: all that is held on the person.
            anywhere: The owner of ``threads`` is not known; they are looked for under everybody's mark.
            deep: Read the contents of every key in the last scan, and not only of those that people share.

        Raises:
            PersonError: Everything of a caller who has not signed in: they all share one subject.
        """
        request = new_request(principal, threads, self.clock(), anywhere=anywhere, deep=deep)
        await self.queue.put(request)
        self.fresh.add(request.id)
        return request.id

    async def erase(
        self, principal: Principal, threads: Sequence[str] | None = None, *, anywhere: bool = False, deep: bool = False
    ) -> Receipt:
        """Erase now; see :meth:`request` for arguments.

        Returns:
            The receipt; ``outcome`` is ``held`` where a legal hold forbids it: the request is kept until it is lifted.

        Raises:
            PersonError: As for a request.
            ThreadBusyError: Another erasure of the same person did not end in time; the request is kept.
        """
        id = await self.request(principal, threads, anywhere=anywhere, deep=deep)
        receipt = await self.carry_out(id)
        # between the two another process may have been quicker: its receipt counts, this one finds nothing left
        return receipt or await self.erase(principal, threads, anywhere=anywhere, deep=deep)

    async def run_waiting(self) -> list[Receipt]:
        """Carry out every request that waits and is not held; one that fails stays, and is said in the log."""
        receipts = []
        for request in await self.queue.waiting():
            self.fresh.discard(request.id)
            try:
                receipt = None if await self._held(request) else await self.carry_out(request.id)
            except Exception as error:  # noqa: BLE001 - it stays in the queue; the others must get their turn
                logger.error("erasure not carried out: request=%s error=%s", request.id, type(error).__name__)
                continue
            receipts += [receipt] if receipt else []
        return receipts

    async def carry_out(self, id: str) -> Receipt | None:
        """Carry out a request; None where somebody else has."""
        self.fresh.discard(id)
        request = await self.queue.get(id)
        if request is None:
            return None
        async with AsyncExitStack() as stack:
            if request.principal.signed_in:
                await stack.enter_async_context(self.fence.alone(subject_mark(self.sealer, request.principal)))
            request = await self.queue.get(id)
            if request is None:
                return None
            if await self._held(request):
                receipt = issue(self.sealer, request, len(request.threads), self.clock(), {}, {}, 0, held=True)
            else:
                receipt = await self._erase(request, await self.fence.close(request, stack))
            await Trail(self.client, self.sealer).erasure(
                request.tenant, self.clock(), id, receipt.outcome, receipt.removed
            )
            if receipt.outcome == "erased":
                await self.queue.done(id)
        return receipt

    async def _erase(self, request: Request, person: Person) -> Receipt:
        needles = Needles(person, map(self.sealer.pseudonym, person.threads))
        removed: Counter[str] = Counter()
        remaining: Counts = {}
        for _ in range(PASSES):
            removed.update(await self._remove((await scan(self.client, person)).person))
            remaining = await self._remaining((await scan(self.client, person)).person)
            if not any(remaining.values()):
                break
        remaining[ELSEWHERE], count = await residue(self.client, person, needles, deep=request.deep)
        return issue(self.sealer, request, len(person.threads), self.clock(), dict(removed), remaining, count)

    async def _remove(self, person: Person) -> Counts:
        removed = {holding.name: await holding.erase(person) for holding in self.holdings}
        return {**removed, UNREGISTERED: await unlink(self.client, self._strays(person))}

    async def _remaining(self, person: Person) -> Counts:
        there = {holding.name: await holding.remaining(person) for holding in self.holdings}
        return {**there, UNREGISTERED: len(self._strays(person))}

    def _strays(self, person: Person) -> list[str]:
        known = {LOCK}.union(*(holding.kinds for holding in self.holdings))
        return [key for key in person.keys or () if kind_of(key) not in known]

    async def _held(self, request: Request) -> bool:
        if request.principal.signed_in and await self.holds.held(request.principal):
            return True
        return not request.whole and await self.holds.owns(request.threads)  # whoever asks: a hold is on the owner
