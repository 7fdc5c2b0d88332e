"""Search in the desk's pages: which sections cover a question, how certain that is, and when none does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from frontdesk.desk.config import Page, Search
from frontdesk.desk.pages import speaks, superseded, visible
from frontdesk.errors import ModelError
from frontdesk.graph.deps import Embedder
from frontdesk.graph.state import Passage
from frontdesk.nodes.recall.passages.certainty import LOOKED_AT, evidence, probability
from frontdesk.nodes.recall.passages.hits import Hit, Means, passage_of, query_of
from frontdesk.nodes.recall.passages.index import Query, SectionIndex
from frontdesk.nodes.recall.passages.reranking import open_reranker
from frontdesk.nodes.recall.passages.vectors import section_vectors
from frontdesk.nodes.recall.passages.vocabulary import Floats
from frontdesk.nodes.recall.sections import Section, sections_of

PREFERRED = 4.0
"""Log-odds that a page covers the question because the intent names it: that it was recognised is evidence of its own.
"""
BESIDE = 0.5
"""Share of the needed certainty that a further passage must reach where one covers: a weak one only distracts."""
_PER_PAGE = 2
"""Passages of one page: then another page is worth more than a third section of the same."""
_SPOKEN = 1.5
"""Log-odds by which a page in the customer's language comes before one of which nothing is known: names and numbers
stand in both, the rest is for one to read. For the order only: a page in another language covers no less."""
_LARGE = 2000
"""Sections from which a search is done in a thread."""


def today_utc() -> date:
    """Return today's date, UTC."""
    return datetime.now(UTC).date()


