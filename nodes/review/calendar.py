"""Dates and times of day in a text, in the spellings of customers, pages and tools."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

_NAMES = (
    "jan(?:uary|uar|vier)?|enero",
    "feb(?:ruary|ruar)?|février|febrero",
    "mar(?:ch)?|märz|mars|marzo",
    "apr(?:il)?|avril|abril",
    "may|mai|mayo",
    "june?|juni|juin|junio",
    "july?|juli|juillet|julio",
    "aug(?:ust)?|août|agosto",
    "sept?(?:ember)?|septembre|septiembre",
    "o[ck]t(?:ober)?|octobre|octubre",
    "nov(?:ember)?|novembre|noviembre",
    "de[cz](?:ember)?|décembre|diciembre",
)
_MONTH = "(?:" + "|".join(f"(?P<m{at}>{name})" for at, name in enumerate(_NAMES, 1)) + r")\b\.?"
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_ISO = re.compile(
    r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
)
_DAY_FIRST = re.compile(
    r"(?<![\d.,])(?P<day>\d{1,2})(?:st|nd|rd|th|\.|er|º)?\s+(?:of\s+|de\s+)?"
    + _MONTH
    + r"(?:,?\s+(?:de\s+)?(?P<year>\d{4})(?!\d))?",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    r"\b" + _MONTH + r"\s+(?:the\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th)?(?![\d:.]\d|\d|\s*(?:am|pm|%|€|eur))"
    r"(?:,?\s+(?P<year>\d{4})(?!\d))?",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"(?<![\d.,/])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/])")
_CLOCK = re.compile(
    r"(?<![\d:.,])(?P<h>\d{1,2})(?::|(?=\d{2}\s?[ap]\.?m)|\.(?=[0-5]\d\s?(?:[ap]\.?m|uhr|h)\b))(?P<m>[0-5]\d)(?::[0-5]\d)?(?!\d)\s?(?P<x>[ap]\.m\.|[ap]m\b|uhr|h\b)?"
    r"|(?<![\d:.,])(?P<h2>[01]?\d|2[0-4])\s?(?P<x2>[ap]\.m\.|[ap]m\b|uhr\b|o'clock|h(?P<m2>[0-5]\d)\b)"
    r"|\b(?P<noon>noon|midday|midnight|mittags?|mitternacht|midi|minuit|mediodía|medianoche)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(today|tomorrow|yesterday|(?:next|this|coming|on)\s+(" + "|".join(_DAYS) + r"))\b", re.IGNORECASE
)
_WEEKDAY = re.compile(r"\b(" + "|".join(_DAYS) + r"),?\s+(?:the\s+)?$", re.IGNORECASE)

Day = tuple[int | None, int, int]
"""Year (None: not said), month, day."""


def _month(match: re.Match[str]) -> int:
    return next(at for at in range(1, 13) if match[f"m{at}"])


def days(text: str) -> Iterator[tuple[int, int, tuple[Day, ...]]]:
    """Yield (start, end, the days that may be meant): two for 3/4/2026, one for the others."""
    for found in _ISO.finditer(text):
        yield found.start(), found.end(), ((int(found[1]), int(found[2]), int(found[3])),)
    for pattern in (_DAY_FIRST, _MONTH_FIRST):
        for found in pattern.finditer(text):
            # "10 may be enough" is no date
            if 1 <= int(found["day"]) <= 31 and not re.search(r"\bmay\b", found.group()):
                year = int(found["year"]) if found["year"] else None
                yield found.start(), found.end(), ((year, _month(found), int(found["day"])),)
    for found in _NUMERIC.finditer(text):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        year += 2000 if year < 100 else 0
        meant = [(year, month, day) for day, month in ((first, second), (second, first)) if month <= 12 and day <= 31]
        if meant:
            yield found.start(), found.end(), tuple(dict.fromkeys(meant))


def clocks(text: str) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """Yield (start, end, minutes of the day that may be meant)."""
    for found in _CLOCK.finditer(text):
        if found["noon"]:
            noon = found["noon"].casefold() not in {"midnight", "mitternacht", "minuit", "medianoche"}
            yield found.start(), found.end(), (720,) if noon else (0, 1440)
            continue
        hour = int(found["h"] or found["h2"])
        minute = int(found["m"] or found["m2"] or 0)
        half = (found["x"] or found["x2"] or "").casefold().replace(".", "")
        if half == "pm" and hour < 12:
            hour += 12
        elif half == "am" and hour == 12:
            hour = 0
        # without a.m. or p.m. a clock of twelve hours may be meant
        meant = (hour * 60 + minute,) if half or hour > 12 else (hour * 60 + minute, (hour * 60 + minute + 720) % 1440)
        yield found.start(), found.end(), meant


def relative(text: str, today: date) -> Iterator[Day]:
    """Yield the dates that a text names as seen from ``today``: "tomorrow", "next Tuesday"."""
    for found in _RELATIVE.finditer(text):
        word = found[1].casefold()
        if found[2]:
            ahead = (_DAYS.index(found[2].casefold()) - today.weekday()) % 7 or 7
            # "next" on a day of the same week is read in two ways
            shifts = (ahead, ahead + 7) if word.startswith("next") else (ahead,)
        else:
            shifts = ({"today": 0, "tomorrow": 1, "yesterday": -1}[word],)
        for shift in shifts:
            day = today + timedelta(days=shift)
            yield day.year, day.month, day.day


def wrong_weekday(text: str, start: int, day: Day) -> bool:
    """Whether a weekday stands before a full date and is not the date's."""
    found = _WEEKDAY.search(text, max(0, start - 20), start)
    if found is None or day[0] is None:
        return False
    try:
        return date(day[0], day[1], day[2]).weekday() != _DAYS.index(found[1].casefold())
    except ValueError:
        return True


__all__ = ["Day", "clocks", "days", "relative", "wrong_weekday"]
