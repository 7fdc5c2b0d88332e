"""Which days a question speaks of, and how recent what was said is."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Span = tuple[float, float]
"""From, and until before which; Unix times in seconds."""

NAMED = 1.0
"""What a text gains that was said in the time the question names, in standard deviations of the other scores."""
NEW, NEWEST = 0.1, 0.5
"""What a text of now gains at most, likewise; and where the question asks for the latest."""
FADING = 90.0
"""Days in which that halves."""
_DAY = 86400.0
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
)
_ISO = re.compile(r"\b(\d{4})-(\d\d)(?:-(\d\d))?\b")
_WRITTEN = re.compile(
    r"\b(?:(?P<first>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?|(?P<lead>in|since|during|last|this|early|late)\s+)?"
    rf"(?P<month>{_MONTH})\b\.?(?:\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b)?(?:,?\s+(?:of\s+)?(?P<year>(?:19|20)\d\d)\b)?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:in|since|during|of)\s+((?:19|20)\d\d)\b(?!-)", re.IGNORECASE)
_AGO = re.compile(
    r"\b(yesterday|today|last (?:week|month|year)|(\d{1,3}) (day|week|month|year)s? ago)\b", re.IGNORECASE
)
_LATEST = re.compile(
    r"\b(?:latest|newest|most recent(?:ly)?|recently|currently|nowadays|these days|last time)\b", re.IGNORECASE
)
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_LAST = {"today": (0, 1), "yesterday": (1, 1), "last week": (7, 7), "last month": (30, 30), "last year": (365, 365)}
"""Days before now, and days around it."""


def named(query: str, at: NDArray[np.float64], now: float | None) -> NDArray[np.bool_]:
    """Tell which documents, (documents,), were said in a time that the question names.

    Args:
        query: Masked text.
        at: (documents,): Unix times in seconds; 0 where it is not known, which is in no time.
        now: Unix time in seconds; None: only dates that are named with their year count.
    """
    within = np.zeros(len(at), np.bool_)
    for start, end in spans(query, now) if (at > 0).any() else []:
        within |= (at > 0) & (at >= start) & (at < end)
    return within


def recency(query: str, at: NDArray[np.float64], now: float | None) -> Floats:
    """Return what documents gain by being recent, (documents,); the arguments are those of :func:`named`."""
    if now is None:
        return np.zeros(len(at), np.float32)
    weight = NEWEST if _LATEST.search(query) else NEW
    age = np.maximum(now - at, 0) / _DAY
    return np.where(at > 0, weight * np.exp2(-age / FADING), 0).astype(np.float32)


def spans(query: str, now: float | None) -> list[Span]:
    """Return the times that a question names: days, months, years, and "last week" where ``now`` is given."""
    found = [_span(int(year), int(month), int(day or 0)) for year, month, day in _ISO.findall(query)]
    found.extend(_written(match, now) for match in _WRITTEN.finditer(query))
    found.extend(_span(int(year), 0, 0) for year in _YEAR.findall(query))
    if now is not None:
        found.extend(_before(match, now) for match in _AGO.finditer(query))
    return [span for span in found if span is not None]


def _written(match: re.Match[str], now: float | None) -> Span | None:
    day, year = match["first"] or match["day"], match["year"]
    if not (day or year or match["lead"]):
        return None  # April, June and Jan are people, too, and may is a verb
    month = _MONTHS.index(match["month"][:3].lower()) + 1
    if year:
        return _span(int(year), month, int(day or 0))
    if now is None:
        return None
    today = datetime.fromtimestamp(now, UTC)
    return _span(today.year - (month > today.month), month, int(day or 0))


def _span(year: int, month: int, day: int) -> Span | None:
    """Return a day, a month (day 0) or a year (month 0); None where the calendar has no such day."""
    try:
        start = datetime(year, month or 1, day or 1, tzinfo=UTC)
        if day:
            end = start + timedelta(days=1)
        else:
            end = datetime(year + (month in (0, 12)), 1 if month in (0, 12) else month + 1, 1, tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return start.timestamp(), end.timestamp()


def _before(match: re.Match[str], now: float) -> Span:
    today = now - now % _DAY
    if match[2]:
        unit = _DAYS[match[3].lower()]
        back, width = int(match[2]) * unit, max(unit // 2, 1)
    else:
        back, width = _LAST[match[1].lower()]
    return today - (back + width - 1) * _DAY, today - (back - width) * _DAY


__all__ = ["NAMED", "named", "recency", "spans"]