class PageSearch:
    """Implements :class:`frontdesk.graph.deps.Knowledge` over pages in memory."""

    def __init__(
        self,
        pages: Iterable[Page],
        today: Callable[[], date] = today_utc,
        rules: Search | None = None,
        means: Means | None = None,
    ) -> None:
        """Index the pages; :func:`open_pages` does it with what a desk names.

        Args:
            pages: All of the desk.
            today: Decides which of them are valid.
            rules: The desk's; by default those of a desk that says nothing.
            means: Beside the words.
        """
        self._today, self._rules, self._means = today, rules or Search(), means or Means()
        listed = list(pages)
        self._replacing = [page for page in listed if page.replaces]
        self._sections = [section for page in listed for section in sections_of(page)]
        self._pages = np.array(_numbered(self._sections), np.intp)
        self._visible: dict[tuple[date, bool], NDArray[np.bool_]] = {}
        self._index = SectionIndex(self._sections, self._means.vectors)

    async def search(
        self, query: str, *, signed_in: bool, prefer: Sequence[str] = (), limit: int | None = None, language: str = ""
    ) -> list[Passage]:
        """Return the passages that cover a query.

        Args:
            query: The customer's masked words.
            signed_in: Whether pages for customers may be shown.
            prefer: Page ids that are likelier than others.
            limit: Most passages returned; by default the desk's ``search.limit``.
            language: Tag of the customer's language; a page that is written in it comes before one in another.

        Returns:
            Best first, with their certainty as score. Empty when no page covers the query: none is as certain as the
            desk's ``search.covered`` asks.
        """
        most = self._rules.limit if limit is None else limit
        asked = query_of(query)
        if not asked.terms or not self._sections or most < 1:
            return []
        asked = replace(asked, vector=await self._vector(query))
        if len(self._sections) >= _LARGE:
            hits = await asyncio.to_thread(self.hits, asked, signed_in=signed_in, prefer=prefer, language=language)
        else:
            hits = self.hits(asked, signed_in=signed_in, prefer=prefer, language=language)
        reranker = self._means.reranker
        found = self.kept(hits, LOOKED_AT if reranker else most)
        return (await reranker.ordered(query, found) if reranker and found else found)[:most]

    async def nearest(
        self, query: str, *, signed_in: bool, prefer: Sequence[str] = (), language: str = ""
    ) -> Hit | None:
        """Return the section that comes nearest, covering or not; None for words without a subject."""
        asked = query_of(query)
        if not asked.terms or not self._sections:
            return None
        asked = replace(asked, vector=await self._vector(query))
        hits = await asyncio.to_thread(self.hits, asked, signed_in=signed_in, prefer=prefer, language=language)
        return max(hits, key=lambda hit: hit.certainty, default=None)

    def hits(
        self,
        query: Query,
        *,
        signed_in: bool,
        prefer: Sequence[str] = (),
        language: str = "",
        looked_at: int = LOOKED_AT,
    ) -> list[Hit]:
        """Return the sections that were looked at, best first, whether they cover the query or not. CPU only."""
        shown = self._shown(signed_in)
        if not query.terms or not shown.any():
            return []
        found = evidence(self._index, query, shown, self._pages, looked_at)
        preferred = frozenset(prefer)
        hits: list[Hit] = []
        for place, odds in zip(found.places.tolist(), found.log_odds().tolist(), strict=True):
            section = self._sections[place]
            likely = odds + (PREFERRED if section.page.id in preferred else 0.0)
            spoken = _SPOKEN * (2 * speaks(section.page, language) - 1)
            hits.append(Hit(section, probability(likely), likely + spoken))
        return sorted(hits, key=lambda hit: -hit.rank)

    def kept(self, hits: Sequence[Hit], limit: int) -> list[Passage]:
        """Return what an answer may draw on: nothing where no hit is certain enough."""
        needed = self._rules.covered
        if not any(hit.certainty >= needed for hit in hits):
            return []
        passages: list[Passage] = []
        for hit in hits:
            same = sum(passage["page"] == hit.section.page.id for passage in passages)
            if hit.certainty >= BESIDE * needed and same < _PER_PAGE and len(passages) < limit:
                passages.append(passage_of(hit))
        return passages

    def _shown(self, signed_in: bool) -> NDArray[np.bool_]:
        today = self._today()
        known = self._visible.get((today, signed_in))
        if known is None:
            replaced = superseded(self._replacing, today)
            pages = (section.page for section in self._sections)
            flags = [visible(page, signed_in=signed_in, today=today, replaced=replaced) for page in pages]
            known = np.array(flags, bool)
            # yesterday's are of no use any more
            kept = {(day, who): mask for (day, who), mask in self._visible.items() if day == today}
            self._visible = {**kept, (today, signed_in): known}
        return known

    async def _vector(self, query: str) -> Floats | None:
        """Return the query's vector; None without an embedder, and where it fails: the search goes on by words."""
        if self._means.embedder is None or not self._index.width:
            return None
        try:
            vector = await self._means.embedder.embed(query)
        except ModelError:  # the embedder has logged it
            return None
        return vector if len(vector) == self._index.width else None


async def open_pages(
    pages: Iterable[Page], rules: Search, *, root: Path, embedder: Embedder | None = None, home: Path | None = None
) -> PageSearch:
    """Index a desk's pages, off the event loop, with everything that the desk names.

    Args:
        pages: All of the desk, as the guards left them.
        rules: The desk's.
        root: The desk's folder, where its reranker may lie.
        embedder: What the router asks, too; None: words alone.
        home: Data folder of this machine, for vectors; None keeps nothing on disk.

    Raises:
        ConfigurationError: The reranker cannot be loaded.
    """
    listed = list(pages)
    reranker = await asyncio.to_thread(open_reranker, rules.reranker, root)
    chosen = embedder if rules.embeddings else None
    sections = [section for page in listed for section in sections_of(page)]
    means = Means(chosen, await section_vectors(sections, chosen, home), reranker)
    return await asyncio.to_thread(PageSearch, listed, rules=rules, means=means)


def _numbered(sections: Sequence[Section]) -> list[int]:
    """Return of each section a number of its page."""
    numbers: dict[str, int] = {}
    return [numbers.setdefault(section.page.id, len(numbers)) for section in sections]


__all__ = ["Hit", "Means", "PageSearch", "open_pages", "query_of", "today_utc"]
