"""Which of a customer's memories a message calls for: pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from frontdesk.graph.memories import Memory
from frontdesk.nodes.recall.kept import Kept
from frontdesk.nodes.recall.merging import standing
from frontdesk.nodes.recall.ranking import LIKELY, Document, Ranker

STANDING: Final = frozenset({"accessibility", "language", "name", "reply", "tone"})
"""Preferences, by the first part of their key, that hold for every answer, whatever it is about."""
MOST_STANDING: Final = 4
"""Of them at most."""


def found(
    items: Iterable[Kept],
    query: str,
    *,
    thread: str = "",
    vector: NDArray[np.float32] | None = None,
    digest: str = "",
    now: float | None = None,
    limit: int = 5,
) -> list[Memory]:
    """Return what matters to a message: first what holds for every answer, then the rest, best first.

    Args:
        items: All that is kept of the customer and may be used.
        query: Masked text.
        thread: The running conversation: of what was learnt in it only what holds for every answer is returned.
        vector: The query's, (d,), of length 1.
        digest: Of the embedder that made it.
        now: Unix time in seconds.
        limit: Memories at most.

    Returns:
        Nothing that ended. What shares no word with the message, and is not likely to have to do with it by meaning or
        by a time that it names, is left out.
    """
    current = standing(items)
    always = [item for item in current if _always(item)][: min(limit, MOST_STANDING)]
    others = [item for item in current if not _always(item) and not (thread and item.thread == thread)]
    ranked = _ranked(others, query, vector, digest, now, limit - len(always))
    return [item.memory() for item in always] + [Memory(**{**item.memory(), "score": score}) for score, item in ranked]


def _ranked(
    items: Sequence[Kept], query: str, vector: NDArray[np.float32] | None, digest: str, now: float | None, limit: int
) -> list[tuple[float, Kept]]:
    if not items or limit < 1:
        return []
    vectors = [None if vector is None else item.vector_of(digest) for item in items]
    documents = [
        Document(item.field, item.thread, item.turn, _words(item), item.at, each)
        for item, each in zip(items, vectors, strict=True)
    ]
    # a note is a few words long: one of them in the message is enough, however much else it says
    ranked = Ranker(documents).search(query, vector, now=now, limit=limit, least=LIKELY, shared=True)
    return [(score, items[index]) for score, index in ranked]


def _always(item: Kept) -> bool:
    return item.kind == "preference" and item.about.partition(".")[0] in STANDING


def _words(item: Kept) -> str:
    return f"{item.text} {item.about.replace('.', ' ').replace('_', ' ')}"


__all__ = ["MOST_STANDING", "STANDING", "found"]
