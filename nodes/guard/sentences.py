"""Where the sentences of a text are, as character offsets: what a check scores and what the quarantine takes out."""

from __future__ import annotations

import re
from itertools import islice

LONGEST = 320
"""Characters of a sentence; a longer run is cut at a blank, or anywhere if it has none."""
_LEAST = 3
"""Letters that a sentence has at least; fewer ("1.", "***") belong to what follows."""

# a run of signs is looked at once, from its first: a text of nothing else would take the square of its length
_END = re.compile(r"(?<![.!?…؟।])[.!?…؟।]++[\"'”’»)\]*_]*+(?=\s)|[。！？｡]+[」』”’）]*|\n")
_LETTERS = re.compile(r"[^\W\d_]")
_CLAUSE = re.compile(r"[,;:](?=\s)|\s[-–—](?=\s)")


def sentences(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of every sentence of ``text``, end exclusive, in order, without overlap.

    Args:
        text: Any string.

    Returns:
        Offsets into ``text``; every character that is not white space lies in one of them, and none is longer than
        :data:`LONGEST`. Empty for blank text.
    """
    found: list[tuple[int, int]] = []
    start = 0
    for end in (*(match.end() for match in _END.finditer(text)), len(text)):
        if end < len(text) and not _enough(text, start, end):
            continue
        found += _bounded(text, start, end)
        start = end
    return found


def _enough(text: str, start: int, end: int) -> bool:
    if sum(1 for _ in islice(_LETTERS.finditer(text, start, end), _LEAST)) == _LEAST:
        return True
    # pieces without letters are not gathered without end: a long rule or a table of numbers stands alone
    return end - start > LONGEST


def _bounded(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the trimmed piece, cut into runs of at most :data:`LONGEST` characters."""
    found: list[tuple[int, int]] = []
    while True:
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if start >= end:
            return found
        if end - start <= LONGEST:
            return [*found, (start, end)]
        cut = _cut(text, start)
        found.append((start, start + len(text[start:cut].rstrip())))
        start = cut


def _cut(text: str, start: int) -> int:
    """Return where a run that starts at ``start`` is cut: after a clause, else at a blank, else at the limit."""
    half, limit = start + LONGEST // 2, start + LONGEST
    clauses = [match.end() for match in _CLAUSE.finditer(text, half, limit)]
    if clauses:
        return clauses[-1]
    blank = max(text.rfind(mark, half, limit) for mark in " \t\u00a0\u3000")
    return blank if blank > start else limit


__all__ = ["LONGEST", "sentences"]
