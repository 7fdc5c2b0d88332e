"""Dates of birth: a date after a word for birth, in any written form of seven languages. Other dates stay."""

from __future__ import annotations

import re
from collections.abc import Iterator

from frontdesk.nodes.scrub.cues import cues
from frontdesk.nodes.scrub.dates import PARTIAL, WHOLE, date_parts
from frontdesk.nodes.scrub.detection import Detector, Match
from frontdesk.nodes.scrub.view import seen

_CUES = cues(
    "date of birth, birth date, birthdate, birthday, bday, dob, d.o.b, born, geboren, geburtsdatum, geburtstag, "
    "geb, née, né,"
    "nee le, ne le, date de naissance, naissance, nacido, nacida, nací, naci, fecha de nacimiento, nacimiento, "
    "nato, nata,"
    "data di nascita, nascita, nascido, nascida, nasci, data de nascimento, nascimento, geboortedatum, geboorte,"
    "geboortedag, verjaardag, compleanno, cumpleaños, anniversaire, aniversário"
)
_LINK = (
    r"(?:(?:[ ,:=\-.)(?\"']|\n){1,4}(?:is|was|it'?s|on|the|am|ist|war|den|der|le|est|el|es|fue|día|dia|em|a|no|il|è"
    r"|op|de|in|im|year|sir|please"
    r"|of|my|'s|in the year|um|o|i was|of birth|yyyy|mm|dd|date|and|you|your|(?:a|in|à|en|em|at"
    r"|te) [^\W\d_]{2,20}|[^\W\d_]{2,12}(?=:))\b){0,4}(?:[ ,:=\-.)(?*\"']|\n){0,4}"
)
_CUED = re.compile(rf"{_CUES.pattern}{_LINK}({WHOLE}|{PARTIAL})(?![\w/])", re.IGNORECASE)


def canonical(value: str) -> str:
    """Return the numbers of the date in the order written, months' names as numbers."""
    return "-".join(f"{part:02d}" for part in date_parts(value)) or value.strip().casefold()


def find(text: str) -> Iterator[Match]:
    """Yield dates of birth; the cue may stand in the line before, as in a form or after a question."""
    view = seen(text)
    for found in _CUES.announced(_CUED, view) if view.numeric else ():
        yield Match(*found.span(1), "DOB", 0.95, "date after a word for birth")


DETECTOR = Detector(labels=("DOB",), find=find, canonical=canonical)
