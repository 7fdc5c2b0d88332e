"""The scorer in use: how much each sentence, each run of two or three, and the whole of a text look like an attack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from frontdesk.nodes.guard.scorer.features import hashed
from frontdesk.nodes.guard.scorer.pieces import Piece
from frontdesk.nodes.guard.scorer.weights import Head, Weights, read

Kind = Literal["user", "document"]
FOLDER = files("frontdesk.nodes.guard.scorer")
WIDEST = 3
"""Sentences that are judged together at most."""


@dataclass(frozen=True, slots=True)
class Scores:
    """What one text scores, on the common scale."""

    sentences: NDArray[np.float64]
    """Per sentence: the best window that it begins, and is alone or with the next ones in."""
    widths: NDArray[np.int64]
    """Per sentence: how many sentences that window has."""
    whole: float

    @property
    def score(self) -> float:
        """The highest of all."""
        return max(float(self.sentences.max(initial=0.0)), self.whole)


class Scorer:
    """Judges texts; holds nothing of them, safe in threads."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights

    def score(self, texts: Sequence[Sequence[Piece]]) -> list[Scores]:
        """Judge several texts at once.

        Args:
            texts: Each as its sentences, normalised, at least one.
        """
        pieces = [piece for text in texts for piece in text]
        found = hashed([piece.text for piece in pieces], [piece.marks for piece in pieces])
        sums = []
        for head in (self._weights.window, self._weights.whole):
            values = head.weights[found.columns] * found.signs
            sums.append(np.bincount(found.pieces, values, len(pieces)).astype(np.float64))
        scores, at = [], 0
        for text in texts:
            here = slice(at, at + len(text))
            scores.append(self._of(sums[0][here], sums[1][here], found.counts[here]))
            at += len(text)
        return scores

    def _of(self, window: NDArray[np.float64], whole: NDArray[np.float64], counts: NDArray[np.int64]) -> Scores:
        best, widths = best_windows(window, counts, self._weights.window.bias)
        raw = _raw(whole.sum(), counts.sum(), self._weights.whole)
        return Scores(
            sentences=self._weights.window.scale.of(best),
            widths=widths,
            whole=float(self._weights.whole.scale.of(np.array([raw]))[0]),
        )


def best_windows(
    sums: NDArray[np.float64], counts: NDArray[np.int64], bias: float
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return, per sentence, the highest raw value of the windows that begin with it, and that window's length.

    A raw value is the sum of the weights over the root of the number of features, plus the bias.
    """
    best = sums / np.sqrt(np.maximum(counts, 1)) + bias
    widths = np.ones(len(sums), np.int64)
    total, number = sums, counts
    for width in range(2, min(WIDEST, len(sums)) + 1):
        total = total[:-1] + sums[width - 1 :]
        number = number[:-1] + counts[width - 1 :]
        value = total / np.sqrt(np.maximum(number, 1)) + bias
        better = np.flatnonzero(value > best[: len(value)])
        best[better], widths[better] = value[better], width
    return best, widths


def _raw(total: float, count: int, head: Head) -> float:
    return float(total / np.sqrt(max(count, 1)) + head.bias)


@cache
def shipped(kind: Kind, folder: str = "") -> Scorer:
    """Return the scorer that comes with the package, or one of a folder that ``frontdesk train guard --out`` wrote.

    Raises:
        ConfigurationError: Its file is missing or damaged.
    """
    name = f"weights-{kind}.npz"
    return Scorer(read(Path(folder or str(FOLDER)) / name, f"{folder or 'nodes/guard/scorer'}/{name}"))


__all__ = ["FOLDER", "WIDEST", "Kind", "Scorer", "Scores", "best_windows", "shipped"]
