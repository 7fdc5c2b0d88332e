"""Payment cards: a network's prefix and length that pass the Luhn check (ISO/IEC 7812-1), however they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from frontdesk.nodes.scrub.detection import Detector, Match
from frontdesk.nodes.scrub.shapes import cued, order_like, read_digits
from frontdesk.nodes.scrub.view import Run, View, seen

_SHAPE = re.compile(r"(?<!\d)\d{4}([ .\-]?)\d{4}\1\d{4}\1\d{4}(?!\d)")
_CUE = re.compile(r"\b(?:card|visa|mastercard|amex|karte|carte|tarjeta|carta|kaart|cart[ãa]o)\b", re.IGNORECASE)
_NETWORKS = (
    (re.compile(r"4"), (16, 19, 13)),  # Visa
    (re.compile(r"5[1-5]|2(?:2[2-9]|[3-6]|7[01])|220[0-4]|9792|8600|9860"), (16,)),  # Mastercard, Mir, Troy, Uzcard
    (re.compile(r"3[47]|1800|2131"), (15,)),  # American Express, JCB
    (re.compile(r"30[0-5]|3[689]"), (14, 16, 19)),  # Diners
    (re.compile(r"35(?:2[89]|[3-8])"), (16, 17, 18, 19)),  # JCB
    (re.compile(r"6|81|82|508"), (16, 19, 18, 17)),  # Discover, UnionPay, RuPay, Verve, Elo
    (re.compile(r"50[0-9]|5[6-8]|6[0-9]"), (16, 19, 18, 17, 15, 14, 13, 12)),  # Maestro, Dankort
)
"""Number ranges as published by the networks; the likelier length first."""
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
_PARTS = re.compile(
    r"\b(?:first|next|last|other|remaining|final|middle|rest)"
    r"(?: (?:of|the|my|card|number|four|4|six|6|eight|8|few|digits|numbers|part|half|it|bit)\b){0,6}"
    r"(?:(?: (?:are|is|four|4|six|6|eight|8|digits|numbers|part|half|bit))\b|\s?[:=])\s?[:=]?\s?"
    r"(\d{3,8}(?:[ -]\d{2,4}){0,3})(?!\d)",
    re.IGNORECASE,
)
_BEGUN = re.compile(
    r"\b(?:card|visa|amex|mastercard|iban|account|phone|mobile|ssn|social security|insurance|passport)"
    r"(?: (?:number|num|no\.?))?(?: (?:is|starts with|begins with|starts|begins))? ?:? ?"
    r"(\d{4}(?: \d{1,3})?|\d{6})(?!\w|[.,:]\d)",
    re.IGNORECASE,
)
_YEARS = ("19", "20")
_BEGUN_WORDS = frozenset(["number", "num", "no", "is", "starts", "begins"])
_PART_LIST = """
first next last other remaining final middle rest
"""
_PART_WORDS = frozenset(_PART_LIST.split())
_NOUN_LIST = """
digits numbers four card half part
"""
_PART_NOUNS = frozenset(_NOUN_LIST.split())


class _Sums:
    """Luhn sums of every stretch of a number: the digits are added up once for each parity."""

    def __init__(self, number: str) -> None:
        values = list(map(int, number))
        self._totals = [
            [0, *accumulate(value if place % 2 == parity else _DOUBLED[value] for place, value in enumerate(values))]
            for parity in (0, 1)
        ]

    def valid(self, start: int, end: int) -> bool:
        """Whether the digits from ``start`` to ``end`` (exclusive) pass."""
        total = self._totals[(end - 1) % 2]
        return (total[end] - total[start]) % 10 == 0


def luhn(number: str) -> bool:
    """Whether a string of digits passes the Luhn check."""
    return _Sums(number).valid(0, len(number))


def find(text: str) -> Iterator[Match]:
    """Yield card numbers; a number in card shape, or after the word "card", counts even when mistyped."""
    view = seen(text)
    for run in view.runs:
        yield from _windows(view, run)
    if not view.numeric:
        return
    for shape in _SHAPE.finditer(text):
        sure = cued(text, shape.start(), _CUE)
        yield Match(shape.start(), shape.end(), "CARD", 0.9 if sure else 0.7, "four groups of four digits")
    if view.has(_BEGUN_WORDS):
        for begun in _BEGUN.finditer(text):
            if begun.group(1)[:2] not in _YEARS:
                yield Match(*begun.span(1), "NUMBER", 0.6, "the beginning of an announced number")
    if view.has(_PART_WORDS) and view.has(_PART_NOUNS):
        for part in _PARTS.finditer(text):
            if len(part.group(1)) != 5 or part.group(1)[0] == "0":
                yield Match(*part.span(1), "NUMBER", 0.6, "announced as part of a number")


def _windows(view: View, run: Run) -> Iterator[Match]:
    # A card is often followed by its expiry date or code, so every stretch between two separators is tried.
    number = run.digits
    if len(number) < 12:
        return
    sums = _Sums(number)
    offsets = [0, *accumulate(len(token.digits) for token in run.tokens)]
    places = {offset: index for index, offset in enumerate(offsets)}
    first = 0
    while first < len(run.tokens):
        last = next((places[end] for end in _ends(number, offsets[first], sums) if end in places), 0)
        start = run.tokens[first].start
        if last and not order_like(" ".join(token.digits for token in run.tokens[first:last])) and _free(view, start):
            yield Match(start, run.tokens[last - 1].end, "CARD", 0.97, "Luhn check")
            first = last
        else:
            first += 1


def _ends(number: str, start: int, sums: _Sums) -> Iterator[int]:
    for prefix, lengths in _NETWORKS:
        if prefix.match(number, start):
            for length in lengths:
                end = start + length
                if end <= len(number) and sums.valid(start, end):
                    yield end


def _free(view: str, start: int) -> bool:
    # "+44 …": a telephone number may pass the check by chance, and a card's value is never given back.
    return not view[max(0, start - 2) : start].rstrip(" (").endswith("+")


DETECTOR = Detector(labels=("CARD",), also=("NUMBER",), find=find, canonical=read_digits, loose=True)
