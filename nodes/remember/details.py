"""The ledger of key details: what a summary must not blur, kept word for word, each with the turn it came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

Kind = Literal["open", "done", "failed", "declined", "asked", "number", "amount", "date", "given", "looked up"]

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
"""Most important first: when the ledger is full, the last kinds go before the first."""
MOST = 40
"""Entries; about 600 tokens."""
_LONGEST = 200
"""Characters of one entry's text."""

_ENTRY = re.compile(rf"({'|'.join(KINDS)}): (.*) \(turn (\d+)\)", re.DOTALL)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_MONEY = r"\d[\d.,]*\d|\d"
_PATTERNS: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = (
    ("given", re.compile(r"<[A-Z][A-Z_]*_\d+>")),
    (
        "date",
        re.compile(
            r"\b(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}"
            rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\b(?:\s+\d{{4}})?"
            rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}})?)",
            re.IGNORECASE,
        ),
    ),
    (
        "amount",
        re.compile(
            rf"(?:[€$£]|\b(?:EUR|USD|GBP))\s?(?:{_MONEY})|\b(?:{_MONEY})\s?(?:[€$£]|(?:EUR|USD|GBP|euros?|dollars?|pounds?)\b)",
            re.IGNORECASE,
        ),
    ),
    ("number", re.compile(r"\b(?:[A-Z]{1,4}-?\d{3,}|\d{5,})\b")),
)
"""In this order; what one pattern took is not seen by the next."""


@dataclass(frozen=True, slots=True)
class Detail:
    """One entry."""

    kind: Kind
    text: str
    turn: int
    """1 for the first turn of the thread."""
    about: str = ""
    """Entries of one kind about the same thing replace each other; empty: about their text."""

    def __str__(self) -> str:
        """Return the entry as it stands in the state and in prompts."""
        return f"{self.kind}: {self.text[:_LONGEST]} (turn {self.turn})"


def parse(entry: str) -> Detail | None:
    """Return the detail that an entry of the state stands for; None for a text of another form."""
    found = _ENTRY.fullmatch(entry)
    if not found:
        return None
    kind: Kind = next(each for each in KINDS if each == found[1])
    return Detail(kind=kind, text=found[2], turn=int(found[3]), about=_subject(kind, found[2]))


def mentioned(text: str, turn: int) -> list[Detail]:
    """Return the ids, amounts, dates and placeholders in a masked text, in the order of their kinds."""
    found: list[Detail] = []
    for kind, pattern in _PATTERNS:
        found.extend(Detail(kind, match.group(), turn) for match in pattern.finditer(text))
        text = pattern.sub(" ", text)
    return found


def update(old: Sequence[str], new: Iterable[Detail], turn: int, most: int = MOST) -> list[str]:
    """Add details to the ledger.

    Args:
        old: The ledger in the state, newest last.
        new: What this turn brought. What waits for the customer's yes (``open``) is only what is in here.
        turn: The turn's number, from 1: the age of an entry counts from here when the ledger is full.
        most: Entries kept.

    Returns:
        The ledger, newest last: an entry said again moves to the end, one about the same thing is replaced, and the
        least important and oldest make room.
    """
    kept: dict[tuple[str, str], Detail] = {}
    former = (detail for entry in old if (detail := parse(entry)) and detail.kind != "open")
    for detail in (*former, *new):
        key = (detail.kind, detail.about or _subject(detail.kind, detail.text))
        kept.pop(key, None)
        kept[key] = detail
    entries = list(kept.values())
    while len(entries) > most:
        entries.remove(max(entries, key=lambda each: (KINDS.index(each.kind), turn - each.turn)))
    return [str(detail) for detail in entries]


def _subject(kind: Kind, text: str) -> str:
    """Return what an entry is about: a look-up is about its call, so that its newest result replaces the older."""
    return text.split(" = ", 1)[0] if kind == "looked up" else text
