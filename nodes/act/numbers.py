"""Numbers in a customer's words, read exactly; parts of dates, times and codes are none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from frontdesk.models.keyless.spans import cued
from frontdesk.nodes.act.moments import moments
from frontdesk.nodes.scrub.number_words import plain, spelled

_LONGEST = 40
"""Characters of a number that is read."""
_UNIT = (
    r"(?:eur|euros?|usd|dollars?|gbp|pounds?|chf|percent|prozent|times|pieces?|pcs|stück|items?|x|kg|g|km|cm|mm|m|ml|l)"
)
_FIGURE = re.compile(rf"(?<![\w.,])(?:(?<![\w-])-)?\d[\d.,'’]*(?<=\d)(?:(?!\w)|(?={_UNIT}\b))", re.I)
_WORD = re.compile(r"[^\W\d_]+")
_BESIDE = re.compile(r"[\s-]{1,3}")
_LARGE_WORDS = "hundred thousand million billion hundert tausend cent cents mille cien ciento mil cento honderd"
_LARGE = frozenset(_LARGE_WORDS.split())
"""Words after which a number word is only a part of a number; such numbers are not read."""
_UNIT_AFTER = re.compile(rf"\s?(?:[€$£%]|{_UNIT}\b)", re.I)
_UNIT_BEFORE = re.compile(r"(?:[€$£]|\b(?:eur|usd|gbp|chf))\s?\Z", re.I)
_ALONE = re.compile(r"\W*(?:(?:just|only|yes|please|make it|it is|it's)\W+)?\Z", re.I)
_PLEASE = re.compile(r"\W*(?:please|thanks|thank you)?\W*\Z", re.I)


@dataclass(frozen=True, slots=True)
class Number:
    """A number and where it stands."""

    start: int
    end: int
    values: tuple[Decimal, ...]
    """Its readings: "1,500" has two, by country."""


def numbers_in(text: str) -> list[Number]:
    """Return the numbers of a folded text, in digits or as words; none that belongs to a date or a time."""
    taken = moments(text)
    found = [*_figures(text), *_words(text)]
    return [number for number in found if not any(start < number.end and number.start < end for start, end in taken)]


def announced(text: str, number: Number, name: str, spec: Mapping[str, Any]) -> bool:
    """Whether a number is said of one property: by a cue (``x-cues``, or its name), by a unit, or by standing alone.

    Args:
        text: The folded message.
        number: One of it.
        name: The property's.
        spec: Its JSON Schema.
    """
    before, after = text[: number.start], text[number.end :]
    cues = [str(cue) for cue in spec.get("x-cues") or ()]
    if cued(text, number.start, {"x-cues": [*cues, name.replace("_", " ")]}):
        return True
    if any(re.match(rf"\s*{re.escape(cue)}(?!\w)", after, re.I) for cue in cues):
        return True
    if _ALONE.match(before) and _PLEASE.match(after):
        return True
    return not cues and bool(_UNIT_AFTER.match(after) or _UNIT_BEFORE.search(before[-5:]))


def _figures(text: str) -> Iterator[Number]:
    for match in _FIGURE.finditer(text):
        values = _readings(match[0])
        if values:
            yield Number(match.start(), match.end(), values)


def _readings(figure: str) -> tuple[Decimal, ...]:
    """Return what a figure may say; more than one only for a single group of three behind one sign."""
    sign, body = (-1, figure[1:]) if figure.startswith("-") else (1, figure)
    if len(body) > _LONGEST:
        return ()
    if re.fullmatch(r"\d+", body):
        return (sign * Decimal(body),)
    if grouped := re.fullmatch(r"(\d{1,3})([.,'’])(\d{3}(?:\2\d{3})*)(?:(?!\2)[.,](\d+))?", body):
        head, mark, groups, rest = grouped.groups()
        whole = Decimal(f"{head}{groups.replace(mark, '')}.{rest or '0'}")
        if len(groups) > 3 or rest or mark in "'’":
            return (sign * whole,)
        part = Decimal(f"{head}.{groups}")
        return (sign * part,) if head == "0" else (sign * whole, sign * part)
    if re.fullmatch(r"\d+[.,]\d+", body):
        return (sign * Decimal(body.replace(",", ".")),)
    return ()


def _words(text: str) -> Iterator[Number]:
    """Yield number words: "two", "twenty-five"; a row of digits spelled out is a code, and no number."""
    run: list[tuple[re.Match[str], int]] = []
    end = 0
    for match in (*_WORD.finditer(text), None):
        if match is None or not (run and _BESIDE.fullmatch(text[end : match.start()])):
            yield from _counted(run, "")
            run = []
        if match is None:
            return
        word, end = plain(match[0]), match.end()
        digits = spelled(word)
        if digits and len(digits) <= 2:
            run.append((match, int(digits)))
        else:
            yield from _counted(run, word)
            run = []


def _counted(run: list[tuple[re.Match[str], int]], following: str) -> Iterator[Number]:
    values = [value for _, value in run]
    tens = len(values) == 2 and values[0] >= 20 and values[0] % 10 == 0 and 0 < values[1] < 10
    if following in _LARGE or not (len(values) == 1 or tens):
        return
    yield Number(run[0][0].start(), run[-1][0].end(), (Decimal(sum(values)),))


__all__ = ["Number", "announced", "numbers_in"]
