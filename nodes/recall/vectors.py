"""Vectors of memories, made when they are learnt; a search makes the message's only."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from frontdesk.errors import ModelError
from frontdesk.graph.deps import Embedder
from frontdesk.nodes.recall.kept import Kept

EMBEDDED = 32
"""Texts that are embedded with one change: its own, and such as have no vector of today's embedder yet."""
SECONDS = 10.0
"""For the vectors of what is learnt; nobody waits for them."""


class Vectors:
    """Gives memories their vectors, within one change that may have to be worked out anew."""

    def __init__(self, embedder: Embedder | None) -> None:
        """Take what makes them; None: nothing does."""
        self._embedder = embedder
        self._known: dict[str, NDArray[np.float32]] = {}

    async def given(self, items: Mapping[str, Kept]) -> dict[str, Kept]:
        """Return the items, those that hold and have no vector of today's embedder with one.

        Without one where it cannot be had in time: they are found by their words until another change tries again.
        """
        if self._embedder is None:
            return dict(items)
        digest = self._embedder.digest()
        lacking = [item for item in items.values() if item.digest != digest and not item.ends and not item.ended]
        await self._make([item.text for item in lacking])
        made = {
            item.field: item.meaning(self._known[item.text], digest) for item in lacking if item.text in self._known
        }
        return {**items, **made}

    async def _make(self, texts: list[str]) -> None:
        # the newest first, should they be too many
        wanted = list(dict.fromkeys(text for text in reversed(texts) if text.strip() and text not in self._known))
        if not wanted or self._embedder is None:
            return
        try:
            vectors = await self._embedder.embed_many(wanted[:EMBEDDED], seconds=SECONDS)
        except ModelError:
            return
        self._known.update(zip(wanted, vectors, strict=False))


async def vector_of(embedder: Embedder | None, query: str) -> NDArray[np.float32] | None:
    """Return the message's vector; None where it cannot be had in time: the words are enough to go on."""
    try:
        return await embedder.embed(query) if embedder and query.strip() else None
    except ModelError:
        return None


__all__ = ["EMBEDDED", "Vectors", "vector_of"]
