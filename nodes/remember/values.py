"""Values in a customer's masked words: placeholders, dates, times, amounts, ids, short numbers with a name, names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from frontdesk.graph.placeholders import PLACEHOLDER
from frontdesk.nodes.remember.details import Kind

_MONTH = (
    r"(?:jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|märz|apr(?:il)?|may|mai|june?|juni|july?|juli|aug(?:ust)?"
    r"|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?|janvier|février|mars|avril|juin|juillet|août"
    r"|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre"
    r"|noviembre|diciembre)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_MONEY = r"\d[\d.,'’]*\d|\d"
_SIGN = r"[€$£]"
_CURRENCY = r"(?:EUR|USD|GBP|CHF|euros?|dollars?|pounds?|francs?|bucks|quid)"
_NAMES_OF_SHORT_NUMBERS = (
    r"(?:flat|room|unit|apartment|apt|suite|floor|gate|seat|row|table|bay|locker|shelf|box|platform|desk|door|house"
    r"|building|block|stairs?|aisle|size|level|zone|group|class|version|model|order|invoice|ticket|case|claim|item"
    r"|article|booking|reservation|parcel|policy|account|contract|option|plan|variant|line|zimmer|wohnung|größe|etage)"
)
_MEASURE = r"(?:mm|cm|dm|m|km|metres?|meters?|inch(?:es)?|ft|feet|kg|g|ml|l|litres?|liters?|W|watts?|kW|V|m²|sqm)"
_ORDINAL = r"\b\d{1,2}(?:st|nd|rd|th)\b"

PATTERNS: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = (
    ("given", PLACEHOLDER),
    (
        "date",
        re.compile(
            r"\b(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}"
            rf"|{_DAY}\.?\s+(?:(?:of|de)\s+)?{_MONTH}\b(?:,?\s+\d{{4}})?"
            rf"|{_MONTH}\s+(?:the\s+)?{_DAY}\b(?!:)(?:,?\s+\d{{4}}\b)?)",
            re.IGNORECASE,
        ),
    ),
    (
        "time",
        re.compile(
            r"(?<![\w.,:])(?:[01]?\d|2[0-3])(?:(?:[:.][0-5]\d)?\s?(?:[ap]\.?m\b\.?|o['’]clock\b|uhr\b)|:[0-5]\d)(?![\w:])",
            re.IGNORECASE,
        ),
    ),
    (
        "amount",
        re.compile(
            rf"(?:{_SIGN}|\b(?:EUR|USD|GBP|CHF))\s?(?:{_MONEY})|(?<![\w.,])(?:{_MONEY})\s?(?:{_SIGN}|{_CURRENCY}\b)",
            re.IGNORECASE,
        ),
    ),
    (
        "number",
        re.compile(
            r"(?<![\w.,-])(?:[A-Za-z]{1,6}-?\d{3,}(?:-?[A-Za-z\d]+)*"
            r"|(?=[A-Za-z\d-]*\d[A-Za-z\d-]*\d)(?=[A-Z\d-]*[A-Z])[A-Z\d]+(?:-[A-Z\d]+)+"
            r"|(?=[A-Z\d]*\d[A-Z]*\d)(?=\d*[A-Z])[A-Z\d]{5,}|\d{5,})(?![\w-])(?![.,]\d)"
        ),
    ),
    (
        "number",
        re.compile(
            rf"(?i:\b{_NAMES_OF_SHORT_NUMBERS}\b)(?:\s+(?i:is|was|numbers?|no\.?|nr\.?)(?=[\s#]))*\s*[:#]?\s*"
            r"(?P<value>\d{1,4}[A-Za-z]?|[A-Z]\d{0,3})(?![\w-])(?!['’.,]\d)(?!['’](?:m|d|ll|ve)\b)"
        ),
    ),
    ("number", re.compile(r"(?<!\w)#(?P<value>\d{2,})(?!\w)")),
    ("number", re.compile(rf"(?<![\w.,-])\d{{1,4}}(?:[.,]\d{{1,3}})?\s?{_MEASURE}(?![\w-])")),
    ("number", re.compile(r"(?<![\w.,-])\d{1,4}[A-Z](?![\w-])")),
)
"""In this order; what one pattern took is not seen by the next."""

NAMED = re.compile(r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]{2,}(?:[ -][A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]+)*")
ORDINAL = re.compile(_ORDINAL, re.IGNORECASE)
_NO_NAMES_WORDS = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december hello please thanks thank sorry actually sir madam dear english german "
    "french okay yeah great right sure fine perfect well nope oops exactly maybe the this that and but yes not "
    "our your its mrs how what when where which who why can could would "
)
_NO_NAMES = frozenset(_NO_NAMES_WORDS.split())
_ENDS = re.compile(r"\s*(?:[.,;!?]|\Z)")
_SENTENCE_START = re.compile(r"(?:\A|[.!?:\n])[\s\"'“(]*\Z")


@dataclass(frozen=True, slots=True)
class Span:
    """A value and where it stands."""

    kind: Kind
    text: str
    start: int
    end: int


def values_in(text: str, *, names: bool = True, known: frozenset[str] = frozenset()) -> list[Span]:
    """Return the values of a masked text, in their order.

    Args:
        text: The customer's own words.
        names: Also words with a capital inside a sentence; False for German, whose nouns all have one.
        known: Names that were said before: they may also begin a sentence, and beside one of them another may.
    """
    found: list[Span] = []
    left = text
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(left):
            group = "value" if "value" in pattern.groupindex else 0
            found.append(Span(kind, match[group].rstrip(".") or match[group], match.start(group), match.end(group)))
        left = pattern.sub(lambda match: " " * len(match.group()), left)
    if names:
        found.extend(_names(left, known))
    return sorted(found, key=lambda span: span.start)


def value_of(kind: Kind, text: str) -> str:
    """Return the value at the end of an entry's text; all of it where no pattern finds one there."""
    for each, pattern in PATTERNS:
        if each != kind:
            continue
        for match in pattern.finditer(text):
            group = "value" if "value" in pattern.groupindex else 0
            if match.end(group) == len(text):
                return match[group]
    words = text.rsplit(" ", 1)
    return words[-1] if len(words) > 1 and re.search(r"\d", words[-1]) else text


def _names(text: str, known: frozenset[str]) -> Iterator[Span]:
    found = [match for match in NAMED.finditer(text) if match[0].casefold() not in _NO_NAMES]
    beside = any(match[0] in known for match in found)
    for match in found:
        begins = _SENTENCE_START.search(text[: match.start()]) is not None
        if not begins or match[0] in known or (beside and _ENDS.match(text, match.end())):
            yield Span("named", match[0], match.start(), match.end())


__all__ = ["NAMED", "ORDINAL", "PATTERNS", "Span", "value_of", "values_in"]
