"""What number detectors share: groups of digits, words that announce a value, and numbers that are nobody's data."""

from __future__ import annotations

import re
from collections.abc import Sequence

HOLE = "\ue000"
"""Stands for a character that detectors must not look at; belongs to no word, number or separator."""

_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
_DATE = (
    rf"(?<![.\-/+])(?:{_YEAR}([-/.]){_MONTH}\1{_DAY}|{_DAY}([-/.]){_MONTH}\2(?:{_YEAR}|\d\d)"
    rf"|{_MONTH}([-/.]){_DAY}\3(?:{_YEAR}|\d\d)|{_DAY} {_MONTH} {_YEAR})(?!\d|[.\-/ ]\d)"
)
_AMOUNT = r"\d{1,6}(?:[., ]\d{3}){0,2}(?:[.,]\d\d)?"
_CURRENCY = r"(?:EUR|USD|GBP|CHF|euros?|dollars?|pounds?|francs?)\b"
_PRICE = rf"(?<![.,])(?<!\d ){_AMOUNT} ?(?:[€$£]|{_CURRENCY})"
_TIME = r"(?<!:)(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.,]\d{1,9})?)?(?:[+-]\d\d:?\d\d)?(?![\d:])"
_MEASURE = (
    r"(?<![.,+(lI-])(?<!\d[ /-])\d{1,9}(?:[.,]\d{1,3})? ?"
    r"(?:%|(?:percent|prozent|[cmk]?m|k?g|ml|(?<!\d\d\d)l|lbs?|kwh|[kmg]b|pcs|pieces|items|units|st[üu]ck|days?|hours?|minutes?)\b)"
)
# The look-ahead first: in most places of a text there is no digit, and nothing else is tried.
_ORDINARY = re.compile(rf"(?=\d)(?<!\d)(?:{_DATE}|{_PRICE}|{_TIME}|{_MEASURE})", re.IGNORECASE)
_PRICED = re.compile(rf"(?:[€$£]|\b(?:EUR|USD|GBP|CHF)) ?{_AMOUNT}(?![\d.,]?\d)", re.IGNORECASE)
_UUID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", re.IGNORECASE)

_DIGITS = re.compile(r"\d+")
_LETTER_DIGITS = str.maketrans("OoIl|", "00111")


def digits(text: str) -> str:
    """Return the digits of ``text`` alone."""
    return "".join(_DIGITS.findall(text))


def read_digits(text: str) -> str:
    """Return the digits of ``text``, letters that stand for digits (O, I, l) included."""
    return digits(text.translate(_LETTER_DIGITS))


def groups(text: str) -> list[str]:
    """Return the unbroken groups of digits of ``text``."""
    return _DIGITS.findall(text)


def without_ordinary(text: str) -> str:
    """Return ``text`` with dates, times of day, prices, measures and UUIDs blanked out; the length stays."""
    if text.count("-") >= 4:
        text = _UUID.sub(_blank, text)
    return _ORDINARY.sub(_blank, _PRICED.sub(_blank, text))


def _blank(found: re.Match[str]) -> str:
    return HOLE * len(found.group())


def order_like(found: str) -> bool:
    """Whether a text is a list of five-digit numbers, as when somebody names two orders in a row."""
    return "+" not in found and orders(groups(found))


def orders(parts: Sequence[str]) -> bool:
    """Whether groups of digits are order numbers: five digits, maybe with quantities of one or two between."""
    fives = sum(len(part) == 5 and part[0] != "0" for part in parts)
    return fives > 0 and all(len(part) == 5 and part[0] != "0" for part in parts if len(part) > 2)


def cued(text: str, start: int, cue: re.Pattern[str], reach: int = 32) -> bool:
    """Whether a word of ``cue`` stands within ``reach`` characters before ``start``."""
    return cue.search(text, max(0, start - reach), start) is not None
