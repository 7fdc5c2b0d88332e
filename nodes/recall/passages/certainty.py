"""How certain it is that a section covers a question: a probability that is comparable over searches and desks.

The weights are a logistic regression over what a search sees of a section. They were fitted on questions of one public
set of short answers, half of them with the right answer taken out (``python -m frontdesk.evals.knowledge.fit``; what
they are worth elsewhere: docs/knowledge.md, "Measured"). Half and half is also what they assume of the questions asked.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray

from frontdesk.nodes.recall.passages.index import Query, SectionIndex

LOOKED_AT = 12
"""Sections, the first by fused scores, whose certainty is told."""
_WIDEST = 2.0
"""Lead over other pages at most, either way."""
_MEANT, _TITLED = 4.0, 2.0
"""Weights of shared words beside the fused score, for the lead."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Log-odds per unit of what is seen of a section."""

    base: float
    covered: float
    meant: float
    titled: float
    sense: float
    lead: float
    sentence: float = 0.0


WORDS = Weights(-5.54, 2.62, 4.26, 1.56, 1.03, 0.9)
SENTENCES = Weights(-6.83, 0.78, 4.1, 0.0, 0.0, 1.23, 5.18)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a search sees of the sections that it looked at."""

    places: NDArray[np.intp]
    """(looked at,): which sections."""
    seen: NDArray[np.float64]
    """(looked at, 6): in the order of :class:`Weights`, without the base."""
    sentences: bool
    """Whether sentences were compared, too."""

    def log_odds(self) -> NDArray[np.float64]:
        """Return the log-odds that each section covers the question, (looked at,)."""
        base, *weights = astuple(SENTENCES if self.sentences else WORDS)
        return np.asarray(base + self.seen @ np.array(weights), np.float64)


def evidence(
    index: SectionIndex, query: Query, shown: NDArray[np.bool_], pages: NDArray[np.intp], looked_at: int = LOOKED_AT
) -> Evidence:
    """Look at the likeliest sections.

    Args:
        index: The sections.
        query: With one term or more.
        shown: (sections,): which may be shown; one at least.
        pages: (sections,): a number of the page of each.
        looked_at: How many, at most.
    """
    ranked = index.ranked(query, shown)
    likely = np.where(shown, ranked.fused, -np.inf)
    first = np.argpartition(-likely, looked_at)[:looked_at] if len(likely) > looked_at else np.arange(len(likely))
    places = first[shown[first]]
    shared = index.overlap(query, places.tolist())
    total = ranked.fused[places] + _MEANT * shared.meant + _TITLED * shared.titled
    lead = _leads(total, pages[places])
    columns = (shared.covered, shared.meant, shared.titled, ranked.sense[places], lead, ranked.sentence[places])
    seen = np.stack([np.asarray(column, np.float64) for column in columns], axis=1)
    sentences = query.vector is not None and index.width > 0
    return Evidence(places, seen, sentences)


def _leads(total: NDArray[np.float64], pages: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return by how much each section leads over the best one of another page; negative where it follows."""
    found = np.full(len(total), _WIDEST)
    for row, page in enumerate(pages):
        others = total[pages != page]
        if len(others):
            found[row] = (total[row] - others.max()) / _MEANT
    return np.asarray(np.clip(found, -_WIDEST, _WIDEST), np.float64)


def probability(log_odds: float) -> float:
    """Return log-odds as a probability."""
    return float(1 / (1 + np.exp(-np.clip(log_odds, -30, 30))))
