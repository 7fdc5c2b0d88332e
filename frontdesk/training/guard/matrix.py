"""Examples as sparse rows: one row per sentence, and the rows of windows made from them as the scorer makes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags_array, vstack

from frontdesk.nodes.guard.characters import even, visible
from frontdesk.nodes.guard.scorer.features import BITS, hashed
from frontdesk.nodes.guard.scorer.model import WIDEST
from frontdesk.nodes.guard.scorer.pieces import cut
from frontdesk.training.guard.sources import Example

_BATCH = 2_000
_LONGEST = 60
"""Sentences of an example that are learnt from: the first ones."""


@dataclass(frozen=True)
class Material:
    """Examples with the features of their sentences."""

    labels: NDArray[np.int64]
    weights: NDArray[np.float64]
    sources: tuple[str, ...]
    starts: NDArray[np.int64]
    """Index of the first sentence of each example, and one more at the end."""
    rows: csr_matrix
    """Sum of signed features per sentence, not normalised."""
    counts: NDArray[np.int64]
    """Features per sentence."""


def material(examples: Sequence[Example]) -> Material:
    """Return the features of ``examples``."""
    cuts = [cut(even(visible(example.text)))[:_LONGEST] for example in examples]
    pieces = [piece for pieces in cuts for piece in pieces]
    rows, counts = [], []
    for start in range(0, len(pieces), _BATCH):
        batch = pieces[start : start + _BATCH]
        found = hashed([piece.text for piece in batch], [piece.marks for piece in batch])
        ends = np.concatenate(([0], np.cumsum(found.counts)))
        rows.append(csr_matrix((found.signs, found.columns, ends), shape=(len(batch), 1 << BITS)))
        counts.append(found.counts)
    return Material(
        labels=np.array([example.label for example in examples]),
        weights=np.array([example.weight for example in examples]),
        sources=tuple(example.source for example in examples),
        starts=np.concatenate(([0], np.cumsum([len(pieces) for pieces in cuts]))),
        rows=vstack(rows, format="csr"),
        counts=np.concatenate(counts),
    )


@dataclass(frozen=True, slots=True)
class Windows:
    """Runs of sentences."""

    first: NDArray[np.int64]
    width: NDArray[np.int64]
    owner: NDArray[np.int64]
    """Index of the example."""

    def take(self, chosen: NDArray[np.int64]) -> Windows:
        """Return some of them."""
        return Windows(self.first[chosen], self.width[chosen], self.owner[chosen])


def windows(known: Material, examples: Iterable[int] | None = None) -> Windows:
    """Return every run of one to three sentences of the examples."""
    chosen = range(len(known.labels)) if examples is None else examples
    rows = [
        (first, width, index)
        for index in chosen
        for first in range(known.starts[index], known.starts[index + 1])
        for width in range(1, min(WIDEST, known.starts[index + 1] - first) + 1)
    ]
    table = np.array(rows, np.int64).reshape(-1, 3)
    return Windows(table[:, 0], table[:, 1], table[:, 2])


def whole(known: Material) -> Windows:
    """Return one run per example: all its sentences."""
    return Windows(known.starts[:-1], np.diff(known.starts), np.arange(len(known.labels)))


def rows_of(known: Material, chosen: Windows) -> csr_matrix:
    """Return a normalised row per run: the sum of its sentences over the root of their number of features."""
    ends = np.concatenate(([0], np.cumsum(chosen.width)))
    columns = np.arange(ends[-1]) - np.repeat(ends[:-1] - chosen.first, chosen.width)
    gather = csr_matrix((np.ones(ends[-1], np.float32), columns, ends), shape=(len(ends) - 1, len(known.counts)))
    norm = 1 / np.sqrt(np.maximum(gather @ known.counts, 1))
    return csr_matrix(diags_array(norm.astype(np.float32)) @ gather @ known.rows)


def values(known: Material, chosen: Windows, weights: NDArray[np.float64], bias: float) -> NDArray[np.float64]:
    """Return the raw value of each run."""
    sums = np.concatenate(([0.0], np.cumsum(known.rows @ weights)))
    counts = np.concatenate(([0], np.cumsum(known.counts)))
    last = chosen.first + chosen.width
    found: NDArray[np.float64] = (sums[last] - sums[chosen.first]) / np.sqrt(
        np.maximum(counts[last] - counts[chosen.first], 1)
    ) + bias
    return found


__all__ = ["Material", "Windows", "material", "rows_of", "values", "whole", "windows"]
