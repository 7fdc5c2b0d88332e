"""What ours is compared with: plain BM25, as the library bm25s does it when nothing is set."""

from __future__ import annotations

from collections.abc import Sequence

import bm25s
import numpy as np


class Plain:
    """bm25s with its defaults: its English stop words, no stemming, k1 1.5, b .75; every turn on its own."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Index the texts."""
        self._count = len(texts)
        self._bm25 = bm25s.BM25()
        words = bm25s.tokenize(list(texts), show_progress=False, return_ids=False)
        self._empty = not any(words)
        if not self._empty:
            self._bm25.index(words, show_progress=False)

    def ranked(self, query: str) -> list[int]:
        """Return the places of all texts, best first."""
        words = bm25s.tokenize([query], show_progress=False, return_ids=False)[0]
        if self._empty or not words:
            return list(range(self._count))
        return [int(place) for place in np.argsort(-self._bm25.get_scores(words), kind="stable")]
