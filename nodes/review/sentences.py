"""Sentences of a reply, as spans: what a finding is about, and what is taken out with it."""

from __future__ import annotations

import re
from collections.abc import Collection

Span = tuple[int, int]

_END = re.compile(r"(?<![.!?…。！？])[.!?…。！？]++[\"'”’»)]*+(?=\s|$)|\n")
_BLANKS = re.compile(r"[ \t]{2,}")
_LINES = re.compile(r"\n{3,}")


def sentences(text: str) -> list[Span]:
    """Return the sentences of ``text``, in order; a line end ends one, a decimal point does not."""
    found: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        if text[start : match.end()].strip():
            found.append((start, match.end()))
            start = match.end()
    if text[start:].strip():
        found.append((start, len(text)))
    return found


def without(text: str, spans: Collection[Span]) -> str:
    """Return ``text`` without the sentences that touch one of ``spans``."""
    if not spans:
        return text
    kept = "".join(
        text[start:end]
        for start, end in sentences(text)
        if not any(start < last and first < end for first, last in spans)
    )
    return _LINES.sub("\n\n", _BLANKS.sub(" ", kept)).strip()


__all__ = ["Span", "sentences", "without"]
