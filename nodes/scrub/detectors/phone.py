"""Telephone numbers of many countries, through phonenumbers; never dates, prices, times or five-digit order numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers
from phonenumbers import PhoneNumber

from frontdesk.nodes.scrub.detection import Detector, Match
from frontdesk.nodes.scrub.shapes import HOLE, cued, digits, groups, order_like, without_ordinary

REGIONS = ("US", "GB", "DE", "FR", "ES", "IT", "NL", "BE", "AT", "CH", "PT", "AU", "DK", "SE", "IN")
"""Countries whose national spelling is tried, most likely first; with a ``+`` every country is understood."""

_CANDIDATE = re.compile(
    r"(?<![\w.,:/#-])(?:\+ ?)?\(?\+?\d[\d ().\-/]{4,26}\d"
    r"(?:(?P<extension> ?(?:x|ext\.?|extension) ?\d{1,6})\b|(?![\w@]))"
)
_CUE = re.compile(
    r"\b(?:phone|tele(?:phone|fon|foon|fono)|tel|mobile|mobil|cell|handy(?:nummer)?|call(?: me)?|text me|ring me"
    r"|reach me|whatsapp|fax|contact|t[ée]l[ée]phone|portable|m[óo]vil|cellulare|mobiel|rufnummer"
    r"|telefonnummer|anrufen)\b",
    re.IGNORECASE,
)
_EXTENSION = re.compile(r"[a-z]", re.IGNORECASE)
_GAPS = re.compile(r"[().\-/ ]")
_LOOKUPS = 48
"""Library look-ups per text: bounds the cost of a text full of numbers; what is left counts by its shape alone."""


def canonical(value: str) -> str:
    """Return the number as dialled inside its country: ``+49 171 2345678`` and ``0171 2345678`` are the same."""
    main, *extension = _EXTENSION.split(value, maxsplit=1)
    number = _parse(main, None) if main.lstrip(" (").startswith(("+", "00")) else None
    dialled = str(number.national_number) if number else digits(main).lstrip("0")
    return "x".join([dialled, *map(digits, extension)])


def find(text: str) -> Iterator[Match]:
    """Yield telephone numbers of 7 to 15 digits (6 after a word such as "phone")."""
    lookups = 0
    view = without_ordinary(text)
    for found in _CANDIDATE.finditer(view):
        extension = found["extension"] or ""
        written = found.group().removesuffix(extension).strip(" .-/")
        score = _cheap_score(view, found.start(), written)
        if score is None and lookups < _LOOKUPS:
            lookups += 1
            score = 0.6 if _dialable(written) else None
        if score is None:
            score = _shape_score(written)
        if score is not None:
            yield Match(found.start(), found.start() + len(written) + len(extension), "PHONE", score)


def _cheap_score(text: str, start: int, written: str) -> float | None:
    size = len(digits(written))
    if not 6 <= size <= 17 or (size > 15 and not written.startswith("00")):
        return None
    if written.startswith(("+", "(+")) and size >= 7:
        return 0.9
    return 0.88 if cued(text.replace(HOLE, " "), start, _CUE) and not order_like(written) else None


def _shape_score(written: str) -> float | None:
    # Seven digits and more in groups that no date, price or order number has: masking it costs nothing.
    parts = groups(written)
    size = sum(map(len, parts))
    if not 7 <= size <= 15 or not _GAPS.search(written) or any(len(part) == 5 and part[0] != "0" for part in parts):
        return None
    return 0.5 if len(parts) > 1 and len(parts) <= size // 2 else None


def _dialable(written: str) -> bool:
    parts = groups(written)
    size = sum(map(len, parts))
    if not 7 <= size <= 15 or order_like(written) or (size < 9 and any(len(part) == 5 for part in parts)):
        return False
    if len(parts) == 1 and not 9 <= size <= 11:
        return False
    numbers = (_parse(written, region) for region in REGIONS)
    return any(number is not None and phonenumbers.is_valid_number(number) for number in numbers)


def _parse(value: str, region: str | None) -> PhoneNumber | None:
    plain = digits(value)
    international = region is None
    try:
        return phonenumbers.parse("+" + plain.removeprefix("00") if international else plain, region)
    except phonenumbers.NumberParseException:
        return None


DETECTOR = Detector(labels=("PHONE",), find=find, canonical=canonical, loose=True)
