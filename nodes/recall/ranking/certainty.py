"""How surely a document has to do with a query at all: what no memory answers must find none."""

from __future__ import annotations

import numpy as np

from frontdesk.nodes.recall.ranking.index import Floats, Index
from frontdesk.nodes.recall.ranking.meaning import Likeness
from frontdesk.nodes.recall.ranking.wording import Matches

WORDS = (-4.89, 7.19, 3.05)
"""Constant, share of the query's words that a passage has, how much they are (natural logarithm)."""
BOTH = (-7.96, 6.24, 15.05)
"""Constant, share of the words, cosine: of all-MiniLM-L6-v2, where texts that have nothing to do with each other lie
below 0.2. Another encoder's cosines may lie higher: fit it anew with
``python -m frontdesk.evals.memory --conversations F --qa F --embeddings SPEC``, which gave these on bfcl_memory."""
LIKELY = 0.5
"""A floor to leave out what has nothing to do with the query."""
_PLAIN = 0.1
"""What the commonest word of the language weighs beside a rare one."""


def features(index: Index, found: Matches, near: Likeness | None) -> Floats:
    """Return what tells, (2, documents): share of the words and their amount, or with vectors share and cosine.

    Words weigh by how rare they are in the language, not among the documents: a customer with three memories has no
    statistics.
    """
    weights = _PLAIN + (1 - _PLAIN) * found.common
    had = np.maximum(np.minimum(found.exact, 1), found.kin)
    amount = np.maximum.reduceat(weights @ had, index.starts)
    told = np.log1p(amount) if near is None else near.best
    return np.asarray(np.stack([amount / max(float(weights.sum()), 1e-6), told]), np.float32)


def certainty(index: Index, found: Matches, near: Likeness | None) -> Floats:
    """Return the chance, (documents,), that each has something to do with the query."""
    chance = _chance(features(index, found, None), WORDS)
    if near is not None:
        chance = np.where(near.known, _chance(features(index, found, near), BOTH), chance)
    return np.asarray(chance, np.float32)


def _chance(told: Floats, weights: tuple[float, ...]) -> Floats:
    logit = weights[0] + np.array(weights[1:], np.float32) @ told
    return np.asarray(1 / (1 + np.exp(-np.clip(logit, -30, 30))), np.float32)
