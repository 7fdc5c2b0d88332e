"""The seam for a reranker of the operator's own: it may order and drop what was found, and add nothing."""

from __future__ import annotations

import asyncio
import inspect
import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from frontdesk.graph.state import Passage
from frontdesk.models.bounded import bounded
from frontdesk.tools.loading import load_callable

_log = logging.getLogger(__name__)

SECONDS = 1.0
"""For one call; a customer waits for it."""
PAUSE = 30.0
"""Seconds for which a reranker that failed is left alone: a slow one costs one customer the time, not all."""


class Reranker:
    """Calls ``function(query, passages)`` and believes of its answer only an order."""

    def __init__(
        self, function: Callable[..., Any], seconds: float = SECONDS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Take the function, async or not; one that is not runs in a thread. ``clock``: monotonic seconds."""
        self._function, self._seconds, self._clock = function, seconds, clock
        self._rests_until = float("-inf")

    async def ordered(self, query: str, passages: Sequence[Passage]) -> list[Passage]:
        """Return the passages in the reranker's order, or in ours where it failed.

        Args:
            query: Masked.
            passages: Best first; the function gets copies.
        """
        ours = list(passages)
        if len(ours) < 1 or self._clock() < self._rests_until:
            return ours
        try:
            answer = await bounded(self._asked(query, ours), self._seconds)
            return _believed(answer, ours)
        except Exception as error:  # noqa: BLE001 - foreign code may raise anything, with the query in it
            self._rests_until = self._clock() + PAUSE
            cause = "timeout" if isinstance(error, TimeoutError) else type(error).__name__
            _log.warning("reranker failed, our order stands: cause=%s", cause)
            return ours

    async def _asked(self, query: str, passages: Sequence[Passage]) -> Any:
        copies = [Passage(**passage) for passage in passages]
        if inspect.iscoroutinefunction(self._function):
            return await self._function(query, copies)
        answer = await asyncio.to_thread(self._function, query, copies)
        return await answer if inspect.isawaitable(answer) else answer


def open_reranker(spec: str, root: Path) -> Reranker | None:
    """Load what ``search.reranker`` names; None where it names nothing.

    Args:
        spec: ``module:function`` or ``file.py:function``.
        root: The desk's folder.

    Raises:
        ConfigurationError: It cannot be loaded.
    """
    return Reranker(load_callable(spec, root)) if spec else None


def _believed(answer: Any, ours: Sequence[Passage]) -> list[Passage]:
    """Return our own passages in the order of the answer, whatever it says of them.

    Raises:
        ValueError: The answer is no list of what was given.
    """
    if not isinstance(answer, list | tuple):
        raise ValueError("not a list")
    left = {(passage["page"], passage["text"]): passage for passage in ours}
    found: list[Passage] = []
    for one in answer:
        passage = left.pop((one["page"], one["text"]), None)
        if passage is None:
            raise ValueError("a passage that was not given, or one twice")
        found.append(passage)
    return found
