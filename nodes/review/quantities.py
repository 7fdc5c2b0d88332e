"""The numbers of a text, each with what it counts: amounts, percentages, durations, dates, times, codes, ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from frontdesk.graph.placeholders import PLACEHOLDER
from frontdesk.nodes.review.calendar import clocks, days
from frontdesk.nodes.review.numerals import ONES, spelled, words_of
from frontdesk.nodes.review.quantity import CODE, PLAIN, Quantity
from frontdesk.nodes.review.ranges import paired
from frontdesk.nodes.review.units import AFTER, BEFORE, unit

_NUMBER = re.compile(
    r"(?<![\w.])[-−]?\d+(?:[.,'’\u00a0\u202f]\d{3}(?!\d))*(?:[ ]\d{3}(?![\d.,]))*"
    r"(?:[.,]\d+)?(?:st|nd|rd|th|x|k)?(?![\w])"
)
_ONE = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?")
_LOOSE = re.compile(r"\d+(?:[.,]\d+)*")
_GROUP = re.compile(r"[.,'’ \u00a0\u202f](?=\d{3}(?!\d))")
_MARKER = re.compile(r"(?m)^[^\S\n]{0,20}\d{1,2}[.)]\s")
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_CODE = re.compile(
    r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[A-Za-z]{1,12}-?\d[\w-]*(?![\w-])|(?<![\w-])\d+[A-Z][\w-]*(?!\w)"
)
_PHONE = re.compile(r"(?<![\w+])\+\d[\d ()/-]{6,18}\d(?!\d)|(?<![\w])0\d{2,5}[ /-]\d[\d -]{3,12}\d(?!\d)")
_HALF = re.compile(r"\bhalf(?:\s+an?)?\b|\bhalbe[rsnm]?\b|\bdemi(?:e)?\b|\bmedi[oa]\b|½", re.IGNORECASE)
_NOUN = re.compile(r"[\s-]{1,8}+(?:x\s)?([^\W\d_]{3,})")
_NO_NOUN = words_of(
    """and but for from the that this with are was per can you not has have will they there after before only about our
    your its und von bis für ist der die das pour des les est para por los las que then when until inclusive right
    else anything each every daily too also please gets rides costs does minus plus times years kids seniors
    children always gibt werden haben"""
)


def number(text: str) -> str:
    """Return one spelling of a number: "1,299.00" and "1299" are the same, so are "01" and "1".

    A comma or point before exactly three digits groups thousands; before one or two it is the decimal sign.
    """
    grouped = _GROUP.sub("", text)
    return format(Decimal(grouped.replace(",", ".")).normalize(), "f")


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + "\x00" * (end - start) + text[end:]


def _clean(text: str) -> str:
    for pattern in (PLACEHOLDER, _MARKER, _URL):
        text = pattern.sub(lambda match: " " * len(match.group()), text)
    return text


def _meanings(written: str) -> frozenset[object]:
    """Return the values of a written number: 1.299 is read as 1299 and, with a point, also as 1.299."""
    found = {Decimal(number(written))}
    if re.fullmatch(r"\d{1,3}\.\d{3}", written):
        found.add(Decimal(written))
    return frozenset(found)


def _dated(text: str) -> tuple[str, list[Quantity]]:
    found: list[Quantity] = []
    for start, end, meant in days(text):
        if "\x00" not in text[start:end]:
            found.append(Quantity(start, end, "date", frozenset(meant)))
            text = _blank(text, start, end)
    for start, end, minutes in list(clocks(text)):
        if "\x00" not in text[start:end]:
            found.append(Quantity(start, end, "clock", frozenset(minutes)))
            text = _blank(text, start, end)
    for pattern in (_PHONE, _CODE):
        for match in list(pattern.finditer(text)):
            if AFTER.fullmatch(re.sub(r"^\d+", "", match.group()) or "-"):
                continue
            code = re.sub(r"[\s()/-]", "", match.group()).casefold()
            found.append(Quantity(match.start(), match.end(), CODE, frozenset({code})))
            text = _blank(text, *match.span())
    return text, found


def _measured(text: str, start: int, end: int, values: frozenset[object]) -> Quantity:
    """Return the quantity of a number with the unit that stands beside it."""
    found = AFTER.match(text, end) or BEFORE.search(text, max(0, start - 8), start)
    if found is None:
        noun = _NOUN.match(text, end)
        word = noun[1].casefold() if noun else ""
        counted = word not in _NO_NOUN and (word.endswith(("s", "en")) or " x " in text[end - 1 : end + 3])
        return Quantity(start, end, PLAIN, values, values, noun=word if counted else "")
    kind, factor = unit(found)
    if kind == "cent":
        kind, factor = "EUR", Decimal("0.01")
    scaled = frozenset(value * factor for value in values if isinstance(value, Decimal))
    return Quantity(min(start, found.start()), max(end, found.end()), kind, frozenset(scaled), values)


def _written(text: str) -> Iterator[Quantity]:
    taken = text
    for match in _NUMBER.finditer(text):
        digits = match.group().lstrip("-−").rstrip("stndrhxk")
        yield _measured(text, match.start(), match.end(), _meanings(digits))
        taken = _blank(taken, *match.span())
    for match in _LOOSE.finditer(taken):
        # digits glued to something else: 4K, 10EUR, 30%off; or 1.2.3, which is no number
        digits = match.group()
        if _ONE.fullmatch(digits):
            yield _measured(text, match.start(), match.end(), _meanings(digits))
        else:
            yield Quantity(match.start(), match.end(), CODE, frozenset({digits}))
    for start, end, value in spelled(text):
        found = _measured(text, start, end, frozenset({Decimal(value)}))
        # "one" and its like are mostly pronouns and articles
        if found.kind != PLAIN or text[start:end].casefold() not in ONES:
            yield found
    for match in _HALF.finditer(text):
        found = _measured(text, match.start(), match.end(), frozenset({Decimal("0.5")}))
        if found.kind in ("time", "month", "mass"):
            yield found
        elif match.group().casefold() == "half":
            yield Quantity(match.start(), match.end(), "percent", frozenset({Decimal(50)}))


def quantities(text: str) -> list[Quantity]:
    """Return the numbers of ``text`` in order; placeholders, list markers and URLs have none."""
    if not text:
        return []
    plain = _clean(text)
    rest, found = _dated(plain)
    every = sorted([*found, *_written(rest)], key=lambda one: (one.start, -one.end))
    kept: list[Quantity] = []
    for one in every:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return list(paired(rest.replace("\x00", "0"), kept))


__all__ = ["CODE", "PLAIN", "Quantity", "number", "quantities"]
