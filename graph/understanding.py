"""Protocols of what tells the meaning of a message; re-exported by ``frontdesk.graph.deps``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from frontdesk.graph.state import Route


class Router(Protocol):
    """Intent and calibrated confidence."""

    async def route(self, text: str) -> Route:
        """Classify one masked message: below a millisecond, and with embeddings up to ``embeddings.timeout``."""
        ...

    async def route_many(self, texts: Sequence[str]) -> list[Route]:
        """Classify several masked texts (one or more) in the time of one."""
        ...


class Embedder(Protocol):
    """Texts to vectors. Masked texts only: a provider may read them."""

    def digest(self) -> str:
        """Return what identifies model and version: what is derived from vectors is valid for one digest only."""
        ...

    def expect(self, width: int) -> None:
        """Take no vectors of another width from now on."""
        ...

    async def embed(self, text: str) -> NDArray[np.float32]:
        """Return the vector of one text, (d,), of length 1; the same text within a turn costs one call.

        Raises ModelError, with a closed code as its text, when it cannot be had in time.
        """
        ...

    async def embed_many(self, texts: Sequence[str], *, seconds: float | None = None) -> NDArray[np.float32]:
        """Return (texts, d), each as ``embed`` has it. ``seconds``: for a call of work that is not a turn's."""
        ...
