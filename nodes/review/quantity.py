"""One number of a text, and what it counts."""

from __future__ import annotations

from dataclasses import dataclass

PLAIN = "plain"
"""Kind of a number without a unit of :mod:`units`."""
CODE = "code"
"""Kind of a token of letters and digits; its spelling is in ``code``."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of a text."""

    start: int
    end: int
    kind: str
    """:data:`PLAIN`, :data:`CODE`, ``date``, ``clock``, or a kind of ``units.py``."""
    values: frozenset[object]
    """What it may mean, in the kind's base unit; more than one where a spelling is ambiguous."""
    raw: frozenset[object] = frozenset()
    """The number as it is written, without its unit."""
    noun: str = ""
    """What a plain number counts: the plural that follows it; of a row in a tool result, the row's words."""
    low: bool = False
    """First end of a range; the next quantity is the other."""
    high: bool = False
    derived: bool = False
    """Reckoned or counted, not written."""
    bound: bool = False
    """Of a row in a tool result: counts only what the row names."""


__all__ = ["CODE", "PLAIN", "Quantity"]
