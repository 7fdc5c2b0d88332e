"""Escapes and invisible spellings: percent, backslash, entities, quoted-printable, tag characters, selectors."""

from __future__ import annotations

import html
import quopri
import re
from collections.abc import Iterator
from urllib.parse import unquote

_PERCENT = re.compile(r"%[0-9a-fA-F]{2}")
_ESCAPE = re.compile(r"(?:\\u|%u|U\+)\{?([0-9a-fA-F]{4,6})\}?\s?|\\x([0-9a-fA-F]{2})|\\([0-7]{3})")
_ENTITY = re.compile(r"&(?:#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|[a-zA-Z]{2,8});?")
_PRINTABLE = re.compile(r"=[0-9A-F]{2}")
# the flags of England, Scotland and Wales are spelt with tag characters
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007f]{1,8}")
TAGS = re.compile("[\U000e0020-\U000e007e]+")
"""Runs of Unicode tag characters: ASCII that nobody sees."""
SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{4,}")
"""Runs of variation selectors long enough to spell bytes."""


def readable(text: str) -> bool:
    """Whether decoded characters are writing rather than noise."""
    if len(text) < 6:
        return False
    printable = sum(char.isprintable() or char in "\n\t" for char in text)
    words = sum(char.isalpha() or char == " " for char in text)
    return printable >= 0.95 * len(text) and words >= 0.7 * len(text)


def _character(match: re.Match[str]) -> str:
    wide, narrow, octal = match.groups()
    code = int(octal, 8) if octal else int(wide or narrow, 16)
    return chr(code) if code <= 0x10FFFF else ""


def tagged(text: str) -> str:
    """Return the ASCII text spelt in Unicode tag characters; flags are not counted."""
    return "".join(chr(ord(char) - 0xE0000) for run in TAGS.findall(_FLAG.sub("", text)) for char in run)


def selected(text: str) -> str:
    """Return the text whose bytes are spelt in variation selectors (U+FE00.. = 0.., U+E0100.. = 16..)."""
    data = (
        bytes(ord(char) - 0xFE00 if char < "\U00010000" else ord(char) - 0xE0100 + 16 for char in run)
        for run in SELECTORS.findall(text)
    )
    plains = (piece.decode("utf-8", "ignore") for piece in data)
    return "".join(plain for plain in plains if readable(plain))


def _several(pattern: re.Pattern[str], text: str, least: int = 3) -> bool:
    found = pattern.finditer(text)
    return all(next(found, None) for _ in range(least))


def escaped(text: str) -> Iterator[tuple[str, str]]:
    """Yield (kind, text with its escapes undone) for every kind of escape that stands in ``text``."""
    if "%" in text and _several(_PERCENT, text):
        yield "percent", unquote(text, errors="ignore")
    if ("\\" in text or "U+" in text or "%u" in text) and _several(_ESCAPE, text):
        yield "escapes", _ESCAPE.sub(_character, text)
    if "&" in text and _ENTITY.search(text):
        yield "entities", html.unescape(text)
    if "=" in text and _several(_PRINTABLE, text):
        yield "quoted", quopri.decodestring(text.encode("utf-8", "replace")).decode("utf-8", "ignore")
    if not text.isascii():
        for kind, plain in (("tags", tagged(text)), ("selectors", selected(text))):
            if plain:
                yield kind, plain


__all__ = ["SELECTORS", "TAGS", "escaped", "readable", "selected", "tagged"]
