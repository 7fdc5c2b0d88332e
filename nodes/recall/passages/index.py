"""The sections of a desk's pages as numbers: by words, by what words mean and, with an embedder, by whole sentences."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import bm25s
import numpy as np
from numpy.typing import NDArray

from frontdesk.nodes.recall.passages.vocabulary import Floats, Vocabulary, meanings
from frontdesk.nodes.recall.sections import Section
from frontdesk.nodes.recall.words import terms_of

# bm25s sets its logger to DEBUG at import, which prints through any root handler.
logging.getLogger("bm25s").setLevel(logging.WARNING)

_K1, _B = 1.2, 0.3
"""Sections are short and of like length: little length normalisation (design.md measured the same for memory)."""
_TITLE = 2
"""Times that the words of a page's title count in BM25."""
_NEIGHBOUR = 0.2
"""What a section gets of the BM25 score of the one before and the one after it on its page."""
_SENSES = 0.5
_VECTORS = 1.0
"""Weights of the standardised similarities beside the standardised BM25 score."""
_LIKE = 0.4
"""Cosine of two words from which one may stand for the other: of two words drawn at random .3 % are as near."""

_SAME = 1e-9
"""Spread of scores up to which they are all the same."""
_MOST_ALIKE = 0.9
"""Of an embedder's texts of different subjects; one that says more of them tells nothing apart."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for."""

    terms: tuple[str, ...]
    """Distinct content words, in order."""
    vector: Floats | None = None
    """(d,), of length 1; None: by words alone."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """All sections, for one query."""

    fused: NDArray[np.float64]
    """(sections,): what they are ordered by; standardised over those that may be shown."""
    sense: Floats
    """(sections,): cosine by words' meaning, of title or of the whole, whichever is nearer."""
    sentence: Floats
    """(sections,): cosine by sentences' meaning, 0 for what texts of different subjects have; zeros without."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """How a few sections and a query share words; each (sections,), 0 to 1."""

    covered: Floats
    """Share of the query's information that stands in the section."""
    meant: Floats
    """The same, where a word of like meaning counts by its likeness."""
    titled: Floats
    """Share of the information of title and heading that stands in the query, by likeness."""


