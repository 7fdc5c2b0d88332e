"""Long numbers of no known kind: nine digits and more, or seven and more spelled out as words.

An order number has five. Masking is reversible, so a number too many costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from frontdesk.nodes.scrub.detection import Detector, Match
from frontdesk.nodes.scrub.shapes import digits, order_like, without_ordinary

_RUN = re.compile(r"\d(?:(?:[ .\-/_*]|\s?[-/]\s?)?\d){8,60}")
_SOLID = re.compile(r"\d{9,}")
_WORD = r"(?:zero|oh|null|one|two|three|four|five|six|seven|eight|nine|double|triple)"
_SPOKEN = re.compile(rf"\b{_WORD}(?:[\s,.-]{{1,3}}{_WORD}){{6,}}\b", re.IGNORECASE)


def find(text: str) -> Iterator[Match]:
    """Yield long numbers."""
    view = without_ordinary(text)
    for found in _RUN.finditer(view):
        if not order_like(found.group()):
            yield Match(found.start(), found.end(), "NUMBER", 0.3)
    for found in _SOLID.finditer(view):
        yield Match(found.start(), found.end(), "NUMBER", 0.3)
    for found in _SPOKEN.finditer(text):
        yield Match(found.start(), found.end(), "NUMBER", 0.4)


def canonical(value: str) -> str:
    """Return the digits; for a number in words, the words."""
    return digits(value) or " ".join(value.casefold().split())


DETECTOR = Detector(labels=("NUMBER",), find=find, canonical=canonical, loose=True)
