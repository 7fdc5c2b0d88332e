"""Bank accounts as IBAN: country, its length and the check digits (ISO 13616), by python-stdnum's register."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from stdnum import iban, numdb

from frontdesk.nodes.scrub.detection import Detector, Match
from frontdesk.nodes.scrub.shapes import cued
from frontdesk.nodes.scrub.view import seen

_START = re.compile(
    r"(?:(?<![A-Za-z0-9])|(?<=iban))([a-z])(?:[^\w|]|_){0,2}([a-z])(?:[^\w|]|_){0,4}"
    r"(?:\d(?:[^\w|]|_){0,4}[\doil|sb]|[oil|sb](?:[^\w|]|_){0,4}\d)(?=(?:\W|_){0,6}[a-z0-9])"
)
_CUE = re.compile(r"\b(?:iban|bank ?account|account number|konto|compte|cuenta|conto|rekening|conta)", re.IGNORECASE)
_NOISE = re.compile(r"[^A-Za-z0-9|]+")
_PART = re.compile(r"(\d+)(!?)([nac])")
_AS_DIGIT = str.maketrans("OQDIL|SZB", "000111528")
_AS_LETTER = str.maketrans("015", "OIS")
_WIDEST_GAP = 6
"""Characters between two of the account's; more than that is another thing."""


@cache
def _countries() -> dict[str, str]:
    """Country code to one letter per character of its account: ``n`` digit, ``a`` letter, ``c`` either.

    Source: the register inside python-stdnum, with which :func:`stdnum.iban.is_valid` checks too.
    """
    found: dict[str, str] = {}
    for code in (one + two for one in map(chr, range(65, 91)) for two in map(chr, range(65, 91))):
        bban = numdb.get("iban").info(code)[0][1].get("bban")
        if bban:
            found[code] = "".join(int(size) * kind for size, _, kind in _PART.findall(bban))
    return found


def canonical(value: str) -> str:
    """Return the account without separators, in capitals."""
    return _NOISE.sub("", value).upper()


def find(text: str) -> Iterator[Match]:
    """Yield IBANs, also with letters for digits; after the word "IBAN" one whose check digits are wrong, too."""
    view = seen(text)
    if not view.numeric:
        return
    done = 0
    for found in _START.finditer(view.low):
        shape = _countries().get((found.group(1) + found.group(2)).upper())
        if shape is None or found.start() < done:
            continue
        end = _end(text, found.start(), 4 + len(shape))
        if not end:
            continue
        written = canonical(text[found.start() : end])
        read = written[:2] + _as(written[2:], "nn" + shape)
        if any(iban.is_valid(number, check_country=False) for number in (read, written, _in_digits(written, shape))):
            yield Match(found.start(), end, "IBAN", 0.98, "IBAN check digits")
            done = end
        elif cued(text, found.start(), _CUE) and sum(map(str.isdigit, written)) >= 8:
            yield Match(found.start(), end, "IBAN", 0.85, "IBAN shape after its word")
            done = end


def _end(text: str, start: int, size: int) -> int:
    """Return where ``size`` letters and digits from ``start`` end, at the end of a word; 0 where they do not."""
    count = gap = 0
    for index in range(start, min(len(text), start + size * (_WIDEST_GAP + 1))):
        char = text[index]
        if char.isalnum() or char == "|":
            count, gap = count + 1, 0
            if count == size:
                return 0 if text[index + 1 : index + 2].isalnum() else index + 1
        else:
            gap += 1
            if gap > _WIDEST_GAP:
                return 0
    return 0


def _as(written: str, shape: str) -> str:
    return "".join(
        char.translate(_AS_DIGIT) if kind == "n" else char.translate(_AS_LETTER) if kind == "a" else char
        for char, kind in zip(written, shape, strict=False)
    )


def _in_digits(written: str, shape: str) -> str:
    return written[:2] + _as(written[2:], "nn" + shape.replace("c", "n"))


def _prepare() -> None:
    _countries()


DETECTOR = Detector(labels=("IBAN",), find=find, canonical=canonical, prepare=_prepare, loose=True)
