"""A bound in time that holds whatever the work does with its cancellation."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")
GRACE = 0.2
"""Seconds that work which ran out of time gets to close its connection before it is left behind."""
LEAST = 0.02
"""Seconds of it in any case: cancelling takes a few turns of the event loop."""
_left_behind: set[asyncio.Task[Any]] = set()
_log = logging.getLogger(__name__)


async def bounded(
    work: Coroutine[Any, Any, T], seconds: float, first: asyncio.Event | None = None, within: float | None = None
) -> T:
    """Return what ``work`` returns, within ``seconds`` and a short grace: a tenth, and :data:`GRACE` at most.

    ``asyncio.timeout`` cancels once, and layers of HTTP libraries have been seen to swallow that under load: a stream
    then ran on for its whole length. Here the waiting ends in any case, and the work is cancelled in a task of its own.

    Args:
        work: To be done.
        seconds: That it may take.
        first: Set by the work when it shows its first sign of life.
        within: Seconds in which that must be; None: it may take its whole time.

    Raises:
        TimeoutError: The time is over.
    """
    task = asyncio.create_task(work)
    seconds = max(0.0, seconds)
    ends = time.monotonic() + seconds
    try:
        if first is None or within is None or await _begun(task, first, min(within, seconds)):
            await asyncio.wait({task}, timeout=max(0.0, ends - time.monotonic()))
        if task.done():
            return task.result()
        task.cancel()
        await asyncio.wait({task}, timeout=min(GRACE, max(LEAST, seconds / 10)))
        raise TimeoutError
    finally:
        if not task.done():
            task.cancel()
            _log.warning("a call that ran out of time has not ended yet; it is left behind")
            _left_behind.add(task)
        task.add_done_callback(_forget)


async def _begun(task: asyncio.Task[Any], first: asyncio.Event, seconds: float) -> bool:
    """Whether the work ended or showed a sign of life in time."""
    sign = asyncio.ensure_future(first.wait())
    try:
        done, _ = await asyncio.wait({task, sign}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        sign.cancel()
    return bool(done)


def _forget(task: asyncio.Task[Any]) -> None:
    _left_behind.discard(task)
    if not task.cancelled():
        task.exception()  # read, so that asyncio does not report it as never retrieved
