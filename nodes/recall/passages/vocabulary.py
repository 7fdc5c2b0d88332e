"""The words of a desk's pages: how much each says, and what it means."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from frontdesk.nodes.route.senses import WIDTH, senses

Floats = NDArray[np.float32]

FOREIGN = -1
"""Place of a word that stands on no page."""
_PLAIN = 0.35
"""What the commonest words of the language weigh beside a rare one: "give" says little, however rare on the pages."""


class Vocabulary:
    """Terms of the sections, with their weights and vectors."""

    def __init__(self, sections: Sequence[frozenset[str]]) -> None:
        """Take the distinct terms of every section."""
        spread = Counter(term for terms in sections for term in terms)
        self._places = {term: place for place, term in enumerate(sorted(spread))}
        self._sections = len(sections)
        self._spread = spread
        self.nothing = len(self._places)
        """The row of what has no terms: of no weight and no meaning."""
        self.weights = np.array([*(self.weight(term) for term in self._places), 0], np.float32)
        """(terms + 1,): information of each."""
        self.meanings = np.concatenate([meanings(tuple(self._places)), np.zeros((1, WIDTH), np.float32)])
        """(terms + 1, WIDTH): direction of each, of length 1; zeros for one that the table of senses does not have."""

    def __contains__(self, term: str) -> bool:
        """Tell whether a term stands on any page."""
        return term in self._places

    def place(self, term: str) -> int:
        """Return a term's row, or :data:`FOREIGN`."""
        return self._places.get(term, FOREIGN)

    def weight(self, term: str) -> float:
        """Return how much a term says: rare on the pages and in the language counts most; a foreign one is rare."""
        table = senses()
        row = table.rows.get(term)
        common = 1.0 if row is None else float(table.weights[row])
        return (_PLAIN + (1 - _PLAIN) * common) * math.log(1 + self._sections / self._spread.get(term, 1))

    def directions(self, texts: Sequence[Sequence[str]]) -> Floats:
        """Return what texts of the pages are about, (texts, WIDTH), each of length 1 at most."""
        found = np.zeros((len(texts), WIDTH), np.float32)
        for row, terms in enumerate(texts):
            counts = Counter(terms)
            places = np.array([self._places[term] for term in counts] or [self.nothing], np.intp)
            often = 1 + np.log(np.array([*counts.values()] or [1], np.float32))
            found[row] = self._sum(self.weights[places] * often, self.meanings[places])
        return found

    def direction(self, terms: Sequence[str]) -> Floats:
        """Return what distinct terms are about, those of no page too, (WIDTH,), of length 1 at most."""
        return self._sum(np.array([self.weight(term) for term in terms], np.float32), meanings(terms))

    @staticmethod
    def _sum(weights: Floats, vectors: Floats) -> Floats:
        """Return the direction of weighted words; its length is the share of the weight that has a meaning at all."""
        total = weights @ vectors
        length, known = float(np.sqrt(total @ total)), float(weights @ vectors.any(axis=1))
        return np.asarray(total * (known / max(float(weights.sum()) * length, 1e-6)), np.float32)


def meanings(terms: Sequence[str]) -> Floats:
    """Return the direction of each term, (terms, WIDTH), of length 1; zeros where it is not in the table."""
    table = senses()
    rows = [(number, row) for number, term in enumerate(terms) if (row := table.rows.get(term)) is not None]
    found = np.zeros((len(terms), WIDTH), np.float32)
    if rows:
        numbers, places = (list(column) for column in zip(*rows, strict=True))
        vectors = table.vectors[places].astype(np.float32)
        found[numbers] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return found
