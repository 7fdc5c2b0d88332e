"""Every way a text may be meant to be read: as it stands, folded, joined, respelt, turned round, decoded.

A check reads all views; a reader of the original never has to undo a trick. A view is built only when a cheap test
says that it may matter, so an ordinary message has one. Long inputs are cut (:data:`LIMIT`), decoded text is capped
(:data:`DECODED`), and so is the number of views (:data:`VIEWS`): the work stays linear in a bounded length.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass

from frontdesk.nodes.guard.characters import even, fold, visible
from frontdesk.nodes.guard.ciphers import initials, mirrored, printed, rephrased, shifted, spelt_out, turned
from frontdesk.nodes.guard.decode import decoded
from frontdesk.nodes.guard.joining import squeezed, unbroken, uncamelled, unglued, unmarked, unspaced, unstretched
from frontdesk.nodes.guard.spelling import corrected, unlatined, unleet, voweled
from frontdesk.nodes.guard.vocabulary import legible

LIMIT = 40_000
"""Characters of a text that are read: the first three quarters of it from the start, the rest from the end."""
DECODED = 16_000
"""Characters of decoded text that are read, all encodings together."""
VIEWS = 24
"""Views of one text at most, beside the plain one."""
TRICKS = 12_000
"""Characters of a text in which letters put in the place of letters are looked for: half from the start, half from
the end of a longer one."""
_DEPTH = 3
"""Encodings inside encodings that are undone."""


@dataclass(frozen=True, slots=True)
class View:
    """One reading of a text."""

    kind: str
    """``plain``, ``folded``, ``spaced``, ``leet``, ``reversed``, ``shifted``, ``base64`` …"""
    text: str
    """Casefolded, evenly spaced."""


def _cut(text: str) -> str:
    if len(text) <= LIMIT:
        return text
    return text[: LIMIT * 3 // 4] + "\n" + text[-LIMIT // 4 :]


def _ends(text: str) -> str:
    return text if len(text) <= TRICKS else f"{text[: TRICKS // 2]}\n{text[-TRICKS // 2 :]}"


def _joined(even_text: str, loose: str) -> Iterator[View]:
    """Yield the readings in which words that were taken apart stand together; ``loose`` still has its wide gaps."""
    spaced = even(unspaced(loose))
    yield View("spaced", spaced)
    for reading in unmarked(even_text):
        yield View("unmarked", even(unspaced(reading)))
    for reading in (*unglued(spaced), *unbroken(even_text)):
        yield View("unglued", even(reading))
    if squeeze := squeezed(even_text):
        yield View("squeezed", squeeze)
    yield View("unstretched", unstretched(even_text))


def _respelt(latin: str) -> Iterator[View]:
    """Yield the readings in which words that were spelt wrongly are put right."""
    for reading in unleet(latin):
        yield View("leet", even(unspaced(reading)))
    yield View("corrected", corrected(latin))
    yield View("voweled", voweled(latin))
    yield View("piglatin", unlatined(latin))


def _swapped(seen: str, latin: str, plain: str, thorough: bool) -> Iterator[View]:
    """Yield the readings in which other letters stand, or the same in another order."""
    for kind, reading in turned(latin):
        if thorough or (rephrased(reading, latin) if kind == "reordered" else legible(reading)):
            yield View(kind, reading)
    if plain != latin:
        yield from (View(kind, reading) for kind, reading in turned(plain) if kind != "reordered" and legible(reading))
    if thorough:
        yield View("rot13", codecs.encode(latin, "rot13"))
    for reading in (*shifted(latin), *shifted(latin[::-1])):
        yield View("shifted", reading)
    yield from (View("atbash", reading) for reading in mirrored(latin))
    yield from (View("rot47", reading) for reading in printed(seen))
    yield from (View(kind, even(reading)) for kind, reading in spelt_out(plain))
    yield from (View("initials", reading) for reading in initials(plain))


def _readings(text: str, thorough: bool) -> Iterator[View]:
    """Yield the readings of one text that need no decoding."""
    seen = visible(text)
    plain = even(seen)
    yield View("plain", plain)
    latin = plain if plain.isascii() else even(fold(seen))
    folds = latin != plain and (thorough or legible(latin))
    if folds:
        yield View("folded", latin)
    if folds or latin == plain:
        yield from _joined(latin, fold(seen).casefold())
    if latin != plain:
        yield from _joined(plain, seen.casefold())
    camel = even(uncamelled(fold(seen)))
    if camel.count(" ") > latin.count(" ") + 2:
        yield View("unglued", camel)
    yield from _respelt(latin)
    yield from _swapped(_ends(seen), _ends(latin), _ends(plain), thorough)


def _unpacked(text: str, depth: int) -> Iterator[tuple[str, str]]:
    for kind, plain in decoded(text):
        yield kind, plain
        if depth > 1:
            yield from _unpacked(plain, depth - 1)


def views(text: str, *, thorough: bool = False) -> tuple[View, ...]:
    """Return every distinct reading of ``text``, the plain one first.

    Args:
        text: Any string: lone surrogates, control characters and megabytes included.
        thorough: Also the reversed and shifted readings that do not look like writing: for somebody who looks for
            one known word, such as a canary.

    Returns:
        At least one view. Readings equal to an earlier one are left out.
    """
    given = _cut(text)
    found: dict[str, View] = {}
    for view in _readings(given, thorough):
        if len(found) <= VIEWS:
            found.setdefault(view.text, view)
    budget = DECODED
    for kind, plain in _unpacked(given, _DEPTH):
        piece = plain[:budget]
        budget -= len(piece)
        for view in _readings(piece, thorough):
            if len(found) <= 2 * VIEWS:
                found.setdefault(view.text, View(kind, view.text))
        if budget <= 0:
            break
    return tuple(found.values())


def readings(text: str) -> tuple[str, ...]:
    """Return the texts of all :func:`views`, thorough: what the output guards look through for a leak."""
    return tuple(view.text for view in views(text, thorough=True))


__all__ = ["DECODED", "LIMIT", "TRICKS", "VIEWS", "View", "readings", "views"]
