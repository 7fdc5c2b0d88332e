"""Driving licences: what follows a word for one, and the British form, which carries name and birth."""

from __future__ import annotations

import re
from collections.abc import Iterator

from frontdesk.nodes.scrub.cues import LINK, cues
from frontdesk.nodes.scrub.detection import Detector, Match
from frontdesk.nodes.scrub.view import seen

_CUES = cues(
    "driver's licence, driver's license, drivers licence, drivers license, driver licence, driver license, "
    "driving licence,"
    "driving license, driving permit, licence no, license no, licence number, license number, licence id, license id,"
    "dl number, dl no, dl, dvla, führerschein, fuhrerschein, fuehrerschein, führerscheinnummer,"
    "permis de conduire, permis n, carnet de conducir, permiso de conducir, licencia de conducir, "
    "patente di guida, patente,"
    "rijbewijs, rijbewijsnummer, carta de condução, carta de conduçao, cnh, número da carta, licence, license"
)
_CUED = re.compile(rf"{_CUES.pattern}{LINK}((?:[A-Z\d](?:[ \-.*]?[A-Z\d]){{4,21}}))(?!\w)", re.IGNORECASE)
_BRITISH = re.compile(
    r"(?<!\w)[A-Z9]{5}[ -]?\d[015-8]\d(?:[0-2]\d|3[01])\d[ -]?[A-Z9]{2}[A-Z0-9][ -]?[A-Z]{2}(?: ?\d\d)?(?!\w)",
    re.IGNORECASE,
)
_GERMAN = re.compile(r"(?<!\w)[A-Z]\d{3}[A-Z0-9]{5}\d[0-9X]\d?(?!\w)")
_WORD = re.compile(r"[A-Za-z\d]+(?:[\-.*][A-Za-z\d]+)*")
_FEWEST = 5
"""Digits that a licence's number has at least: a plate or a class ("class B1") has fewer."""


def canonical(value: str) -> str:
    """Return letters and digits alone, in capitals."""
    return "".join(char for char in value if char.isalnum()).upper()


def find(text: str) -> Iterator[Match]:
    """Yield licence numbers."""
    view = seen(text)
    if not view.numeric:
        return
    for found in _BRITISH.finditer(text):
        yield Match(found.start(), found.end(), "LICENCE", 0.93, "form of a British driving licence")
    announced = list(_CUES.announced(_CUED, view))
    for found in announced:
        end = _end(text, *found.span(1))
        if end:
            yield Match(found.start(1), end, "LICENCE", 0.94, "after a word for driving licence")
    for found in _GERMAN.finditer(text) if announced else ():
        yield Match(found.start(), found.end(), "LICENCE", 0.8, "form of a German driving licence")


def _end(text: str, start: int, end: int) -> int:
    last = numbers = 0
    for found in _WORD.finditer(text, start, end):
        word = found.group()
        count = sum(map(str.isdigit, word))
        if not count and len(word) > 5:
            break
        numbers += count
        if count or (numbers and len(word) <= 3 and word.isupper()):
            last = found.end()
        elif not count and not word.isupper():
            break
    return last if numbers >= _FEWEST else 0


DETECTOR = Detector(labels=("LICENCE",), find=find, canonical=canonical, loose=True)
