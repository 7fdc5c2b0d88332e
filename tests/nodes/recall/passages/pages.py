"""Pages of a guest house, and vectors by table."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from frontdesk.desk.config import Page
from frontdesk.errors import ModelError

PAGES = [
    Page(id="pets", title="Can I bring my dog?", body="Dogs are welcome for a fee of 10 EUR per night."),
    Page(id="parking", title="Is there parking?", body="Cars stand behind the house, free of charge."),
    Page(id="breakfast", title="When is breakfast served?", body="From seven to ten in the garden room."),
    Page(id="wifi", title="Is there wireless internet?", body="Yes, in all rooms."),
    Page(
        id="checkin",
        title="Arrival",
        body="Rooms are ready from three in the afternoon.\n\n## Late arrival\n\nCall us.",
    ),
    Page(id="children", title="Are children welcome?", body="Cots are free, and there is a playground."),
]
WIDTH = 8


class Tabled:
    """An embedder of made-up vectors: the same text, the same vector."""

    def __init__(self, same: Sequence[tuple[str, str]] = (), *, fails: bool = False) -> None:
        """``same``: pairs of texts that mean the same; ``fails``: it cannot be asked."""
        self.asked: list[str] = []
        self._same, self.fails = dict(same), fails

    def digest(self) -> str:
        return "tabled"

    def expect(self, width: int) -> None: ...

    async def embed(self, text: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = (await self.embed_many([text]))[0]
        return vector

    async def embed_many(self, texts: Sequence[str], *, seconds: float | None = None) -> NDArray[np.float32]:
        if self.fails:
            raise ModelError("timeout")
        self.asked += texts
        return np.stack([self._one(self._same.get(text, text)) for text in texts])

    def _one(self, text: str) -> NDArray[np.float32]:
        drawn = np.random.default_rng(zlib.crc32(text.encode())).standard_normal(WIDTH)
        return np.asarray(drawn / np.linalg.norm(drawn), np.float32)
