"""Erasure where nothing is kept beyond this process (``FRONTDESK_REDIS=memory``): the same steps, without crashes."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from frontdesk.errors import ConfigurationError, ThreadBusyError
from frontdesk.graph.identity import Principal
from frontdesk.graph.persistence.erasure.holds import Holds
from frontdesk.graph.persistence.erasure.issue import issue
from frontdesk.graph.persistence.erasure.queue import Request, new_request
from frontdesk.graph.persistence.erasure.receipt import Receipt
from frontdesk.graph.persistence.lock import MemoryLocks
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.persistence.threads import MemoryThreads

Forget = Callable[[Principal | None, Collection[str]], int]
"""Drops everything of a person (None: of nobody as a whole) and of threads; returns how many entries went."""


@dataclass
class MemoryEraser:
    """Erases from the stores of this process."""

    sealer: Sealer
    """Signs the receipts, with a key that ends with the process where none is configured."""
    threads: MemoryThreads
    locks: MemoryLocks
    stores: Mapping[str, Forget]
    """The register of stores, by name."""
    delete_thread: Callable[[str], Awaitable[None]]
    """Of the checkpointer."""
    clock: Callable[[], float] = time.time
    fresh: set[str] = field(default_factory=set)
    """Requests that nobody has begun to carry out."""
    requests: dict[str, Request] = field(default_factory=dict)

    @property
    def holds(self) -> Holds:
        """Refused: a legal hold must outlive the process."""
        raise ConfigurationError("FRONTDESK_REDIS=memory keeps nothing beyond this process, so nothing can be held")

    async def request(
        self, principal: Principal, threads: Sequence[str] | None = None, *, anywhere: bool = False, deep: bool = False
    ) -> str:
        """See ``Eraser``."""
        request = new_request(principal, threads, self.clock(), anywhere=anywhere, deep=deep)
        self.requests[request.id] = request
        self.fresh.add(request.id)
        return request.id

    async def erase(
        self, principal: Principal, threads: Sequence[str] | None = None, *, anywhere: bool = False, deep: bool = False
    ) -> Receipt:
        """See ``Eraser``."""
        return await self._carry_out(await self.request(principal, threads, anywhere=anywhere, deep=deep))

    async def run_waiting(self) -> list[Receipt]:
        """See ``Eraser``."""
        # what another task carries out meanwhile is no longer listed when its turn comes
        return [await self._carry_out(id) for id in list(self.requests) if id in self.requests]

    async def _carry_out(self, id: str) -> Receipt:
        self.fresh.discard(id)
        request = self.requests.pop(id)
        whole = request.principal if request.whole else None
        known = {*request.threads, *(await self.threads.threads_of(whole) if whole else ())}
        async with AsyncExitStack() as stack:
            try:
                for thread in sorted(known):
                    await stack.enter_async_context(self.locks.hold(thread))
            except ThreadBusyError:
                self.requests[id] = request
                raise
            for thread in known:
                await self.delete_thread(thread)
            removed = {name: forget(whole, known) for name, forget in self.stores.items()}
            remaining = {name: forget(whole, known) for name, forget in self.stores.items()}
        return issue(self.sealer, request, len(known), self.clock(), removed, remaining, sum(removed.values()))
