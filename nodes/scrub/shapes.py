"""What number detectors share: groups of digits, words that announce a value, and numbers that are nobody's data."""

from __future__ import annotations

import re

HOLE = "\ue000"
"""Stands for a character that detectors must not look at; belongs to no word, number or separator."""

_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
_DATE = (
    rf"(?<![\d.\-/+])(?:{_YEAR}([-/.]){_MONTH}\1{_DAY}|{_DAY}([-/.]){_MONTH}\2(?:{_YEAR}|\d\d)"
    rf"|{_MONTH}([-/.]){_DAY}\3(?:{_YEAR}|\d\d))(?!\d|[.\-/]\d)"
)
_AMOUNT = r"\d{1,6}(?:[., ]\d{3}){0,2}(?:[.,]\d\d)?"
_PRICE = (
    rf"(?:[€$£]|\b(?:EUR|USD|GBP)) ?{_AMOUNT}(?![\d.,]?\d)"
    rf"|(?<![\d.,])(?<!\d ){_AMOUNT} ?(?:[€$£]|(?:EUR|USD|GBP|euros?)\b)"
)
_TIME = r"(?<![\d:])(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![\d:])"
_UUID = r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"
_ORDINARY = re.compile(f"{_DATE}|{_PRICE}|{_TIME}|{_UUID}", re.IGNORECASE)

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
    """Return ``text`` with dates, times of day, prices and UUIDs blanked out: same length, so offsets stay."""
    return _ORDINARY.sub(lambda found: HOLE * len(found.group()), text)


def order_like(found: str) -> bool:
    """Whether a text is a list of five-digit numbers, as when somebody names two orders in a row."""
    parts = groups(found)
    return all(len(part) == 5 and part[0] != "0" for part in parts) and "+" not in found


def cued(text: str, start: int, cue: re.Pattern[str], reach: int = 32) -> bool:
    """Whether a word of ``cue`` stands within ``reach`` characters before ``start``."""
    return cue.search(text, max(0, start - reach), start) is not None
