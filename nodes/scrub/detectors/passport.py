"""Passport numbers: six to twelve letters and digits after a word for passport, and the machine-readable zone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from frontdesk.nodes.scrub.cues import LINK, cues
from frontdesk.nodes.scrub.detection import Detector, Match
from frontdesk.nodes.scrub.view import seen

_CUES = cues(
    "passport, passports, travel document, reisepass, reisepassnummer, passnummer, pass nr, passeport, pasaporte, "
    "passaporto,"
    "paspoort, paspoortnummer, passaporte, passport no, passport num, pass number"
)
_CUED = re.compile(rf"{_CUES.pattern}{LINK}([A-Z]{{0,3}}(?:[ \-.]?[A-Z\d]){{5,13}})(?!\w)", re.IGNORECASE)
_ZONE = re.compile(r"(?<![A-Z0-9<])P[A-Z<][A-Z<]{3}[A-Z<]{39}\s{0,2}[A-Z0-9<]{28}[A-Z0-9<]{0,16}(?![A-Z0-9<])")
_WORD = re.compile(r"[A-Za-z\d]+(?:[\-.][A-Za-z\d]+)*")
_FEWEST, _MOST = 5, 12


def canonical(value: str) -> str:
    """Return letters and digits alone, in capitals."""
    return "".join(char for char in value if char.isalnum()).upper()


def find(text: str) -> Iterator[Match]:
    """Yield passport numbers; a word after the cue that has fewer than five digits is none."""
    view = seen(text)
    if "<<" in text:
        for found in _ZONE.finditer(text):
            yield Match(found.start(), found.end(), "PASSPORT", 0.97, "machine-readable zone of a passport")
    if view.numeric:
        for found in _CUES.announced(_CUED, view):
            end = number_end(text, *found.span(1))
            if end:
                yield Match(found.start(1), end, "PASSPORT", 0.95, "after a word for passport")


def number_end(text: str, start: int, end: int) -> int:
    """Return where a document's number ends that begins at ``start``: words go with it while they have digits.

    Args:
        text: The text.
        start: Where letters and digits begin.
        end: How far they may reach.

    Returns:
        The offset after the number; 0 where there are not five to twelve letters and digits with enough digits.
    """
    last = size = numbers = 0
    for found in _WORD.finditer(text, start, end):
        word = found.group()
        count = sum(map(str.isdigit, word))
        if (not count and len(word) > 3) or size + len(word) > _MOST + 6:
            break
        size += len(word)
        numbers += count
        if count or (len(word) == 1 and word.isupper()):
            last = found.end()
    return last if numbers >= _FEWEST else 0


DETECTOR = Detector(labels=("PASSPORT",), find=find, canonical=canonical, loose=True)
