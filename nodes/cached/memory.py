"""The answer cache in this process: for the memory mode and for tests."""

from __future__ import annotations

import hashlib
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from frontdesk.graph.answers import Kept


class MemoryAnswers:
    """Implements ``AnswerStore``."""

    def __init__(self, seconds: int, entries: int, clock: Callable[[], float] = time.time) -> None:
        """Take how long an answer lives, in seconds, and how many are kept; ``clock`` gives Unix time in seconds."""
        self._seconds, self._entries, self._clock = seconds, entries, clock
        self._kept: OrderedDict[str, tuple[Kept, float, NDArray[np.float32] | None]] = OrderedDict()
        self._claims: dict[str, float] = {}
        self._counts: Counter[str] = Counter()

    def mark(self, place: str, text: str) -> str:
        """See ``AnswerStore``."""
        return hashlib.sha256(f"{place}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()[:32]

    async def get(self, mark: str) -> Kept | None:
        """See ``AnswerStore``."""
        kept, expires, _ = self._kept.get(mark, (None, 0.0, None))
        if kept is not None and expires <= self._clock():
            del self._kept[mark]
            return None
        return kept

    async def near(self, place: str, vector: Sequence[float], distance: float, limit: int) -> list[tuple[str, Kept]]:
        """See ``AnswerStore``."""
        now, asked = self._clock(), np.asarray(vector, dtype=np.float32)
        found: list[tuple[float, str, Kept]] = []
        for mark, (kept, expires, own) in self._kept.items():
            if own is not None and kept.place == place and expires > now and own.shape == asked.shape:
                apart = 1.0 - float(own @ asked) / (float(np.linalg.norm(own) * np.linalg.norm(asked)) or 1.0)
                if apart <= distance:
                    found.append((apart, mark, kept))
        return [(mark, kept) for _, mark, kept in sorted(found, key=lambda hit: hit[:2])[:limit]]

    async def put(self, mark: str, kept: Kept, vector: Sequence[float] | None) -> None:
        """See ``AnswerStore``."""
        own = None if vector is None else np.asarray(vector, dtype=np.float32)
        self._kept.pop(mark, None)
        self._kept[mark] = (kept, self._clock() + self._seconds, own)
        while len(self._kept) > self._entries:
            self._kept.popitem(last=False)

    async def touch(self, mark: str) -> None:
        """See ``AnswerStore``."""
        if mark in self._kept:
            self._kept.move_to_end(mark)

    async def drop(self, mark: str) -> None:
        """See ``AnswerStore``."""
        self._kept.pop(mark, None)

    async def claim(self, mark: str, seconds: float) -> bool:
        """See ``AnswerStore``."""
        now = self._clock()
        self._claims = {name: until for name, until in self._claims.items() if until > now}
        if mark in self._claims:
            return False
        self._claims[mark] = now + seconds
        return True

    async def release(self, mark: str) -> None:
        """See ``AnswerStore``."""
        self._claims.pop(mark, None)

    async def count(self, code: str) -> None:
        """See ``AnswerStore``."""
        self._counts[code] += 1

    async def stats(self) -> dict[str, int]:
        """See ``AnswerStore``."""
        now = self._clock()
        return {"entries": sum(expires > now for _, expires, _ in self._kept.values()), **self._counts}

    async def clear(self) -> int:
        """See ``AnswerStore``."""
        gone = len(self._kept)
        self._kept.clear()
        return gone


__all__ = ["MemoryAnswers"]
