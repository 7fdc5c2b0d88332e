"""What a rule is, and how a family of rules is written down."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

STRONG = 0.9
"""Refused on its own under the default threshold of 0.5."""
MEDIUM = 0.6
"""Refused on its own under the default threshold; a desk may raise the threshold above it. Found in no honest text."""
HINT = 0.2
"""Suspicious, and found in honest messages too: raises beside a hint of another family, refuses with three others."""
TRACE = 0.1
"""Proves nothing alone; counts beside others."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One explainable pattern."""

    id: str
    """``family.name``: what an operator reads in a trace."""
    weight: float
    """Probability-like evidence, 0 to 1; the weights of distinct rules add up as 1 - Π(1 - weight)."""
    pattern: re.Pattern[str]
    """Searched in casefolded text without diacritics (Cyrillic й and ё apart)."""
    stems: tuple[str, ...]
    """At least one of these occurs in every match: skips the search in most texts. Empty: always searched."""


def family(name: str, rows: Iterable[tuple[str, float, str, str]]) -> tuple[Rule, ...]:
    """Return rules from rows of (name, weight, stems separated by blanks, pattern)."""
    return tuple(
        Rule(f"{name}.{row}", weight, re.compile(pattern), tuple(stems.split())) for row, weight, stems, pattern in rows
    )


__all__ = ["HINT", "MEDIUM", "STRONG", "TRACE", "Rule", "family"]
