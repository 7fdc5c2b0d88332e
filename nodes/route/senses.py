"""What words mean, as a table of small vectors, so that a wording which no utterance has is still not foreign.

The table is data of the package: the vector that the encoder all-MiniLM-L6-v2 gives to each English word alone, reduced
to :data:`WIDTH` columns (``frontdesk train senses``; docs/training.md). No text was read for it. At 10 examples per
intent it is worth 2 points of accuracy on validation parts of banking77 and clinc150 (docs/design.md, "Routing"). A
word that is not in it, of another language or misspelt, adds nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

TABLE = Path(__file__).with_name("senses.npz")
WIDTH = 128
"""Columns of a word's vector."""
_COMMON = 250.0
"""Rank among the commonest words at which a word counts half: "the" says little of what is wanted."""


@dataclass(frozen=True)
class Senses:
    """Stems with their vectors."""

    rows: dict[str, int]
    """Stem to row."""
    vectors: NDArray[np.int8]
    """(stems, WIDTH), all of about the same length."""
    weights: NDArray[np.float32]
    """(stems,): 0 for the commonest words, 1 for rare ones."""

    def direction(self, weighted: Sequence[tuple[str, float]]) -> NDArray[np.float32]:
        """Return the direction of words with their weights, (WIDTH,); zeros where none is in the table.

        Its length is the weight of the words that are in the table, of that of all: 1 at most. Of a message with many
        misspelt words the few that are left say little, and must not say it loudly.
        """
        known = [(row, weight) for word, weight in weighted if (row := self.rows.get(word)) is not None]
        if not known:
            return np.zeros(WIDTH, np.float32)
        places = np.array([row for row, _ in known], np.intp)
        shares = np.array([weight for _, weight in known], np.float32) * self.weights[places]
        total = shares @ self.vectors[places].astype(np.float32)
        foreign = sum(weight for word, weight in weighted if word not in self.rows)
        length, counted = float(np.sqrt(total @ total)), float(shares.sum())
        return np.asarray(total * (counted / (counted + foreign) / max(length, 1e-6)), np.float32)


@lru_cache(maxsize=1)
def senses() -> Senses:
    """Return the table that ships; some 15 ms the first time."""
    with np.load(TABLE, allow_pickle=False) as stored:
        stems = stored["stems"].tobytes().decode().split("\n")
        vectors, ranks = stored["vectors"], stored["ranks"].astype(np.float32)
    return Senses({stem: row for row, stem in enumerate(stems)}, vectors, ranks / (_COMMON + ranks))
