"""Ranks one customer's texts for a query, by words, and by vectors where there are any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from frontdesk.nodes.recall.ranking import certainty
from frontdesk.nodes.recall.ranking.dates import NAMED, named, recency
from frontdesk.nodes.recall.ranking.documents import Document
from frontdesk.nodes.recall.ranking.index import Floats, Index
from frontdesk.nodes.recall.ranking.meaning import Likeness, likeness, placed, standard
from frontdesk.nodes.recall.ranking.wording import Matches, matches, scored

MEANING = 0.75
"""What the vectors' standard score counts beside the words'; between 0.5 and 1 nothing changes (docs/memory.md)."""
_LEAST_SPREAD = 0.5
"""Of the words' scores."""


@dataclass(frozen=True)
class _Look:
    """A query, held against the documents."""

    words: Matches
    near: Likeness | None


class Ranker:
    """An index of some hundreds of documents; cheap enough to build for one search."""

    def __init__(self, documents: Sequence[Document]) -> None:
        """Index the documents."""
        self._documents = documents
        self._index = Index(documents) if documents else None
        self._at = np.array([document.at for document in documents], np.float64)

    def search(
        self,
        query: str,
        vector: Floats | None = None,
        *,
        now: float | None = None,
        limit: int = 10,
        least: float = 0.0,
        shared: bool = False,
    ) -> list[tuple[float, int]]:
        """Return score and index of the best documents, best first; none that shares neither word nor meaning
        nor the time that the query names.

        Args:
            query: Masked text.
            vector: The query's, (d,), of length 1, of the same embedder as the documents'; None: by words alone.
            now: Unix time in seconds, for recency; None: only dates that the query names in full count.
            limit: Documents at most.
            least: Chance that a document has to do with the query, below which it is left out;
                :data:`~frontdesk.nodes.recall.ranking.certainty.LIKELY` is a good one. 0: none is left out for it.
            shared: Leave out none for that which has a word of the query.

        Scores are comparable within one search only.
        """
        index = self._index
        if index is None or limit < 1:
            return []
        look = self._look(index, query, vector)
        by_words = scored(index, look.words)
        scores, open_to = standard(by_words, _LEAST_SPREAD), by_words > 0
        if look.near is not None:
            meant = np.where(look.near.known, placed(index, look.near), scores)
            scores = np.asarray(scores + np.float32(MEANING) * meant, np.float32)
            open_to = open_to | look.near.known
        at = self._at[index.order]
        then = named(query, at, now)
        scores = np.asarray(scores + np.float32(NAMED) * then + recency(query, at, now), np.float32)
        if least > 0:
            enough = certainty.certainty(index, look.words, look.near) >= least
            open_to = open_to & (enough | look.words.shared(index) if shared else enough)
        open_to = open_to | then
        best = np.lexsort((index.order, -scores))
        return [(float(scores[place]), int(index.order[place])) for place in best if open_to[place]][:limit]

    def certainty(self, query: str, vector: Floats | None = None) -> Floats:
        """Return the chance, (documents,), that each has something to do with a masked query."""
        if self._index is None:
            return np.zeros(0, np.float32)
        look = self._look(self._index, query, vector)
        return self._as_given(certainty.certainty(self._index, look.words, look.near))

    def features(self, query: str, vector: Floats | None = None) -> Floats:
        """Return what :meth:`certainty` is made of, (2, documents)."""
        if self._index is None:
            return np.zeros((2, 0), np.float32)
        look = self._look(self._index, query, vector)
        return np.stack([self._as_given(row) for row in certainty.features(self._index, look.words, look.near)])

    def _look(self, index: Index, query: str, vector: Floats | None) -> _Look:
        return _Look(matches(index, query), likeness(index, self._documents, vector))

    def _as_given(self, ordered: Floats) -> Floats:
        assert self._index is not None
        found = np.empty_like(ordered)
        found[self._index.order] = ordered
        return found
