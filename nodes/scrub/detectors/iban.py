"""Bank accounts as IBAN: country, its length and the check digits (mod 97, ISO 13616), through python-stdnum."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import iban

from frontdesk.nodes.scrub.detection import Detector, Match
from frontdesk.nodes.scrub.shapes import cued, digits

_START = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}[ .\-]?\d\d(?:[ .\-\n]{0,2}[A-Za-z0-9]){11,30}")
_CUE = re.compile(r"\b(?:iban|bank ?account|account number|konto|compte|cuenta|conto|rekening)", re.IGNORECASE)
_NOISE = re.compile(r"[^A-Za-z0-9]+")
_SHORTEST = 15


def canonical(value: str) -> str:
    """Return the account without separators, in capitals."""
    return _NOISE.sub("", value).upper()


def find(text: str) -> Iterator[Match]:
    """Yield IBANs; after the word "IBAN" also one whose check digits are wrong."""
    for found in _START.finditer(text):
        end = _valid_end(text, found.start(), found.end())
        if end:
            yield Match(found.start(), end, "IBAN", 0.98)
        elif cued(text, found.start(), _CUE) and len(digits(found.group())) >= 8:
            yield Match(found.start(), _last_digit(text, found.start(), found.end()), "IBAN", 0.85)


def _valid_end(text: str, start: int, end: int) -> int:
    # The words after a spaced account look like more of it: shorten until the check digits agree.
    while end - start >= _SHORTEST:
        if not text[end : end + 1].isalnum() and iban.is_valid(canonical(text[start:end])):
            return end
        end -= 1
    return 0


def _last_digit(text: str, start: int, end: int) -> int:
    while end > start and not text[end - 1].isdigit():
        end -= 1
    return end


DETECTOR = Detector(labels=("IBAN",), find=find, canonical=canonical, loose=True)
