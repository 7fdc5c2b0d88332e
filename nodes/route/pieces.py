"""Where a message may be cut, and the runs of its pieces that the router is asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from frontdesk.nodes.route.joints import BEGIN, BOUNDARY, NEGATION

LONGEST = 600
"""Characters of a message that is cut at all: a longer one tells a story."""
MOST = 5
"""Pieces of a message at most."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a message between two places at which it may be cut."""

    start: int
    end: int
    firm: bool
    """Whether the cut before it is the end of a sentence."""


def pieces_of(text: str) -> list[Piece]:
    """Return the pieces of a message; fewer than two where it cannot be cut."""
    if len(text) > LONGEST:
        return []
    found: list[Piece] = []
    begin = match.end() if (match := BEGIN.match(text)) else 0
    at, firm = begin, True
    for match in BOUNDARY.finditer(text, begin):
        negated = not match["firm"] and NEGATION.search(text[at : match.start()])
        if negated or match.start() <= at:
            continue  # what a "not" reaches to the end of its sentence
        found.append(Piece(at, _trimmed(text, at, match), firm))
        at, firm = match.end(), bool(match["firm"])
    if text[at:].strip():
        found.append(Piece(at, len(text.rstrip()), firm))
    return found if 2 <= len(found) <= MOST else []


def _trimmed(text: str, at: int, match: re.Match[str]) -> int:
    """Return where a piece ends: with its question mark, without commas and blanks."""
    marks = re.match(r"[.!?]+", text[match.start() :])
    end = match.start() + (marks.end() if marks else 0)
    return at + len(text[at:end].rstrip(" ,;\n\t"))


def words_of(text: str, pieces: Sequence[Piece], i: int, j: int) -> str:
    """Return the words from piece ``i`` to piece ``j``, both included."""
    return text[pieces[i].start : pieces[j].end]


def spans_of(text: str, pieces: Sequence[Piece]) -> list[str]:
    """Return the words of each run of pieces, by :func:`position`: what the router is asked about at once."""
    return [words_of(text, pieces, i, j) for i in range(len(pieces)) for j in range(i, len(pieces))]


def position(i: int, j: int, count: int) -> int:
    """Return where the run from piece ``i`` to piece ``j`` stands in :func:`spans_of`."""
    return i * count - i * (i - 1) // 2 + (j - i)


__all__ = ["LONGEST", "MOST", "Piece", "pieces_of", "position", "spans_of", "words_of"]
