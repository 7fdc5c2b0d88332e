"""Every way a text may be meant to be read: as it stands, folded, unspaced, un-leeted, turned round, decoded.

A check reads all views; a reader of the original never has to undo a trick. Long inputs are cut (:data:`LIMIT`),
decoded text is capped (:data:`DECODED`), so the work stays linear in a bounded length.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from frontdesk.nodes.guard.characters import even, fold, visible
from frontdesk.nodes.guard.decode import decoded

LIMIT = 40_000
"""Characters of a text that are read: the first three quarters of it from the start, the rest from the end."""
DECODED = 16_000
"""Characters of decoded text that are read, all encodings together."""
_DEPTH = 2
"""Encodings inside encodings that are undone."""

_DASHED = re.compile(r"(?<![a-z0-9])(?:[a-z0-9][.\-_*|/]){2,}[a-z0-9](?![a-z0-9])")
_SPACED = re.compile(r"(?<![a-z0-9])(?:[a-z0-9]\s{1,3}){4,}[a-z0-9](?![a-z0-9])")
_LEET = re.compile(r"[a-z0-9@$!|+]{3,}")
_LEET_MARK = re.compile(r"[a-z][0-9@$!|+]|[0-9@$!|+][a-z]")
_AS_I = str.maketrans("013457@$!|+", "oieastasiit")
_AS_L = str.maketrans("013457@$!|+", "oleastasilt")
# long runs lose their word breaks when letters are spaced out evenly; these words bring them back
_WORDS = re.compile(
    "(ignore|disregard|forget|bypass|override|reveal|show|print|repeat|pretend|act|all|any|your|the|previous|prior|"
    "above|earlier|system|initial|secret|hidden|developer|instructions?|prompts?|rules?|guidelines?|mode|password|"
    "you|are|now|and|me|my|to|be|do|anything|everything|jailbreak)"
)


@dataclass(frozen=True, slots=True)
class View:
    """One reading of a text."""

    kind: str
    """``plain``, ``folded``, ``spaced``, ``leet``, ``reversed``, ``rot13``, ``base64`` …"""
    text: str
    """Casefolded, evenly spaced."""


def _cut(text: str) -> str:
    if len(text) <= LIMIT:
        return text
    return text[: LIMIT * 3 // 4] + "\n" + text[-LIMIT // 4 :]


def _join(match: re.Match[str]) -> str:
    words = [re.sub(r"\s", "", part) for part in re.split(r"\s{2,}", match.group())]
    joined = " ".join(words)
    return _WORDS.sub(r" \1 ", joined) if len(words) == 1 and len(joined) >= 12 else joined


def unspaced(text: str) -> str:
    """Return casefolded ``text`` with letters that stand apart ("i g n o r e", "a-l-l") joined into words."""
    undashed = _DASHED.sub(lambda match: re.sub(r"[^a-z0-9]", "", match.group()), text)
    return _SPACED.sub(_join, undashed)


def unleet(text: str) -> Iterator[str]:
    """Yield readings of ``text`` in which digits inside words stand for letters: with 1 as i, then as l."""
    if not _LEET_MARK.search(text):
        return

    def spell(table: dict[int, int]) -> str:
        def word(match: re.Match[str]) -> str:
            return match.group().translate(table) if _LEET_MARK.search(match.group()) else match.group()

        return _LEET.sub(word, text)

    first = spell(_AS_I)
    yield first
    second = spell(_AS_L)
    if second != first:
        yield second


def _readings(text: str) -> Iterator[View]:
    """Yield the readings of one text that need no decoding."""
    seen = visible(text)
    plain = even(seen)
    yield View("plain", plain)
    if not plain.isascii():
        yield View("folded", even(fold(seen)))
    latin = even(fold(seen)) if not plain.isascii() else plain
    yield View("spaced", even(unspaced(fold(seen).casefold())))
    for reading in unleet(latin):
        yield View("leet", reading)
    yield View("reversed", latin[::-1])
    yield View("reversed", " ".join(word[::-1] for word in latin.split()))
    yield View("rot13", codecs.encode(latin, "rot13"))


def _unpacked(text: str, depth: int) -> Iterator[tuple[str, str]]:
    for kind, plain in decoded(text):
        yield kind, plain
        if depth > 1:
            yield from _unpacked(plain, depth - 1)


def views(text: str) -> tuple[View, ...]:
    """Return every distinct reading of ``text``, the plain one first.

    Args:
        text: Any string: lone surrogates, control characters and megabytes included.

    Returns:
        At least one view. Readings equal to an earlier one are left out.
    """
    given = _cut(text)
    found: dict[str, View] = {}
    for view in _readings(given):
        found.setdefault(view.text, view)
    budget = DECODED
    for kind, plain in _unpacked(given, _DEPTH):
        piece = plain[:budget]
        budget -= len(piece)
        for view in _readings(piece):
            found.setdefault(view.text, View(kind, view.text))
        if budget <= 0:
            break
    return tuple(found.values())


def readings(text: str) -> tuple[str, ...]:
    """Return the texts of :func:`views`: what the output guards look through for a leak."""
    return tuple(view.text for view in views(text))


__all__ = ["DECODED", "LIMIT", "View", "readings", "unleet", "unspaced", "views"]
