"""What goes into a search in pages, and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass

from frontdesk.graph.deps import Embedder
from frontdesk.graph.state import Passage
from frontdesk.nodes.recall.passages.index import Query
from frontdesk.nodes.recall.passages.reranking import Reranker
from frontdesk.nodes.recall.passages.vocabulary import Floats
from frontdesk.nodes.recall.sections import Section
from frontdesk.nodes.recall.words import terms_of


@dataclass(frozen=True, slots=True)
class Hit:
    """A section that was looked at."""

    section: Section
    certainty: float
    """That it covers the question, 0 to 1; comparable over searches."""
    rank: float
    """What hits are ordered by."""


@dataclass(frozen=True, slots=True)
class Means:
    """What a search may use beside the words of the pages."""

    embedder: Embedder | None = None
    vectors: Floats | None = None
    """Of the sections, as ``section_vectors`` has them."""
    reranker: Reranker | None = None


def query_of(text: str, vector: Floats | None = None) -> Query:
    """Return what is searched for of a masked text."""
    return Query(tuple(dict.fromkeys(terms_of(text))), vector)


def passage_of(hit: Hit) -> Passage:
    """Return a hit as an answer may cite it."""
    page = hit.section.page
    score = round(hit.certainty, 4)
    return Passage(page=page.id, title=page.title, url=page.url, text=hit.section.text, score=score)
