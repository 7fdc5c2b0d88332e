"""A part of a value that is said anew: the day of a date ("the 5th"), the figure of an amount ("250")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from frontdesk.nodes.remember.details import Detail
from frontdesk.nodes.remember.values import ORDINAL, Span

_SHORT = 14
"""Words of a message in which a bare number can be a correction; in a longer one it may be anything."""
_FIGURE = re.compile(r"(?<![\w.,'’:/-])\d{1,4}(?:[.,]\d{1,2})?(?![\w:/-])(?![.,]\d)")
_COUNTED = re.compile(
    r"\s?(?:times?|days?|weeks?|months?|years?|hours?|minutes?|min|pieces?|of|x|%|percent|km|m|cm|kg|people|nights?)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:not|instead of|rather than|no longer|nicht|statt)\s+(?:on\s+)?(?:the\s+|den\s+)?\Z", re.I)
_OF_A_DAY = re.compile(
    r"\W*(?:\Z|[.,;:!?)-]|(?:not|instead|rather|is|was|would|will|please|then|of (?:this|next"
    r"|the) month|if|works?|suits?|and"
    r"|but|sorry|for|at|in the|around|that|though|thanks|to|or|actually|i|i['’]m|we|it|it['’]s|you|doesn['’]?t|does"
    r"|don['’]?t|didn['’]?t|won['’]?t|can|could|can['’]?t|cannot|should|has|had|must|might|now|really|after|before|by"
    r"|from|on|until|till)\b)",
    re.IGNORECASE,
)
"""What may follow a day; behind "3rd" in "3rd floor" stands what it counts."""
_NUMERIC = re.compile(r"[\d.-]+")
_DAY = re.compile(r"\d{1,2}(?=(?:st|nd|rd|th)?\b)")


@dataclass(frozen=True, slots=True)
class Loose:
    """A day or a figure without what it belongs to."""

    span: Span
    ordinal: bool
    instead: str = ""
    """The day or figure that the message says is wrong."""
    surely: bool = True
    """Whether it says so with a "not"."""

    def fits(self, value: str) -> bool:
        """Whether a value has such a part, and the one that was named as wrong."""
        if self.ordinal:
            day = _day_in(value)
            return day is not None and (not self.instead or int(day[0]) == _number(self.instead))
        figures = re.findall(r"\d[\d.,'’]*\d|\d", value)
        return len(figures) == 1 and len(value) <= 2 * len(figures[0]) + 8 and self._size(value, figures[0])

    def _size(self, value: str, figure: str) -> bool:
        if self.instead:
            return figure == self.instead
        return not (value == figure and len(figure) > 4)  # an id is not changed by a number that is none


def loose(text: str, spans: Sequence[Span]) -> list[Loose]:
    """Return what a message may say of a day or a figure that stands for itself, the likeliest first.

    Of two days either may be the wrong one, where no "not" tells: a date that is known has to decide.
    """
    free = "".join(" " if any(span.start <= at < span.end for span in spans) else char for at, char in enumerate(text))
    days = [
        Span("date", found[0], found.start(), found.end())
        for found in ORDINAL.finditer(free)
        if _OF_A_DAY.match(text, found.end())
    ]
    if days:
        return _one(text, days, ordinal=True)
    if spans or len(text.split()) > _SHORT:
        return []
    figures = [
        Span("amount", found[0], found.start(), found.end())
        for found in _FIGURE.finditer(text)
        if not _COUNTED.match(text, found.end())
    ]
    return _one(text, figures, ordinal=False)


def _one(text: str, spans: Sequence[Span], *, ordinal: bool) -> list[Loose]:
    wrong = [span for span in spans if _NEGATED.search(text[: span.start])]
    right = [span for span in spans if span not in wrong]
    if len(right) == 1 and len(wrong) <= 1:
        return [Loose(right[0], ordinal, wrong[0].text if wrong else "")]
    if len(right) == 2 and not wrong:
        first, second = right
        return [Loose(second, ordinal, first.text, surely=False), Loose(first, ordinal, second.text, surely=False)]
    return []


def amended(old: Detail, part: Loose) -> str:
    """Return a value with its day or figure changed; nothing in it that was not said. Empty: it stays as it is."""
    value = old.value
    if not part.ordinal:
        return re.sub(r"\d[\d.,'’]*\d|\d", lambda _: part.span.text, value, count=1)
    day = _day_in(value)
    if day is None:
        return ""
    number = _number(part.span.text)
    written = f"{number:02d}" if _NUMERIC.fullmatch(value) and len(day[0]) > 1 else str(number)
    rest = value[day.end() :]
    suffix = re.match(r"(?:st|nd|rd|th)\b", rest, re.IGNORECASE)
    if suffix:
        rest = part.span.text[len(str(number)) :] + rest[suffix.end() :]
    return value[: day.start()] + written + rest


def _day_in(value: str) -> re.Match[str] | None:
    """Return where a date has its day: the last figure of an ISO date, the first of two dots, the short one beside a
    month's name; None for "03/04/2026", which is one of two days by country."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return re.compile(r"\d{2}\Z").search(value)
    if re.fullmatch(r"\d{1,2}\.\d{1,2}\.\d{2,4}", value) or re.search(r"[^\W\d_]{3}", value):
        return _DAY.search(value)
    return None


def _number(text: str) -> int:
    found = re.match(r"\d+", text)
    return int(found[0]) if found else 0


__all__ = ["Loose", "amended", "loose"]
