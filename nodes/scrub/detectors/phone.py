"""Telephone numbers of many countries, by phonenumbers' metadata; never dates, prices, times or five-digit orders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumber

from frontdesk.nodes.scrub.detection import Detector, Match
from frontdesk.nodes.scrub.shapes import cued, digits, groups, order_like
from frontdesk.nodes.scrub.view import Run, View, seen

_REGION_LIST = """
US GB DE FR ES IT NL BE AT CH PT AU DK SE IN NO FI IE PL CZ SK HU RO GR HR SI LU BR MX AR CL CO JP KR CN HK SG
NZ ZA IL TR AE
"""
REGIONS = (_REGION_LIST).split()
"""Countries whose national spelling is understood; with a ``+`` every country is."""

_CANDIDATE = re.compile(
    r"(?<![\w.,:/#-])(?:\+ ?)?\(?\+?\d[\d ().\-/]{4,26}\d"
    r"(?:(?P<extension> ?,? ?(?:x|ext\.?|extension|durchwahl|dw|poste|int\.?) ?:? ?\d{1,6})\b|(?![\w@]))"
)
_CUE = re.compile(
    r"\b(?:phone|tele(?:phone|fon|foon|fono)|tel|mobile|mobil|cell|handy(?:nummer)?|call(?: me)?|text me|ring me"
    r"|reach me|whats ?app|fax|contact|t[ée]l[ée]phone|portable|m[óo]vil|cellulare|mobiel|rufnummer|sms|signal|telegram"
    r"|telefonnummer|anrufen|ll[aá]m(?:ame|eme)|appelez|chiama(?:mi)?|bel me|n[uú]mero|telem[oó]vel|celular)\b",
    re.IGNORECASE,
)
_SIGN_AFTER = re.compile(
    r"\s?\(?(?:office|home|work|mobile|cell|fax|tel|phone|mob|privat|b[üu]ro|bureau)\b", re.IGNORECASE
)
_EXTENSION = re.compile(r"[a-z]", re.IGNORECASE)
_GAPS = re.compile(r"[().\-/ ]")


@cache
def _national() -> re.Pattern[str]:
    """One pattern for the whole of a number as dialled inside one of ``REGIONS``.

    Source: ``general_desc`` and national prefix of Google's libphonenumber, from the package phonenumbers.
    """
    patterns: set[str] = set()
    for region in REGIONS:
        metadata = PhoneMetadata.metadata_for_region(region)
        if metadata and metadata.general_desc and metadata.general_desc.national_number_pattern:
            prefix = metadata.national_prefix
            optional = f"(?:{prefix})?" if prefix else ""
            patterns.add(f"{optional}(?:{metadata.general_desc.national_number_pattern})")
    return re.compile("|".join(sorted(patterns)))


def canonical(value: str) -> str:
    """Return the number as dialled inside its country: ``+49 171 2345678`` and ``0171 2345678`` are the same."""
    main, *extension = _EXTENSION.split(value, maxsplit=1)
    number = _parse(main) if main.lstrip(" (").startswith(("+", "00")) else None
    dialled = str(number.national_number) if number else digits(main).lstrip("0")
    return "x".join([dialled, *map(digits, extension)])


def find(text: str) -> Iterator[Match]:
    """Yield telephone numbers of 7 to 15 digits (6 after a word such as "phone", or before one such as "office")."""
    view = seen(text)
    if view.numeric:
        for found in _CANDIDATE.finditer(view.bare):
            extension = found["extension"] or ""
            written = found.group().removesuffix(extension).strip(" .-/")
            end = found.start() + len(written) + len(extension)
            score, reason = _judged(view, found.start(), end, written)
            if score:
                yield Match(found.start(), end, "PHONE", score, reason)
    for run in view.runs:
        if run.disguised or not all(run.tight):
            yield from _disguised(view, run)


def _judged(view: View, start: int, end: int, written: str) -> tuple[float, str]:
    size = len(digits(written))
    if not 6 <= size <= 17 or (size > 15 and not written.startswith("00")):
        return 0.0, ""
    if written.startswith(("+", "(+")) and size >= 7:
        return 0.9, "international form"
    if not order_like(written):
        if cued(view, start, _CUE):
            return 0.88, "after a word for telephone"
        if len(groups(written)) > 1 and _SIGN_AFTER.match(view, end):
            return 0.86, "before a word for telephone"
        if "." in written and any(len(part) == 1 for part in groups(written)[1:]):
            return 0.0, ""  # a version: "124.0.6367"
        if _dialable(written):
            return 0.6, "number plan of a country"
    return (0.5, "grouped as a telephone number") if _phone_shaped(written) else (0.0, "")


def _phone_shaped(written: str) -> bool:
    # Seven digits and more in groups that no date, price or order number has: masking it costs nothing.
    parts = groups(written)
    size = sum(map(len, parts))
    if not 7 <= size <= 15 or not _GAPS.search(written) or any(len(part) == 5 and part[0] != "0" for part in parts):
        return False
    return 1 < len(parts) <= size // 2 and not all(_is_year(part) for part in parts)


def _is_year(part: str) -> bool:
    return len(part) == 4 and part[:2] in ("19", "20")


def _dialable(written: str) -> bool:
    parts = groups(written)
    size = sum(map(len, parts))
    if not 7 <= size <= 15 or (size < 9 and (len(parts) == 1 or any(len(part) == 5 for part in parts))):
        return False
    if len(parts) == 1 and not 9 <= size <= 11:
        return False
    return not all(map(_is_year, parts)) and _national().fullmatch("".join(parts)) is not None


def _disguised(view: View, run: Run) -> Iterator[Match]:
    """Yield a number written in words, with letters for digits or with odd gaps, if a country has such numbers."""
    number = run.digits
    if not 7 <= len(number) <= 15:
        return
    start, end = run.tokens[0].start, run.tokens[-1].end
    plus = view[max(0, start - 2) : start].rstrip(" (").endswith("+") or view.low[max(0, start - 5) : start] == "plus "
    if plus or cued(view, start, _CUE):
        yield Match(start, end, "PHONE", 0.7, "digits in disguise after a word for telephone")
    elif run.disguised and len(number) >= 9 and number[0] == "0" and _national().fullmatch(number):
        yield Match(start, end, "PHONE", 0.55, "number plan of a country, digits in disguise")


def _parse(value: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse("+" + digits(value).removeprefix("00"), None)
    except phonenumbers.NumberParseException:
        return None


def _prepare() -> None:
    _national()


DETECTOR = Detector(labels=("PHONE",), find=find, canonical=canonical, prepare=_prepare, loose=True)
