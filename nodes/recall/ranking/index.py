"""Documents as numbers: built anew for every search, so that nothing of them stays in memory."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from frontdesk.nodes.recall.ranking.cutting import passages_of
from frontdesk.nodes.recall.ranking.documents import Document
from frontdesk.nodes.recall.words import stemmed, words_of

Floats = NDArray[np.float32]
Places = NDArray[np.intp]


class Index:
    """Documents by session and turn, cut into passages, with the stems of each."""

    def __init__(self, documents: Sequence[Document]) -> None:
        """Take at least one document; they keep the numbers that they have in ``documents``."""
        alone = [(document.session or f"\0{place}", document.position) for place, document in enumerate(documents)]
        self.order = np.array(sorted(range(len(documents)), key=alone.__getitem__), np.intp)
        """(documents,): their numbers, by session and turn. All below is in this order."""
        numbers: dict[str, int] = {}
        self.session = np.array([numbers.setdefault(alone[place][0], len(numbers)) for place in self.order], np.intp)
        """(documents,): a number per session, rising."""
        self.turn = np.array([alone[place][1] for place in self.order], np.int64)
        cut = [passages_of(documents[place].text) for place in self.order]
        counts = np.array([len(parts) for parts in cut], np.intp)
        self.starts: Places = np.concatenate(([0], np.cumsum(counts)[:-1])).astype(np.intp)
        """(documents,): the first passage of each."""
        self.owner: Places = np.repeat(np.arange(len(documents), dtype=np.intp), counts)
        """(passages,): the document of each."""
        self.opening: Places = np.flatnonzero(np.diff(self.session, prepend=-1))
        """(sessions,): the first document of each."""
        self._count([words_of(passage) for parts in cut for passage in parts])

    def _count(self, passages: Sequence[Sequence[str]]) -> None:
        words = {word: place for place, word in enumerate(dict.fromkeys(chain.from_iterable(passages)))}
        stems = stemmed(list(words))
        self.terms = {stem: place for place, stem in enumerate(dict.fromkeys(stems))}
        """Stem to its column."""
        column = np.array([self.terms[stem] for stem in stems], np.int64)
        self.lengths = np.array([len(words) for words in passages], np.float32)
        """(passages,): words of each."""
        said = np.fromiter(map(words.__getitem__, chain.from_iterable(passages)), np.int64)
        where = np.repeat(np.arange(len(passages), dtype=np.int64), self.lengths.astype(np.int64))
        keys = (column[said] if len(said) else said) * len(passages) + where
        pairs, counts = np.unique(keys, return_counts=True)
        self._rows: Places = (pairs % len(passages)).astype(np.intp)
        self._counts = counts.astype(np.float32)
        self._bounds = np.searchsorted(pairs // len(passages), np.arange(len(self.terms) + 1))

    def exact(self, columns: Sequence[int]) -> Floats:
        """Return how often each term stands in each passage, (columns, passages); a column of -1 stands nowhere."""
        found = np.zeros((len(columns), len(self.lengths)), np.float32)
        for row, column in enumerate(columns):
            if column >= 0:
                part = slice(self._bounds[column], self._bounds[column + 1])
                found[row, self._rows[part]] = self._counts[part]
        return found

    def greatest(self, rows: Places, columns: Places, weights: Floats, count: int) -> Floats:
        """Return the greatest weight of the terms of a row that stand in each passage, (count, passages).

        Args:
            rows: (k,): below ``count``.
            columns: (k,): a term that counts for the row.
            weights: (k,): how much, 0 to 1.
            count: Rows.
        """
        found = np.zeros(count * len(self.lengths), np.float32)
        if len(rows):
            first, sizes = self._bounds[columns], self._bounds[columns + 1] - self._bounds[columns]
            inner = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
            where = np.repeat(rows * len(self.lengths), sizes) + self._rows[np.repeat(first, sizes) + inner]
            np.maximum.at(found, where, np.repeat(weights, sizes))
        return found.reshape(count, len(self.lengths))