class SectionIndex:
    """Scores sections. CPU only; nothing in it changes after it was built."""

    def __init__(self, sections: Sequence[Section], vectors: Floats | None = None) -> None:
        """Index the sections.

        Args:
            sections: In the order of the pages.
            vectors: Of length 1, of what ``section_texts`` lists: (2 * sections + strangers, d); None: words alone.
        """
        self._count = len(sections)
        known: dict[str, list[str]] = {}
        titles = [known.setdefault(section.page.id, terms_of(section.page.title)) for section in sections]
        heads = [title + terms_of(section.heading) for title, section in zip(titles, sections, strict=True)]
        bodies = [terms_of(section.text) for section in sections]
        wholes = [[*head, *body] for head, body in zip(heads, bodies, strict=True)]
        self.vocabulary = Vocabulary([frozenset(whole) for whole in wholes])
        self._words = bm25s.BM25(k1=_K1, b=_B)
        fields = [[*title * (_TITLE - 1), *whole] for title, whole in zip(titles, wholes, strict=True)]
        if any(fields):
            self._words.index(fields, show_progress=False)
        self._terms = [self._places(head, whole) for head, whole in zip(heads, wholes, strict=True)]
        self._heads = [len(frozenset(head)) for head in heads]
        self._titles, self._wholes = self.vocabulary.directions(heads), self.vocabulary.directions(wholes)
        self._vectors = None if vectors is None else vectors[: 2 * self._count]
        self._alike = 0.0 if vectors is None else _background(vectors[2 * self._count :])
        pages = [section.page.id for section in sections]
        self._follows = np.array([a == b for a, b in zip(pages[1:], pages, strict=False)], bool)

    @property
    def width(self) -> int:
        """Columns of the sections' vectors; 0 without."""
        return 0 if self._vectors is None else int(self._vectors.shape[1])

    def ranked(self, query: Query, shown: NDArray[np.bool_]) -> Ranked:
        """Score every section; ``shown``, (sections,), are those that may be shown, one at least."""
        sense, sentence = self._sense(query), self._sentence(query)
        words = _standardised(self._lexical(query), shown)
        fused = words + _SENSES * _standardised(sense, shown)
        if query.vector is not None and self._vectors is not None:
            fused = fused + _VECTORS * _standardised(sentence, shown)
        return Ranked(fused, sense, sentence)

    def overlap(self, query: Query, chosen: Sequence[int]) -> Overlap:
        """Compare a query of one term or more with a few sections word by word."""
        asked = np.array([self.vocabulary.place(term) for term in query.terms])
        weights = np.array([self.vocabulary.weight(term) for term in query.terms], np.float32)
        terms = [self._terms[place] for place in chosen]
        rows = np.concatenate(terms)
        starts = np.cumsum([0, *(len(one) for one in terms[:-1])])
        same = asked[:, None] == rows[None, :]
        likeness = meanings(query.terms) @ self.vocabulary.meanings[rows].T
        like = np.maximum(same, np.where(likeness >= _LIKE, likeness, 0.0)).astype(np.float32)
        heads = np.concatenate([np.arange(len(one)) < self._heads[at] for one, at in zip(terms, chosen, strict=True)])
        told = self.vocabulary.weights[rows] * heads
        total = weights.sum()
        covered = weights @ np.maximum.reduceat(same, starts, axis=1) / total
        meant = weights @ np.maximum.reduceat(like, starts, axis=1) / total
        titled = np.add.reduceat(like.max(axis=0) * told, starts) / np.maximum(np.add.reduceat(told, starts), 1e-6)
        return Overlap(covered, meant, np.asarray(titled, np.float32))

    def _lexical(self, query: Query) -> NDArray[np.float64]:
        known = [term for term in query.terms if term in self.vocabulary]
        if not known:
            return np.zeros(self._count)
        own = np.asarray(self._words.get_scores(known), np.float64)
        near = own.copy()
        near[1:] += _NEIGHBOUR * own[:-1] * self._follows
        near[:-1] += _NEIGHBOUR * own[1:] * self._follows
        return np.where(own > 0, near, 0.0)

    def _sense(self, query: Query) -> Floats:
        direction = self.vocabulary.direction(query.terms)
        return np.asarray(np.maximum(self._titles @ direction, self._wholes @ direction), np.float32)

    def _sentence(self, query: Query) -> Floats:
        if query.vector is None or self._vectors is None:
            return np.zeros(self._count, np.float32)
        both = self._vectors @ query.vector
        near = np.maximum(both[: self._count], both[self._count :])
        return np.asarray((near - self._alike) / (1 - self._alike), np.float32)

    def _places(self, head: Sequence[str], whole: Sequence[str]) -> NDArray[np.intp]:
        """Return the rows of a section's distinct terms, those of title and heading first."""
        places = [self.vocabulary.place(term) for term in dict.fromkeys([*head, *whole])]
        return np.array(places or [self.vocabulary.nothing], np.intp)


def _background(strangers: Floats) -> float:
    """Return the mean cosine of texts that have nothing in common: embedders differ in it, from 0 to over .7."""
    count, total = len(strangers), strangers.sum(axis=0, dtype=np.float64)
    return float(min(max((total @ total - count) / (count * (count - 1)), 0.0), _MOST_ALIKE)) if count > 1 else 0.0


def _standardised(scores: NDArray[np.floating], shown: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return scores as standard deviations from the mean of those that may be shown."""
    seen = scores[shown].astype(np.float64)
    spread = float(seen.std())
    if spread <= _SAME:
        return np.zeros(len(scores))
    return np.asarray((scores.astype(np.float64) - float(seen.mean())) / spread, np.float64)
