"""Long numbers of no known kind: seven digits and more, in digits or words; and numbers of parcels on their way.

An order number has five. Masking is reversible, so a number too many costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from frontdesk.nodes.scrub.detection import Detector, Match
from frontdesk.nodes.scrub.number_words import spelled
from frontdesk.nodes.scrub.shapes import cued, digits, orders
from frontdesk.nodes.scrub.view import Run, View, seen

_FEWEST = 7
_CUE = re.compile(
    r"\b(?:number|num|no|card|phone|call|account|iban|id|ssn|nummer|karte|telefon|num[ée]ro|n[úu]mero|carte"
    r"|tarjeta|carta"
    r"|cart[ãa]o|kaart|konto|compte|cuenta|conto|conta|rekening|digits|it'?s|is)\b",
    re.IGNORECASE,
)
_TRACKING = re.compile(
    r"(?<![\w-])(?:1Z ?[0-9A-Z]{3} ?[0-9A-Z]{3} ?[0-9A-Z]{2} ?[0-9A-Z]{4} ?[0-9A-Z]{4}"
    r"|[A-Z]{2} ?\d{3} ?\d{3} ?\d{3} ?[A-Z]{2}"
    r"|(?:JD|JJD|JVGL|TBA|GM|LX|LP|YT|SF|H)\d{8,20}|[A-Z]{1,4}-?\d{9,20}[A-Z]{0,2})(?![\w-])",
    re.IGNORECASE,
)
_ALONE = 96
"""Characters of a message that may be nothing but a number."""
_LONGEST_DIALLED = 13
_MARKUP = re.compile(r"[*_~`\"'\[\]{}]")
_WORDS = re.compile(r"[^\W\d_]{2,}")
_BARE = re.compile(
    r"[\s#.,…•*-]{0,6}(?!(?:(?:19|20)\d\d|(?:0[6-9]|1\d|2[0-3])(?:00|15|30|45))\s*\Z)"
    r"(?:\d{4}|\d{3}[ -]\d{3}|\d{2}[ -]\d{4}|\d{4}[ -]\d{2}|\d{6,})[.,…-]*\s*"
)


def find(text: str) -> Iterator[Match]:
    """Yield long numbers; of a message that is nothing but a number, shorter ones too: it may be a part of one."""
    view = seen(text)
    for run in view.runs:
        if len(run.digits) >= _FEWEST:
            yield from _long(view, run)
    if not view.numeric:
        return
    for found in _TRACKING.finditer(text):
        if sum(map(str.isdigit, found.group())) >= 8:
            yield Match(found.start(), found.end(), "NUMBER", 0.4, "shape of a parcel's number")
    whole = _BARE.fullmatch(text) if len(text) < 24 else None
    if whole:
        start = len(text) - len(text.lstrip(" \n\t#.,…•*-"))
        yield Match(start, len(text.rstrip(" \n\t.,…-")), "NUMBER", 0.3, "a number and nothing else")


def _long(view: View, run: Run) -> Iterator[Match]:
    for piece in run.pieces():
        if _is_long(piece):
            reason = "digits in disguise" if piece.disguised else "long number"
            yield Match(piece.tokens[0].start, piece.tokens[-1].end, "NUMBER", 0.3, reason)
    if _is_alone(view, run):
        yield Match(run.tokens[0].start, run.tokens[-1].end, "NUMBER", 0.62, "a number in pieces and nothing else")
    elif not all(run.tight) and _is_scattered(view, run):
        yield Match(run.tokens[0].start, run.tokens[-1].end, "NUMBER", 0.25, "digits written apart")


def _is_long(run: Run) -> bool:
    parts = [token.digits for token in run.tokens]
    size = sum(map(len, parts))
    if size < _FEWEST or (
        run.disguised and len(parts) < 4 and not any(token.plain for token in run.tokens) and size < 9
    ):
        return False
    if size < 9 and any(len(part) == 5 and part[0] != "0" for part in parts):
        return False
    years = all(len(part) == 4 and part[:2] in ("19", "20") for part in parts)
    return not years and not orders(parts)


def _is_scattered(view: View, run: Run) -> bool:
    parts = [token.digits for token in run.tokens]
    if max(map(len, parts)) > 4 or orders(parts) or all(part[:2] in ("19", "20") for part in parts):
        return False
    single = sum(len(part) == 1 for part in parts) >= len(parts) - 1
    return single or parts[0][0] == "0" or run.disguised or cued(view, run.tokens[0].start, _CUE, reach=24)


def _is_alone(view: View, run: Run) -> bool:
    """Whether a message says no more than a number in odd pieces; two or more numbers in order are a list."""
    parts = [token.digits for token in run.tokens]
    if len(view) > _ALONE or len(run.digits) < _FEWEST + 2 * (parts[0][0] != "0"):
        return False
    written = view[run.tokens[0].start : run.tokens[-1].end]
    dialled = len(run.digits) <= _LONGEST_DIALLED or parts[0].startswith("00")
    if all(run.tight) and dialled and _MARKUP.search(written) is None:
        return False
    listed = len({len(part) for part in parts}) == 1 and (sorted(parts) == parts or sorted(parts)[::-1] == parts)
    if orders(parts) or (listed and len(set(parts)) > 1) or all(part[:2] in ("19", "20") for part in parts):
        return False
    outside = view[: run.tokens[0].start] + " " + view[run.tokens[-1].end :]
    return len(_WORDS.findall(outside)) <= 1 and not any(map(str.isdigit, outside))


def canonical(value: str) -> str:
    """Return the digits, those in words included."""
    found = "".join(word if word.isdigit() else spelled(word) for word in re.findall(r"[^\W\d_]+|\d+", value.lower()))
    return found or digits(value) or " ".join(value.casefold().split())


DETECTOR = Detector(labels=("NUMBER",), find=find, canonical=canonical, loose=True)
