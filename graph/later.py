"""Work that a turn leaves behind and that nobody waits for: learning, rolling the summary."""

from __future__ import annotations

import asyncio
import contextvars
import logging
from collections.abc import Coroutine
from typing import Any, Protocol

_log = logging.getLogger(__name__)


class Later(Protocol):
    """Takes work off the critical path of a turn."""

    async def run(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        """See that ``work`` is done, now or soon. ``name`` is a closed word for the log; a fault is logged by its type.

        ``work`` must bring what it needs and take no lock of the thread: the next turn may already run.
        """
        ...


class Inline:
    """Does it at once: for a graph of one's own, for tests, for a process that ends after a turn."""

    async def run(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        """See :class:`Later`."""
        await _guarded(name, work)


class Background:
    """Does it in tasks of its own."""

    def __init__(self) -> None:
        """Start without work."""
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        """See :class:`Later`. The task has an empty context: nothing of the run's callbacks or streams is in it."""
        task = asyncio.create_task(_guarded(name, work), context=contextvars.Context())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def drain(self, seconds: float = 10.0) -> int:
        """Wait for what was begun; cancel what takes longer than ``seconds``. Return how many were cancelled."""
        if not self._tasks:
            return 0
        _, late = await asyncio.wait(set(self._tasks), timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        return len(late)


async def _guarded(name: str, work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except Exception as error:  # noqa: BLE001 - nobody waits for it: the turn was served, and the next one tries again
        _log.error("later work failed: work=%s error=%s", name, type(error).__name__)
