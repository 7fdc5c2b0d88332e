"""Payment cards: 12 to 19 digits that pass the Luhn check (ISO/IEC 7812-1), any separators, O and l read as digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from frontdesk.nodes.scrub.detection import Detector, Match
from frontdesk.nodes.scrub.shapes import cued, order_like, read_digits

_RUN = re.compile(r"(?<!\d)\d(?:[\s.\-_/*,]{0,3}[\dOIl]){11,40}")
_SHAPE = re.compile(r"(?<!\d)\d{4}([ .\-]?)\d{4}\1\d{4}\1\d{4}(?!\d)")
_CUE = re.compile(r"\b(?:card|visa|mastercard|amex|karte|carte|tarjeta|carta|kaart)\b", re.IGNORECASE)
_ISSUERS = re.compile(r"[2-6]|1800")
_LENGTHS = (16, 15, 19, 18, 17, 14, 13, 12)
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def luhn(number: str) -> bool:
    """Whether a string of digits passes the Luhn check."""
    values = [int(digit) for digit in reversed(number)]
    return (sum(values[::2]) + sum(_DOUBLED[value] for value in values[1::2])) % 10 == 0


def find(text: str) -> Iterator[Match]:
    """Yield card numbers; a number in card shape, or after the word "card", counts even when mistyped."""
    for run in _RUN.finditer(text):
        yield from _windows(text, run.start(), run.end())
    for shape in _SHAPE.finditer(text):
        score = 0.9 if cued(text, shape.start(), _CUE) else 0.7
        yield Match(shape.start(), shape.end(), "CARD", score)


def _windows(text: str, start: int, end: int) -> Iterator[Match]:
    # A card is often followed by its expiry date or code, so every stretch between two separators is tried.
    places = [index for index in range(start, end) if text[index].isalnum()]
    number = read_digits("".join(text[index] for index in places))
    first = 0
    while first + 12 <= len(places):
        length = 0
        if _ISSUERS.match(number, first):
            length = next((size for size in _LENGTHS if _is_card(text, places, number, first, size)), 0)
        if length:
            yield Match(places[first], places[first + length - 1] + 1, "CARD", 0.97)
        first += length or 1
        while first < len(places) and places[first] == places[first - 1] + 1:
            first += 1


def _is_card(text: str, places: list[int], number: str, first: int, size: int) -> bool:
    if first + size > len(places) or text[places[first + size - 1] + 1 : places[first + size - 1] + 2].isalnum():
        return False
    if not luhn(number[first : first + size]):
        return False
    written = text[places[first] : places[first + size - 1] + 1]
    return sum(map(str.isalpha, written)) <= size // 2 and not order_like(written)


DETECTOR = Detector(labels=("CARD",), find=find, canonical=read_digits, loose=True)
