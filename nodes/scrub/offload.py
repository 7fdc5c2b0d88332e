"""Keeps a scrubber that takes long off the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from frontdesk.graph.deps import Scrubber

T = TypeVar("T")


async def unblocked(scrubber: Scrubber, work: Callable[[], T]) -> T:
    """Run ``work``, which searches texts with ``scrubber``: in a thread where the scrubber says that it is heavy.

    The core detectors take less time than the way to a thread and back; a sentence model takes 5 to 50 ms.
    """
    return await asyncio.to_thread(work) if scrubber.heavy else work()
