"""A bound in time that holds whatever the work does with its cancellation."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")
GRACE = 0.2
"""Seconds that work which ran out of time gets to close its connection before it is left behind."""
_left_behind: set[asyncio.Task[Any]] = set()
_log = logging.getLogger(__name__)


async def bounded(work: Coroutine[Any, Any, T], seconds: float) -> T:
    """Return what ``work`` returns, within ``seconds`` and a short grace.

    ``asyncio.timeout`` cancels once, and layers of HTTP libraries have been seen to swallow that under load: a stream
    then ran on for its whole length. Here the waiting ends in any case, and the work is cancelled in a task of its own.

    Raises:
        TimeoutError: The time is over.
    """
    task = asyncio.create_task(work)
    try:
        await asyncio.wait({task}, timeout=max(0.0, seconds))
        if task.done():
            return task.result()
        task.cancel()
        await asyncio.wait({task}, timeout=GRACE)
        raise TimeoutError
    finally:
        if not task.done():
            task.cancel()
            _log.warning("a call that ran out of time has not ended yet; it is left behind")
            _left_behind.add(task)
        task.add_done_callback(_forget)


def _forget(task: asyncio.Task[Any]) -> None:
    _left_behind.discard(task)
    if not task.cancelled():
        task.exception()  # read, so that asyncio does not report it as never retrieved
