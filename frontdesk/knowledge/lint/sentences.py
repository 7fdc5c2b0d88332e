"""A page's sentences: where they stand, what they are about, and the quantities in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from frontdesk.desk.config import Page
from frontdesk.desk.draft import Entry
from frontdesk.nodes.recall.words import terms_of

_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ\"“])")
_MARKUP = re.compile(r"^\s*(?:[-*+]|\d+[.)]|>)\s+|[*_`]{1,3}|^#+\s+")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_URL = re.compile(r"\b(?:https?://|www\.)\S+")
_NUMBER = r"(\d+(?:[.,]\d+)*)"
_UNITS = {
    "day": r"(?:working |business )?days?", "hour": r"hours?|hrs?", "minute": r"minutes?|mins?", "week": r"weeks?",
    "month": r"months?", "year": r"years?", "%": r"%|per ?cent", "km": r"km", "cm": r"cm", "kg": r"kg",
    "point": r"points?", "EUR": r"EUR|€|euros?", "GBP": r"GBP|£|pounds?", "USD": r"USD|\$|dollars?",
    "time": r"(?:am|pm|o'clock)",
}  # fmt: skip
_AFTER = {unit: re.compile(rf"{_NUMBER}\s?-?(?:{form})(?!\w)", re.IGNORECASE) for unit, form in _UNITS.items()}
_RANGE = re.compile(r"(\d+(?:[.,]\d+)*)\s*(?:to|-|–|and|or)\s*(?=\d)", re.IGNORECASE)
_BEFORE = {
    "EUR": re.compile(rf"€\s?{_NUMBER}"),
    "GBP": re.compile(rf"£\s?{_NUMBER}"),
    "USD": re.compile(rf"\$\s?{_NUMBER}"),
}
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(rf"\b(\d{{1,2}}\s+(?:{_MONTHS})|(?:{_MONTHS})\s+\d{{1,2}}|\d{{4}}-\d\d-\d\d)\b")
_NOT = re.compile(r"\b(?:not|never|no longer|cannot|can't|don't|doesn't|isn't|aren't|won't|without|neither)\b", re.I)
_UNIT_NAMES = "day hour minut min week month year euro eur gbp usd pound dollar point work busi km cm kg cent"
_UNIT_WORDS = frozenset(_UNIT_NAMES.split())


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a page."""

    entry: Entry[Page]
    offset: int
    """Its line in the body, from 0."""
    text: str
    terms: frozenset[str]
    """Stems of what it is about, without numbers and units."""
    quantities: dict[str, frozenset[str]]
    """Unit to the numbers that stand with it."""
    negated: bool


def sentences_of(entry: Entry[Page]) -> Iterator[Sentence]:
    """Yield the sentences, list items and rows of a page's body; headings ask, so they state nothing."""
    for offset, line in enumerate(entry.record.body.split("\n")):
        if line.lstrip().startswith(("#", "---", "```")):
            continue
        plain = _LINK.sub(r"\1", _MARKUP.sub("", line)).strip()
        for text in _END.split(plain):
            words = _URL.sub(" ", text)
            terms = frozenset(term for term in terms_of(words) if not any(char.isdigit() for char in term))
            if terms:
                yield Sentence(entry, offset, text, terms - _UNIT_WORDS, quantities_in(words), bool(_NOT.search(words)))


def quantities_in(text: str) -> dict[str, frozenset[str]]:
    """Return the numbers of a text by unit; both ends of a range count."""
    found: dict[str, set[str]] = {}
    for unit, pattern in _AFTER.items():
        for match in pattern.finditer(text):
            found.setdefault(unit, set()).add(number(match[1]))
            for lower in _RANGE.finditer(text[: match.start(1)] + "0"):
                if lower.end() == match.start(1):
                    found[unit].add(number(lower[1]))
    for unit, pattern in _BEFORE.items():
        found.setdefault(unit, set()).update(number(match[1]) for match in pattern.finditer(text))
    found["date"] = {" ".join(match[1].split()) for match in _DATE.finditer(text)}
    return {unit: frozenset(numbers) for unit, numbers in found.items() if numbers}


def number(text: str) -> str:
    """Return a number in one form: ``4,95`` and ``4.95`` are the same, and so are ``1.000`` and ``1000``."""
    whole, comma, part = text.replace(",", ".").rpartition(".")
    if comma and len(part) == 3:
        return whole.replace(".", "") + part
    plain = f"{whole.replace('.', '')}.{part}".rstrip("0").rstrip(".") if comma else part
    return plain or "0"


__all__ = ["Sentence", "number", "quantities_in", "sentences_of"]
