"""How well documents' words answer a query's: BM25 of a text, of its best passage and of its conversation.

BM25 as Lucene has it (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework"), over stems, with three
additions, each for a reason: a word of much the same meaning counts a little (the table of senses that ships); what is
said around a text says what it is about (Callan 1994 on passages); and so does the conversation.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from frontdesk.nodes.recall.ranking.index import Floats, Index, Places
from frontdesk.nodes.recall.words import terms_of
from frontdesk.nodes.route.senses import senses

K1, B = 1.2, 0.3
"""Of BM25; b is low because a customer's longer texts say more rather than the same at greater length."""
NEIGHBOURS = (0.5, 0.25)
"""What counts of the score of the passages next to one, and next but one."""
LONG = 25.0
"""Content words from which a text needs its neighbours less: those of longer ones count by its inverse length."""
SESSION = 1.0
"""What the conversation's score counts beside the text's own; 0.25 to 1.5 do as well."""
KIN, KIN_FROM = 0.5, 0.4
"""What a word of the very same meaning would count, and the cosine from which another's is kin at all."""


@dataclass(frozen=True)
class Matches:
    """Where a query's terms stand."""

    exact: Floats
    """(terms, passages): how often."""
    kin: Floats
    """(terms, passages): how near the nearest other word comes, 0 to ``KIN``."""
    common: Floats
    """(terms,): 0 for the commonest words of the language, 1 for rare ones."""

    def shared(self, index: Index) -> NDArray[np.bool_]:
        """Tell which documents, (documents,), have one of the terms."""
        return np.asarray(np.logical_or.reduceat(self.exact.any(axis=0), index.starts), np.bool_)


def matches(index: Index, query: str) -> Matches:
    """Find a query's terms in the passages."""
    terms = list(dict.fromkeys(terms_of(query)))
    table = senses()
    rows = [table.rows.get(term, -1) for term in terms]
    common = np.array([1.0 if row < 0 else table.weights[row] for row in rows], np.float32)
    columns = [index.terms.get(term, -1) for term in terms]
    return Matches(index.exact(columns), index.greatest(*_kin(index, rows, columns), len(terms)), common)


def _kin(index: Index, rows: list[int], columns: list[int]) -> tuple[Places, Places, Floats]:
    """Return which terms of the documents are kin to which of the query, and how much they count."""
    table = senses()
    places = np.fromiter(map(table.rows.get, index.terms, repeat(-1)), np.intp, len(index.terms))
    own, asked = np.flatnonzero(places >= 0), np.array([place for place, row in enumerate(rows) if row >= 0], np.intp)
    if not len(own) or not len(asked):
        return np.zeros(0, np.intp), np.zeros(0, np.intp), np.zeros(0, np.float32)
    vectors = table.vectors[places[own]].astype(np.float32)
    wanted = table.vectors[np.array(rows)[asked]].astype(np.float32)
    # the table's vectors all have about the same length
    likeness = (wanted @ vectors.T) / float(wanted[0] @ wanted[0])
    likeness[own[None, :] == np.array(columns)[asked][:, None]] = 0.0
    which, other = np.nonzero(likeness > KIN_FROM)
    weights = KIN * np.minimum((likeness[which, other] - KIN_FROM) / (1 - KIN_FROM), 1.0)
    return asked[which], own[other], weights.astype(np.float32)


def scored(index: Index, found: Matches) -> Floats:
    """Return a score per document, (documents,), 0 or more."""
    sizes = np.add.reduceat(index.lengths, index.starts)
    whole = (np.add.reduceat(found.exact, index.starts, axis=1), np.maximum.reduceat(found.kin, index.starts, axis=1))
    talk = (np.add.reduceat(whole[0], index.opening, axis=1), np.maximum.reduceat(whole[1], index.opening, axis=1))
    near = min(1.0, LONG / max(float(sizes.mean()), 1.0))
    own = around(index, bm25(*whole, sizes), tuple(weight * near for weight in NEIGHBOURS))
    talks = bm25(*talk, np.add.reduceat(sizes, index.opening))
    best = np.maximum.reduceat(around(index, bm25(found.exact, found.kin, index.lengths), NEIGHBOURS), index.starts)
    return np.asarray(own + best + SESSION * talks[index.session], np.float32)


def bm25(exact: Floats, kin: Floats, lengths: Floats) -> Floats:
    """Score texts.

    Args:
        exact: (terms, texts): how often each term stands in each text.
        kin: (terms, texts): what counts in its place where it does not, below 1.
        lengths: (texts,): words of each.

    Returns:
        (texts,).
    """
    count = len(lengths)
    # a word that stands nowhere is as rare as one that stands once: only its kin can count
    spread = np.maximum((exact > 0).sum(axis=1), 1)
    rarity = np.log1p((count - spread + 0.5) / (spread + 0.5)).astype(np.float32)
    often = np.maximum(exact, kin)
    damped = often + K1 * (1 - B + B * lengths / max(float(lengths.mean()), 1.0))
    return np.asarray(rarity @ (often * np.float32(K1 + 1) / damped), np.float32)


def around(index: Index, scores: Floats, weights: tuple[float, ...]) -> Floats:
    """Add to each score what counts of its neighbours' in the same session.

    Args:
        index: The documents.
        scores: (documents,) or (passages,).
        weights: For those next to it, next but one, and so on; turns further apart than that are no neighbours.
    """
    owner = index.owner if len(scores) == len(index.owner) else np.arange(len(scores))
    session, turn = index.session[owner], index.turn[owner]
    total = scores.copy()
    for apart, weight in enumerate(weights, 1):
        linked = (session[apart:] == session[:-apart]) & (turn[apart:] - turn[:-apart] <= apart)
        total[apart:] += np.float32(weight) * np.where(linked, scores[:-apart], 0)
        total[:-apart] += np.float32(weight) * np.where(linked, scores[apart:], 0)
    return total
