"""What an importer makes of a file: Markdown, what the file says of itself, and what was left out."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from frontdesk.errors import DataError

_ZERO_WIDTH = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e0fff]"
)
"""Characters that nobody sees: they hide words from people, and from filters the words that they split."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_ISO = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")


class UnreadableError(DataError):
    """A document cannot be imported; the message says why, without a word of it."""


@dataclass
class Found:
    """One document."""

    source: str
    """Its address, or its path below what was imported: stable from one import to the next."""
    title: str = ""
    url: str = ""
    """Canonical address; empty where it names none."""
    language: str = ""
    """As the document has it; not checked."""
    published: date | None = None
    modified: date | None = None
    expires: date | None = None
    body: str = ""
    """Markdown."""
    left_out: Counter[str] = field(default_factory=Counter)
    """Closed codes (``hidden``, ``zero_width``, ``links`` …) to how many."""


def unveiled(text: str, left_out: Counter[str]) -> str:
    """Return a text in NFC without characters that nobody sees; how many they were is added to ``left_out``."""
    clean, count = _ZERO_WIDTH.subn("", text)
    clean = _CONTROL.sub(" ", clean)
    if count:
        left_out["zero_width"] += count
    return unicodedata.normalize("NFC", clean)


def one_line(text: str) -> str:
    """Return a text with single spaces."""
    return " ".join(text.split())


def tidy(markdown: str) -> str:
    """Return Markdown without trailing spaces and with one blank line between blocks."""
    lines = [line.rstrip() for line in markdown.replace("\xa0", " ").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def day_in(text: object) -> date | None:
    """Return the day that a time stamp such as ``2025-03-01T10:00Z`` or ``D:20250301…`` begins with; None for none."""
    found = _ISO.search(text) if isinstance(text, str) else None
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


__all__ = ["Found", "UnreadableError", "day_in", "one_line", "tidy", "unveiled"]
