"""Search in the desk's pages: BM25 over sections, and a threshold below which no page covers the query."""

from __future__ import annotations

import logging
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime

import bm25s
import numpy as np

from frontdesk.desk.config import Page
from frontdesk.graph.state import Passage
from frontdesk.nodes.recall.sections import Section, sections_of
from frontdesk.nodes.recall.words import terms_of

# bm25s sets its logger to DEBUG at import, which prints through any root handler.
logging.getLogger("bm25s").setLevel(logging.WARNING)

COVERED = 0.5
"""Share of the query's information (summed inverse document frequency) that the best section must hold."""
COVERED_PREFERRED = 0.15
"""The same for a page that the intent names: that the intent was recognised is evidence of its own."""
NEAR = 0.35
"""A further passage must reach this share of the best one's score: a weak one only distracts."""
_PER_PAGE = 2
"""Passages of one page: then another page is worth more than a third section of the same."""
_TITLE_WEIGHT = 2
_PREFER = 1.3
_SPOKEN = 2.0
"""Factor of a page in the customer's language: names and numbers stand in both, the rest is for one to read."""
_K1, _B = 1.2, 0.3
"""Sections are short and of like length: little length normalisation (design.md measured the same for memory)."""


def today_utc() -> date:
    """Return today's date, UTC."""
    return datetime.now(UTC).date()


class PageSearch:
    """Implements :class:`frontdesk.graph.deps.Knowledge` over pages in memory. CPU only, below a millisecond."""

    def __init__(self, pages: Iterable[Page], today: Callable[[], date] = today_utc) -> None:
        """Index the pages. ``today`` decides which of them are valid yet."""
        self._today = today
        self._sections = [section for page in pages for section in sections_of(page)]
        fields = [_terms(section) for section in self._sections]
        self._terms = [frozenset(terms) for terms in fields]
        spread = Counter(term for terms in self._terms for term in terms)
        self._idf = {term: math.log(1 + len(fields) / count) for term, count in spread.items()}
        self._unknown = math.log(1 + len(fields)) if fields else 1.0
        self._index = bm25s.BM25(k1=_K1, b=_B)
        if spread:
            self._index.index(fields, show_progress=False)

    def search(
        self, query: str, *, signed_in: bool, prefer: Sequence[str] = (), limit: int = 3, language: str = ""
    ) -> list[Passage]:
        """Return the best passages.

        Args:
            query: The customer's masked words.
            signed_in: Whether pages for customers may be shown.
            prefer: Page ids that are likelier than others.
            limit: Most passages returned, at most one per section.
            language: Tag of the customer's language; a page that is written in it comes before one in another.

        Returns:
            Best first. Empty when no valid page covers the query: too little of what it says stands in any section.
        """
        terms = list(dict.fromkeys(terms_of(query)))
        known = [term for term in terms if term in self._idf]
        if not known:
            return []
        weights = {term: self._idf.get(term, self._unknown) for term in terms}
        scores = np.asarray(self._index.get_scores(known), dtype=np.float64)
        today, preferred = self._today(), frozenset(prefer)
        ranked: list[tuple[float, int]] = []
        for position in map(int, np.flatnonzero(scores)):
            page = self._sections[position].page
            if not _visible(page, signed_in, today):
                continue
            needed = COVERED_PREFERRED if page.id in preferred else COVERED
            if _covered(weights, self._terms[position]) >= needed:
                likely = _PREFER if page.id in preferred else 1.0
                ranked.append((float(scores[position]) * likely * _spoken(page, language), position))
        ranked.sort(key=lambda hit: (-hit[0], hit[1]))
        kept: list[Passage] = []
        for score, position in ranked:
            near = len(kept) < limit and score >= NEAR * ranked[0][0]
            same = sum(passage["page"] == self._sections[position].page.id for passage in kept)
            if near and same < _PER_PAGE:
                kept.append(_passage(self._sections[position], score))
        return kept


def _terms(section: Section) -> list[str]:
    """Return the terms of a section; those of its page's title and its own heading count more."""
    return terms_of(section.page.title) * _TITLE_WEIGHT + terms_of(section.heading) + terms_of(section.text)


def _spoken(page: Page, language: str) -> float:
    """Return the factor of a page's language; a page without a tag, or a customer without one, changes nothing."""
    if not page.language or not language:
        return 1.0
    return _SPOKEN if page.language == language else 1 / _SPOKEN


def _visible(page: Page, signed_in: bool, today: date) -> bool:
    if page.audience == "customer" and not signed_in:
        return False
    return page.valid_from is None or page.valid_from <= today


def _covered(weights: Mapping[str, float], terms: frozenset[str]) -> float:
    """Return the share of the query's weight that stands in the section, 0 to 1."""
    return sum(weight for term, weight in weights.items() if term in terms) / sum(weights.values())


def _passage(section: Section, score: float) -> Passage:
    page = section.page
    return Passage(page=page.id, title=page.title, url=page.url, text=section.text, score=round(score, 4))
