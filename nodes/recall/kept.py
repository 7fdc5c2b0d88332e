"""One thing that is remembered of a customer, and how it is laid out before it is sealed."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from frontdesk.graph.memories import Memory, MemoryKind, NoteSource
from frontdesk.graph.persistence.life.purposes import MEMORY

_LEVELS = 127
"""A component of a vector is kept in one byte; of MiniLM's vectors that moves a cosine by less than 0.01."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A preference, a fact or an episode, as it is kept."""

    id: str
    kind: MemoryKind
    about: str
    text: str
    """Masked, without placeholders."""
    at: float
    expires: float
    """Unix times in seconds: last said or confirmed; forgotten."""
    consent: str
    """On what strength: a consent's id, or ``default:<version of the wording>``."""
    thread: str
    """Where it was learnt; empty where only the kind of store knows."""
    turn: int = 0
    confidence: float = 1.0
    source: NoteSource = "customer"
    purpose: str = MEMORY
    ended: float = 0.0
    """Unix time in seconds when it stopped to hold; 0: it holds."""
    ends: bool = False
    """It says no more than that what was known about this ended."""
    digest: str = ""
    """Of the embedder that made ``vector``; empty: none."""
    scale: float = 0.0
    vector: bytes = b""
    """A signed byte per component, to be multiplied by ``scale``."""

    @property
    def field(self) -> str:
        """Its name in the customer's hash: purpose first and thread last, as consents and erasure look for it."""
        return f"{self.purpose}/{self.id}/{self.thread}"

    def meaning(self, vector: NDArray[np.float32], digest: str) -> Kept:
        """Return it with a vector, (d,), of the embedder ``digest``."""
        scale = float(np.abs(vector).max(initial=0.0)) / _LEVELS or 1.0
        return replace(self, digest=digest, scale=scale, vector=np.rint(vector / scale).astype(np.int8).tobytes())

    def vector_of(self, digest: str) -> NDArray[np.float32] | None:
        """Return its vector, (d,), of length 1 but for rounding; None where it has none of the embedder ``digest``."""
        if not self.vector or self.digest != digest:
            return None
        return np.frombuffer(self.vector, dtype=np.int8) * np.float32(self.scale)

    def memory(self) -> Memory:
        """Return what the rest of the desk sees of it."""
        shown = Memory(
            id=self.id,
            kind=self.kind,
            about=self.about,
            text=self.text,
            at=self.at,
            thread=self.thread,
            turn=self.turn,
            confidence=self.confidence,
            source=self.source,
        )
        if self.ended:
            shown["ended"] = self.ended
        return shown

    def pack(self) -> bytes:
        """Return it as bytes: one line of JSON, then the vector."""
        record = {name: value for name, value in asdict(self).items() if name != "vector" and value not in ("", 0, 0.0)}
        return orjson.dumps({**record, **{name: sound(record.get(name, "")) for name in ("about", "text")}}) + (
            b"\n" + self.vector if self.vector else b""
        )


def unpack(data: bytes) -> Kept:
    """Return what :meth:`Kept.pack` made.

    Raises:
        ValueError, TypeError: It is not such a record.
    """
    record, _, vector = data.partition(b"\n")  # JSON has no line break of its own
    fields: dict[str, Any] = orjson.loads(record)
    return Kept(**{"thread": "", "consent": "", **fields, "vector": vector})


def sound(text: str) -> str:
    """Return the text without halves of characters, which JSON cannot hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


__all__ = ["Kept", "sound", "unpack"]
