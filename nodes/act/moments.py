"""Dates and times of day in a customer's words: where they stand, and whether a value of a call is among them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from frontdesk.nodes.scrub.dates import date_parts

_DATE = re.compile(
    r"(?<!\w)(?=((?:\d{1,4}[./-]\d{1,2}(?:[./-]\d{1,4})?"
    r"|\d{1,2}(?:st|nd|rd|th|\.)?\s+(?:(?:of|de|di)\s+)?[^\W\d_]{3,12}(?:,?\s+\d{4})?"
    r"|[^\W\d_]{3,12}\s+\d{1,2}(?:st|nd|rd|th)?(?:,?\s+\d{4})?)(?!\d)))"
)
"""A look ahead, so that "since 3 March" is found behind what "since 3" could have been."""
_UNSURE = re.compile(r"(?:0?[1-9]|1[0-2])[./-](?:0?[1-9]|1[0-2])(?!\d)")
_TIME = re.compile(
    r"(?<![\w.,:])(?P<hour>[01]?\d|2[0-3])(?:(?P<mark>[:.h])(?P<minute>[0-5]\d))?\s?"
    r"(?P<half>(?:a\.?m|p\.?m)\b\.?)?(?P<word>\s?(?:uhr|o['’]clock|h)(?!\w))?(?![\w:])"
)
_AT = re.compile(r"\b(?:at|by|from|until|till|after|before|um|ab|bis|vor|nach|gegen|à|a las|alle|às|om)\s+\Z")
_NAMED: Mapping[str, tuple[int, int]] = {"noon": (12, 0), "midday": (12, 0), "mittag": (12, 0), "midnight": (0, 0)}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NEAR: Mapping[str, int] = {"today": 0, "tomorrow": 1, "day after tomorrow": 2, "yesterday": -1}
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ISO_TIME = re.compile(r"[T ]([0-9]{2}):([0-9]{2})(?::00(?:\.0+)?)?(?:Z|[+-]00:00)?", re.I)


def has_date(value: str, text: str, today: date, *, firm: bool = False) -> bool:
    """Whether an ISO date, or a date and time, was said.

    Args:
        value: ``2026-07-03``, or ``2026-07-03T15:00:00Z``. Midnight stands for the day alone; any other time of day
            has to have been said too. Seconds and other time zones never are.
        text: The customer's words, folded.
        today: For "tomorrow" and the days of the week.
        firm: True where "03/04/2026", which is one of two days by country, is not enough.
    """
    head = _ISO_DATE.match(value)
    if head is None:
        return False
    try:
        day = date.fromisoformat(head[0])
    except ValueError:
        return False
    rest = value[head.end() :]
    return _has_day(day, text, today, firm) and (not rest or _has_time(rest, text))


def moments(text: str) -> list[tuple[int, int]]:
    """Return where dates and times of day stand in a folded text: start and end."""
    dates = ((match.start(1), match.end(1)) for match in _DATE.finditer(text) if _is_date(match[1]))
    return [*dates, *((start, end) for start, end, _ in _times(text, loose=False))]


def _has_day(day: date, text: str, today: date, firm: bool) -> bool:
    near = [word for word, ahead in _NEAR.items() if today + timedelta(days=ahead) == day]
    if abs((day - today).days) <= 7:
        near.append(_WEEKDAYS[day.weekday()])
    if any(re.search(rf"\b{word}\b", text) for word in near):
        return True
    said = (
        match[1] for match in _DATE.finditer(text) if not (firm and _UNSURE.match(match[1]) and day.day != day.month)
    )
    return any(_same(list(date_parts(each)), day) for each in said)


def _has_time(rest: str, text: str) -> bool:
    found = _ISO_TIME.fullmatch(rest)
    if found is None:
        return False
    wanted = (int(found[1]), int(found[2]))
    if wanted == (0, 0) or any(wanted in hours for _, _, hours in _times(text, loose=True)):
        return True
    return any(wanted == time and re.search(rf"\b{word}\b", text) for word, time in _NAMED.items())


def _times(text: str, *, loose: bool) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
    """Yield the times of day with what they may mean: "at 3" is one of two, and a time only where one is looked for."""
    for match in _TIME.finditer(text):
        marked = match["mark"] in {":", "h"} or match["half"] or match["word"]
        if not marked and not (loose and _AT.search(text[max(0, match.start() - 12) : match.start()])):
            continue
        hour, minute, half = int(match["hour"]), int(match["minute"] or 0), (match["half"] or "")[:1]
        if half:
            yield match.start(), match.end(), [(hour % 12 + (12 if half == "p" else 0), minute)]
        else:
            yield match.start(), match.end(), [(hour, minute), *([(hour + 12, minute)] if 0 < hour < 12 else [])]


def _is_date(text: str) -> bool:
    """Whether what looks like a date is one: "pay 50" and "2.5" are none."""
    parts = list(date_parts(text))
    if re.search(r"[^\W\d_]{3}", text):
        return len(parts) > 1
    return len(re.findall(r"[./-]", text)) > 1 or "/" in text


def _same(parts: Sequence[int], day: date) -> bool:
    rest = [part for part in parts if part not in {day.year, day.year % 100} or part in {day.day, day.month}]
    return sorted(rest[:3]) in (sorted([day.day, day.month]), sorted([day.day, day.month, day.year % 100]))


__all__ = ["has_date", "moments"]
