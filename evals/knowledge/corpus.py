"""Pages of a file in the product's search: one index of all, one per domain, each as a desk's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from frontdesk.desk.config import Page, Search
from frontdesk.evals.knowledge.data import Doc, domains_of
from frontdesk.evals.route.fitting import Embed
from frontdesk.nodes.recall.knowledge import Hit, Means, PageSearch, query_of
from frontdesk.nodes.recall.passages.index import SectionIndex
from frontdesk.nodes.recall.passages.vectors import section_texts
from frontdesk.nodes.recall.passages.vocabulary import Floats
from frontdesk.nodes.recall.sections import Section, sections_of

LOOKED_AT = 48
"""Sections, so that of long pages with many sections ten pages are still told."""
_DAY = date(2000, 1, 1)


def _today() -> date:
    return _DAY


class Corpus:
    """Searches the pages of a file, all or those of a domain."""

    def __init__(self, docs: Sequence[Doc], embed: Embed | None, *, whole: bool = True) -> None:
        """Index them; ``embed``: texts to vectors, or None for words alone; ``whole``: all pages in one, too."""
        self._embed = embed
        self._own = {doc.id: f"page-{number}" for number, doc in enumerate(docs)}
        self._ids = {own: doc for doc, own in self._own.items()}
        self._domains = {domain: self._search(part) for domain, part in domains_of(list(docs))}
        self._all = self._search(docs) if whole else None

    def find(self, text: str, domain: str | None) -> list[tuple[str, Hit]]:
        """Return pages with their best section, best first; ``domain`` None: all pages."""
        search = self._all if domain is None else self._domains[domain]
        if search is None:
            raise ValueError("all pages were not indexed together")
        asked = query_of(text)
        if not asked.terms:
            return []
        vector = self._embed((text,))[0].astype(np.float32) if self._embed else None
        found: dict[str, Hit] = {}
        for hit in search.hits(query_of(text, vector), signed_in=True, looked_at=LOOKED_AT):
            found.setdefault(self._ids[hit.section.page.id], hit)
        return list(found.items())

    def _search(self, docs: Sequence[Doc]) -> PageSearch:
        pages = [_page(self._own[doc.id], doc) for doc in docs]
        sections = [section for page in pages for section in sections_of(page)]
        return PageSearch(pages, _today, Search(), Means(vectors=_vectors(sections, self._embed)))


def indexed(docs: Sequence[Doc], embed: Embed | None) -> SectionIndex:
    """Return the index of short pages, a section each, in their order."""
    sections = [sections_of(_page(f"page-{number}", doc))[0] for number, doc in enumerate(docs)]
    return SectionIndex(sections, _vectors(sections, embed))


def _vectors(sections: Sequence[Section], embed: Embed | None) -> Floats | None:
    return embed(section_texts(sections)).astype(np.float32) if embed else None


def _page(own: str, doc: Doc) -> Page:
    """Return a page; without validation, since a file's titles may be shorter than a desk's."""
    return Page(id=own, title="--", body=doc.body.strip() or doc.title).model_copy(update={"title": doc.title})
