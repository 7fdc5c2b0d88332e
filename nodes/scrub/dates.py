"""Dates as people write them, in seven languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from frontdesk.nodes.scrub.number_words import plain

_MONTHS = (
    "january jan januar jänner jaenner janvier janv enero ene gennaio gen janeiro januari",
    "february feb februar février fevrier févr fevr febrero febbraio fevereiro fev februari",
    "march mar märz maerz mrz mars marzo março marco maart mrt",
    "april apr avril avr abril abr aprile",
    "may mai mayo maggio mag maio mei",
    "june jun juni juin junio giugno giu junho",
    "july jul juli juillet juil julio luglio lug julho",
    "august aug août aout agosto ago augustus",
    "september sept sep septembre septiembre settembre set setembro",
    "october oct oktober okt octobre octubre ottobre ott outubro out",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro",
)
_NUMBER_OF = {plain(name): number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
_NAMES = sorted({name for names in _MONTHS for name in names.split()}, key=len, reverse=True)
_MONTH = rf"(?:{'|'.join(_NAMES)})\b\.?"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er|º|°|\.)?"
_FULL = r"(?:18|19|20)\d\d"
_YEAR = rf"(?:{_FULL}|['’]?\d\d)(?!\d)"
_OF = r"[ ,]{0,2}(?:of |de |del |do |di |d['’])?"
_SEP = r" ?[-/. ] ?"
_THE = r"(?:the |le |el |il |den |op )?"
WHOLE = (
    rf"(?:{_FULL}{_SEP}\d\d?{_SEP}\d\d?(?!\d)|\d\d?{_SEP}\d\d?{_SEP}{_YEAR}"
    rf"|{_THE}{_DAY}[ -]?{_OF}{_MONTH}[ ,.-]{{0,2}}{_OF}{_YEAR}"
    rf"|{_MONTH}[ -]?(?:the )?{_DAY},?[ -]?{_YEAR}|{_FULL}[ -]{_MONTH}[ -]{_DAY}|{_FULL}\d{{4}}(?!\d))"
)
"""Pattern of a date with day, month and year; to be matched in any case."""
PARTIAL = rf"(?:{_DAY}[ -]?{_OF}{_MONTH}|{_MONTH} ?{_DAY}|\d{{8}}(?!\d)|\d{{6}}(?!\d)|(?:in )?{_FULL}(?!\d))"
"""Pattern of a date without a year, a year alone, or digits in a row: one only where a word says so."""
DATE = re.compile(rf"(?<![\w.,/-]){WHOLE}(?![\w/])", re.IGNORECASE)
_PART = re.compile(r"\d+|[^\W\d_]+")


def date_parts(value: str) -> Iterator[int]:
    """Yield the numbers of a date in the order written, months' names as numbers; eight digits in a row are three."""
    for part in _PART.findall(value):
        if part.isdigit():
            yield from _split(part)
        elif (number := _NUMBER_OF.get(plain(part.lower()))) is not None:
            yield number


def _split(part: str) -> Iterator[int]:
    if len(part) == 8:
        year_first = part[:2] in ("18", "19", "20") and part[4:6] <= "12"
        pieces = (part[:4], part[4:6], part[6:]) if year_first else (part[:2], part[2:4], part[4:])
        yield from map(int, pieces)
    elif len(part) <= 6:
        yield int(part)
