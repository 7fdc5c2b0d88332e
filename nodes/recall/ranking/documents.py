"""What is ranked: one remembered text, with where and when it was said."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """One text that can be found again."""

    key: str
    """The caller's own; not looked at."""
    session: str = ""
    """The conversation it belongs to; empty: none that is known, and no other document of it."""
    position: int = 0
    """Turn in the session; documents of a session whose positions differ by one or two are neighbours."""
    text: str = ""
    at: float = 0.0
    """Unix time in seconds when it was said; 0: not known."""
    vector: NDArray[np.float32] | None = None
    """(d,), of length 1, of the same embedder as the query's; or (1 + n, d): the text's, and those of its passages
    (:func:`~frontdesk.nodes.recall.ranking.cutting.passages_of`). None: ranked by its words alone."""
