"""Whether a passage holds what a follow-up asks anew: "and is there a café?" after a question about a shop."""

from __future__ import annotations

import numpy as np

from frontdesk.graph.state import Passage
from frontdesk.nodes.recall.passages.vocabulary import meanings
from frontdesk.nodes.recall.words import terms_of
from frontdesk.nodes.route.senses import senses

MISSED = 0.65
"""What a word says, 0 to 1 by its rarity in the language, times its distance in meaning from the passage's nearest
word: from here the passage is about what was asked before, not about this."""


def holds(message: str, passage: Passage) -> bool:
    """Tell whether everything that a follow-up says stands in a passage, in its words or in like ones.

    Args:
        message: The customer's masked words, without those that they continue.
        passage: Found for both.
    """
    asked = dict.fromkeys(terms_of(message))
    there = dict.fromkeys(terms_of(f"{passage['title']} {passage['text']}"))
    new = tuple(term for term in asked if term not in there)
    if not new:
        return True
    table = senses()
    rows = [table.rows.get(term) for term in new]
    says = np.array([1.0 if row is None else float(table.weights[row]) for row in rows])
    likeness = meanings(new) @ meanings(tuple(there)).T
    near = np.clip(likeness.max(axis=1, initial=0.0), 0.0, 1.0)
    return bool((says * (1 - near)).max() < MISSED)


__all__ = ["MISSED", "holds"]
