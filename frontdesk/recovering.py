"""Turns that were accepted and not answered because a process died: finished at the next start."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from abc import abstractmethod
from collections.abc import AsyncIterator
from dataclasses import dataclass

from frontdesk.graph.identity import Caller
from frontdesk.graph.persistence.lock import LEASE
from frontdesk.reply import Reply
from frontdesk.stores import Stores
from frontdesk.streaming import Emit

_log = logging.getLogger(__name__)
_RECOVERED_AT_ONCE = 8
"""Threads; a start after a crash must not starve the customers who are there."""


@dataclass
class Recovering:
    """The part of :class:`frontdesk.FrontDesk` that finishes what another process began."""

    stores: Stores

    @abstractmethod
    async def _finish(self, caller: Caller, text: str, emit: Emit | None, wait: float | None = None) -> Reply:
        """Run an accepted turn to its end."""

    @abstractmethod
    async def settle_calls(self) -> int:
        """Look up calls of which nobody knows whether they went through; return how many are settled now."""

    async def recover(self) -> int:
        """Carry out requested erasures, then finish turns that were accepted and not answered because a process died.

        What became of tools' calls that no turn asks about again is looked up last; nothing is sent for it.

        The lock of a process that died outlives it by up to ``LEASE`` seconds, and this waits for it: use
        :meth:`recovering` where there is other work. A turn that another process is still answering is left to it.

        Returns:
            How many were finished, or were found to be.
        """
        await self.stores.erasure.run_waiting()
        threads: dict[str, list[tuple[Caller, str]]] = {}
        for caller, text in await self.stores.inbox.unfinished():
            threads.setdefault(caller.thread_id, []).append((caller, text))
        places = asyncio.Semaphore(_RECOVERED_AT_ONCE)
        finished = sum(await asyncio.gather(*(self._recovered(turns, places) for turns in threads.values())))
        await self.settle_calls()
        return finished

    @contextlib.asynccontextmanager
    async def recovering(self) -> AsyncIterator[None]:
        """Recover beside the body's work; what is not finished by its end is left to the next start."""
        task = asyncio.create_task(self.recover())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait([task])

    async def _recovered(self, turns: list[tuple[Caller, str]], places: asyncio.Semaphore) -> int:
        """Finish the turns of one thread, in the order in which they were accepted."""
        finished = 0
        async with places:
            for caller, text in turns:
                try:
                    reply = await self._finish(caller, text, None, wait=LEASE + 1)
                except Exception as error:  # noqa: BLE001 - it stays accepted; the others must get their turn
                    _log.warning("turn not recovered: turn=%s error=%s", caller.turn_id, type(error).__name__)
                    continue
                finished += not reply.failed
        return finished
