"""How near documents lie to a query in meaning, by vectors of the desk's embedder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from frontdesk.nodes.recall.ranking.documents import Document
from frontdesk.nodes.recall.ranking.index import Floats, Index
from frontdesk.nodes.recall.ranking.wording import LONG, around

NEIGHBOURS = (0.3, 0.1)
"""What counts of the likeness of the turns next to one, and next but one."""
_LEAST_SPREAD = 0.05
"""Of cosines; among a few documents that are all alike, small differences must not be blown up."""


@dataclass(frozen=True)
class Likeness:
    """Of all documents, in the index's order; 0 where a document has no vector."""

    known: NDArray[np.bool_]
    whole: Floats
    """Cosine of the text."""
    best: Floats
    """Cosine of its nearest passage; where passages have no vectors, of the text."""


def likeness(index: Index, documents: Sequence[Document], vector: Floats | None) -> Likeness | None:
    """Compare; None where there is nothing to compare. A vector of another width than the query's counts as none."""
    if vector is None:
        return None
    rows = [_rows(documents[place], len(vector)) for place in index.order]
    counts = np.array([len(part) for part in rows], np.intp)
    known = counts > 0
    if not known.any():
        return None
    cosines = np.asarray(np.concatenate([part for part in rows if len(part)]) @ vector, np.float32)
    starts = (np.cumsum(counts) - counts)[known]
    whole, best = np.zeros(len(rows), np.float32), np.zeros(len(rows), np.float32)
    whole[known], best[known] = cosines[starts], np.maximum.reduceat(cosines, starts)
    return Likeness(known, whole, best)


def _rows(document: Document, width: int) -> Floats:
    given = document.vector
    if given is None or given.shape[-1] != width:
        return np.zeros((0, width), np.float32)
    return given.reshape(-1, width)


def placed(index: Index, found: Likeness) -> Floats:
    """Return standard scores, (documents,): of texts with their neighbours, and of best passages, in equal parts."""
    known = found.known
    mean = found.whole[known].mean()
    near = min(1.0, LONG / max(float(index.lengths.sum()) / len(known), 1.0))
    whole = around(index, np.where(known, found.whole - mean, 0), tuple(weight * near for weight in NEIGHBOURS))
    total = np.zeros(len(known), np.float32)
    total[known] = standard(
        standard(whole[known], _LEAST_SPREAD) + standard(found.best[known], _LEAST_SPREAD), _LEAST_SPREAD
    )
    return total


def standard(scores: Floats, least: float) -> Floats:
    """Return scores less their mean, by their standard deviation or ``least``, whichever is more."""
    return np.asarray((scores - scores.mean()) / max(float(scores.std()), least), np.float32)
