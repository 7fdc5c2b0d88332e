"""Records of long-term memory and of what a model was shown: plain dicts with a note on every field."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from frontdesk.desk.remembering import ContextPart, MemoryKind

NoteSource = Literal["customer", "model", "desk"]
"""The customer's own words by rule; a model's reading of them; what the desk itself did."""


class Note(TypedDict):
    """What a turn taught about the customer, before it is kept."""

    kind: MemoryKind
    about: str
    """What it is about, as a closed or derived key such as ``diet``, ``address.town``, ``tone``: a newer note about the
    same replaces the older one. Empty for an episode, which is about its thread."""
    text: str
    """Masked; placeholders are already words, because in another thread they would stand for other values."""
    confidence: float
    """0 to 1."""
    source: NoteSource
    at: NotRequired[float]
    """Unix time in seconds when it was said; absent: when it is kept. Of two notes the one said later holds."""
    ended: NotRequired[bool]
    """True: what was known about this no longer holds, and nothing takes its place ("I am no longer vegetarian")."""


class Memory(TypedDict):
    """What is kept of a customer, as it is recalled, listed and corrected."""

    id: str
    """Opaque; unique per customer."""
    kind: MemoryKind
    about: str
    text: str
    """Masked."""
    at: float
    """Unix time in seconds when it was last said or confirmed."""
    thread: str
    """Where it was learnt."""
    turn: int
    """1 for the thread's first turn."""
    confidence: float
    source: NoteSource
    score: NotRequired[float]
    """Retrieval score; comparable within one search only."""
    ended: NotRequired[float]
    """Unix time in seconds when it stopped to hold: history, never recalled as a present fact."""


class ContextReport(TypedDict):
    """What a model was shown in this turn's last call: figures and closed codes, no words."""

    tokens: int
    """Estimated, never under."""
    budget: int
    parts: dict[str, int]
    """Tokens per part."""
    left_out: list[str]
    """What did not fit, as ``window:4`` (messages), ``pages:1``, ``memories:2``, ``summary:1``, ``details:7``."""


__all__ = ["ContextPart", "ContextReport", "Memory", "MemoryKind", "Note", "NoteSource"]
