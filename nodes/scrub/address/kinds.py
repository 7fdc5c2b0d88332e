"""Which letter a word gets in the shape of a text; the letters stand in ``tokens``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from frontdesk.nodes.scrub.address import words
from frontdesk.nodes.scrub.address.places import COUNTRIES, COUNTRIES_CAPITAL, FIRST_PARTS
from frontdesk.nodes.scrub.address.stops import STOP

_SHORT = re.compile(r"\d{1,3}[a-zA-Z]?|\d{1,3}-\d{1,3}[a-zA-Z]?")
_LONG = re.compile(r"\d{4,6}[a-zA-Z]?|\d{5}-\d{3,4}|\d{4}-\d{3}|\d{2}-\d{3}|\d{4}-\d{4}|[A-Z]{1,3}-\d{4,5}")
_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th|er|ère|e|ème|º|ª)", re.IGNORECASE)
_MIXED = re.compile(r"(?=\w*\d)\w{2,4}")
_FUSED = re.compile(rf"[\w-]{{2,}}(?:{words.FUSED})|[\w-]{{3,}}(?:{words.FUSED_LONG})")
_FUSED_SMALL = re.compile(rf"[\w-]{{3,}}(?:{words.FUSED_SMALL})|[\w-]{{5,}}{words.FUSED_SMALL_LONG}")
_ELIDED = re.compile(r"[dlDL]['’`](?=[A-ZÀ-Þ])")

_CLASSES: Final[dict[str, str]] = {
    word: kind
    for kind, members in (
        ("s", STOP),
        ("d", words.NOT_AN_ADDRESS),
        ("P", words.PARTICLE),
        ("p", words.BEFORE_PLACE),
        ("J", words.JOINING),
        ("H", words.NUMBER_SIGN),
        ("K", COUNTRIES),
        ("e", words.STREET_AFTER),
        ("u", words.UNIT_WEAK),
        ("U", words.UNIT),
        ("R", words.STREET_BEFORE),
    )
    for word in members
}
"""Kinds that are the same with and without a capital; where a word has several, the last one counts."""


@lru_cache(maxsize=8192)
def kind(word: str) -> str:
    """Return the letter for a word."""
    if word[0].isdigit():
        return _numeric(word)
    small = word.lower()
    capital = word[0] != small[0]
    known = _street_word(small, capital) or _common(small, capital)
    if known in ("s", "p", "P", "J", "H") and len(word) == 2 and word.isupper():
        return "B"
    if known:
        return known
    if _LONG.fullmatch(word):
        return "N"
    if _MIXED.fullmatch(word) and word.upper() == word:
        return "A"
    if any(char.isdigit() for char in word):
        return "x"
    if len(word) >= 5 and small not in words.NOT_FUSED:
        if capital and _FUSED.fullmatch(small):
            return "F"
        if not capital and _FUSED_SMALL.fullmatch(small):
            return "f"
    return "C" if capital or _ELIDED.match(word) else "l"


def _numeric(word: str) -> str:
    if _ORDINAL.fullmatch(word):
        return "O"
    if _SHORT.fullmatch(word):
        return "n"
    if _LONG.fullmatch(word):
        return "N"
    return "A" if _MIXED.fullmatch(word) else "x"


def _street_word(small: str, capital: bool) -> str:
    if small in words.STREET:
        return "T" if capital else "t"
    if small in words.STREET_SHORT:
        return "Y" if capital else "y"
    if small in words.STREET_CAPITAL and capital:
        return "Y"
    if small in words.STREET_SMALL and not capital:
        return "r"
    if small in words.STREET_BEFORE_CAPITAL:
        return "R" if capital else "r"
    return ""


def _common(small: str, capital: bool) -> str:
    if small == "nan" or (capital and small in FIRST_PARTS):
        return "C"
    if capital and small in COUNTRIES_CAPITAL:
        return "K"
    found = _CLASSES.get(small, "")
    if capital and (small == "n" or (found == "H" and len(small) > 3) or (len(small) == 1 and small != "i")):
        return "C"
    return found
