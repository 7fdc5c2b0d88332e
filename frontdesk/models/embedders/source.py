"""What an embedder asks for vectors, and what of its answers is believed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from frontdesk.errors import ModelError
from frontdesk.graph.placeholders import PLACEHOLDER

MAX_CHARS = 4000
"""Of a text so much is embedded, as much as the lexical features read: below any provider's limit in tokens."""
_WIDEST = 16_384
"""Columns at most; the largest that any provider offers is a quarter of it."""
_SHORTEST, _LARGEST = 1e-6, 1e6
"""Length of a vector at least, and a column's value at most: providers send vectors of length about 1."""

Floats = NDArray[np.float32]


def neutral(text: str) -> str:
    """Return what is embedded of a masked text: placeholders as ``X``.

    What a placeholder is called draws the whole sentence to matters of e-mail or addresses: of 92 held-out questions to
    the retail desk with an address added, MiniLM and a linear head find .71 as they are, .85 so.
    """
    return PLACEHOLDER.sub("X", text[:MAX_CHARS])


class Source(Protocol):
    """A model that embeds."""

    @property
    def batch(self) -> int:
        """Texts of one call at most."""
        ...

    def digest(self) -> str:
        """Return what identifies model and version."""
        ...

    async def vectors(self, texts: Sequence[str]) -> Any:
        """Return something like (texts, d) numbers. May raise anything."""
        ...


def believed(raw: Any, count: int, width: int | None) -> Floats:
    """Return an answer as vectors of length 1.

    Args:
        raw: What the source returned.
        count: How many texts were sent.
        width: Columns of the answers before; None: this is the first.

    Returns:
        (count, width), float32.

    Raises:
        ModelError: ``malformed``: not as many vectors as texts, or vectors of another width, of length 0, or with what
            is no number.
    """
    try:
        given = np.asarray(raw, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        raise ModelError("malformed") from None
    if given.ndim != 2 or given.shape[0] != count or not 1 <= given.shape[1] <= _WIDEST:
        raise ModelError("malformed")
    if width is not None and given.shape[1] != width:
        raise ModelError("malformed")
    if not (np.abs(given) <= _LARGEST).all():  # so that what is no number fails, too
        raise ModelError("malformed")
    lengths = np.linalg.norm(given, axis=1)
    if (lengths < _SHORTEST).any():
        raise ModelError("malformed")
    return np.asarray(given / lengths[:, None], dtype=np.float32)
