"""A scenario's talks, indexed as the archive indexes memories, with their vectors where there is an embedder."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from frontdesk.evals.memory.baseline import Plain
from frontdesk.evals.memory.data import Turn
from frontdesk.evals.memory.evidence import Located
from frontdesk.nodes.recall.ranking import Document, Ranker
from frontdesk.nodes.recall.ranking.cutting import passages_of
from frontdesk.nodes.remember.tokens import count_text

Vectors = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Vectors]


class Talks:
    """All that is needed to ask one scenario's questions."""

    def __init__(self, turns: Sequence[Turn], embed: Embed | None) -> None:
        """Index the turns; the baseline, too."""
        self.turns = turns
        self.located = Located(turns)
        self.costs = [count_text(turn.spoken) for turn in turns]
        self.plain = Plain([turn.spoken for turn in turns])
        vectors = _vectors([turn.spoken for turn in turns], embed) if embed else [None] * len(turns)
        documents = [
            Document(turn.name, turn.conversation, turn.number, turn.spoken, turn.at, vector)
            for turn, vector in zip(turns, vectors, strict=True)
        ]
        begun = time.perf_counter()
        self.ranker = Ranker(documents)
        self.build_ms = (time.perf_counter() - begun) * 1000


def _vectors(texts: Sequence[str], embed: Embed) -> list[Vectors | None]:
    """Return for each text its vector and, where it has several passages, theirs."""
    cut = [parts if len(parts := passages_of(text)) > 1 else [] for text in texts]
    wanted = list(dict.fromkeys(part for text, parts in zip(texts, cut, strict=True) for part in (text, *parts)))
    known = dict(zip(wanted, embed(wanted), strict=True))
    return [np.stack([known[part] for part in (text, *parts)]) for text, parts in zip(texts, cut, strict=True)]
