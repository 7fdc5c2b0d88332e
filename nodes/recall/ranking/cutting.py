"""Long texts in passages."""

from __future__ import annotations

import re

_BREAK = re.compile(r"(?<=[.!?;。！？])\s+|(?<=[。！？])|\n+")


def passages_of(text: str) -> list[str]:
    """Return a text's sentences and lines, in order; the text itself where it has one only, or none."""
    return [part for part in _BREAK.split(text) if part.strip()] or [text]
