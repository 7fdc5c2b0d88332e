"""What the owner of a desk can do about confusions: merge intents, move utterances, write more of them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from frontdesk.evals.route.curve import Curve
from frontdesk.evals.route.fitting import Material
from frontdesk.evals.route.metrics import wilson
from frontdesk.evals.route.unseen import Sample
from frontdesk.nodes.route.features import words_of

MERGE = 0.15
"""Share of the examples of two intents that go to the other one, in both directions, from which merging is worth a
thought."""
MOVE = 0.7
"""Confidence in another intent from which an utterance may stand in the wrong one."""
RECALL = 0.8
"""Share found of an intent's examples, below which more of them are suggested."""
ALIKE = 0.8
"""Dice coefficient of words and word pairs from which two utterances say the same."""
MOST = 20
"""Lines of each list."""


@dataclass(frozen=True)
class Confusion:
    """Examples of one intent that are taken for another."""

    intent: str
    taken_for: str
    count: int
    of: int
    back: int
    """Examples of ``taken_for`` that are taken for ``intent``; of a pair the direction with more of them is given."""


@dataclass(frozen=True)
class Move:
    """An utterance that looks like another intent's."""

    row: int
    """Position among the examples, from 0."""
    intent: str
    likelier: str
    confidence: float


@dataclass(frozen=True)
class More:
    """An intent of which more examples are wanted."""

    intent: str
    examples: int
    found: int
    recall: float
    interval: tuple[float, float]
    more: int | None
    """How many more would bring it to :data:`RECALL`, by the learning curve; None: more than fifty, or not known."""


@dataclass(frozen=True)
class Alike:
    """Two utterances of different intents that say the same."""

    rows: tuple[int, int]
    intents: tuple[str, str]
    alike: float


@dataclass(frozen=True)
class Suggestions:
    """All of them, the weightiest first."""

    confusions: list[Confusion]
    merge: list[Confusion]
    move: list[Move]
    more: list[More]
    alike: list[Alike]

    def facts(self) -> dict[str, Any]:
        """Return them as plain data."""
        return asdict(self)


def suggestions(known: Sample, intents: Sequence[str], texts: Sequence[str], curve: Curve | None) -> Suggestions:
    """Look for what can be done.

    Args:
        known: Messages in scope that the router has not seen.
        intents: Names by class.
        texts: The messages, in the same order.
        curve: How accuracy grows with examples; None where it is not known.
    """
    confused = _confusions(known, intents)
    pairs = [one for one in confused if (one.count, one.taken_for) >= (one.back, one.intent)]
    merge = [one for one in pairs if _mutual(one, known, intents) >= MERGE]
    twins = alike(texts, known.truth, intents)
    return Suggestions(pairs[:MOST], merge, _moves(known, intents)[:MOST], _more(known, intents, curve), twins[:MOST])


def _confusions(known: Sample, intents: Sequence[str]) -> list[Confusion]:
    size = len(intents)
    table = np.zeros((size, size), dtype=np.intp)
    np.add.at(table, (known.truth, known.scored.best), 1)
    counts = table.sum(axis=1)
    found = [
        Confusion(intents[a], intents[b], int(table[a, b]), int(counts[a]), int(table[b, a]))
        for a, b in zip(*np.nonzero(table), strict=True)
        if a != b
    ]
    return sorted(found, key=lambda one: (-one.count - one.back, -one.count, one.intent, one.taken_for))


def _mutual(one: Confusion, known: Sample, intents: Sequence[str]) -> float:
    """Return the share of both intents' examples that go to the other, 0 where they only go one way."""
    other = int((known.truth == list(intents).index(one.taken_for)).sum())
    return (one.count + one.back) / (one.of + other) if min(one.count, one.back) else 0.0


def _moves(known: Sample, intents: Sequence[str]) -> list[Move]:
    sure = known.scored.confidence
    rows = [int(row) for row in np.flatnonzero(~known.right & (sure >= MOVE))]
    found = [
        Move(row, intents[known.truth[row]], intents[known.scored.best[row]], round(float(sure[row]), 3))
        for row in rows
    ]
    return sorted(found, key=lambda one: (-one.confidence, one.row))


def _more(known: Sample, intents: Sequence[str], curve: Curve | None) -> list[More]:
    found: list[More] = []
    for label, intent in enumerate(intents):
        own = known.truth == label
        count, hits = int(own.sum()), int(known.right[own].sum())
        if count and hits / count < RECALL:
            more = curve.more(count, 1 - hits / count, 1 - RECALL) if curve else None
            found.append(More(intent, count, hits, round(hits / count, 4), wilson(hits / count, count), more))
    return sorted(found, key=lambda one: (one.recall, one.intent))


def alike(texts: Sequence[str], labels: Sequence[int] | np.ndarray[Any, Any], intents: Sequence[str]) -> list[Alike]:
    """Return the pairs of texts with different labels that say the same."""
    sets = [frozenset(words) | frozenset(itertools.pairwise(words)) for words in map(words_of, texts)]
    terms = {term: column for column, term in enumerate(dict.fromkeys(term for one in sets for term in one))}
    columns = [terms[term] for one in sets for term in one]
    starts = np.cumsum([0, *(len(one) for one in sets)])
    rows = csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(sets), max(len(terms), 1)))
    shared = (rows @ rows.T).tocoo()
    sizes = np.diff(starts)
    found: list[Alike] = []
    for a, b, count in zip(shared.row, shared.col, shared.data, strict=True):
        share = 2 * count / (sizes[a] + sizes[b])
        if a < b and share >= ALIKE and labels[a] != labels[b]:
            found.append(Alike((int(a), int(b)), (intents[labels[a]], intents[labels[b]]), round(float(share), 3)))
    return sorted(found, key=lambda one: (-one.alike, one.rows))


def learnable(material: Material) -> bool:
    """Tell whether a learning curve can be drawn: at least three intents, and eight utterances each on average."""
    return len(material.intents) >= 3 and material.utterances >= 8 * len(material.intents)
