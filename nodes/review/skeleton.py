"""What is left of a text when its dress is taken off: the skeleton that two copies of one text share.

Case, spaces, punctuation, digits, marks, vowels and doubled letters go; so upper case, one word per line, stars
between letters, tables, JSON, missing vowels and stretched words all leave the same skeleton. A text told with an
alphabet turned round (Caesar, rot13, Atbash) keeps the *steps* between its letters, which :func:`steps` gives.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from frontdesk.nodes.guard.characters import fold, visible

_VOWELS = b"aeiouy"
_LETTERS = bytes(range(ord("a"), ord("z") + 1))
_NO_LETTER = bytes(byte for byte in range(256) if byte not in _LETTERS)
_NO_CONSONANT = _NO_LETTER + _VOWELS
_TWICE = re.compile(r"(.)\1+")
_ESCAPES = re.compile(r"\\[nrtbf]|\\u[0-9a-fA-F]{4}")
_ENTITY = re.compile(r"</?[a-z]{1,12}/?>")
_ONSET = re.compile(r"\b((?:[bcdfghjklmnpqrstvwxyz]|(?<=q)u)*)([a-z]*)\b")
_WORD = re.compile(r"[^\W\d_]+")
_LINE = re.compile(r"(?m)^[^\w\n]*(?:\d+[^\w\n]+)?([^\W\d_])")


def lettered(text: str) -> str:
    """Return ``text`` casefolded and folded to plain letters where it looks like them, without escapes and tags."""
    plain = text.casefold()
    if not plain.isascii():
        plain = fold(visible(plain)).casefold()
        plain = "".join(char for char in unicodedata.normalize("NFD", plain) if not unicodedata.combining(char))
    if "\\" in plain:
        plain = _ESCAPES.sub(" ", plain)
    return _ENTITY.sub(" ", plain) if "<" in plain else plain


def bones(plain: str) -> str:
    """Return the skeleton of a text that :func:`lettered` returned: consonants in order, no two alike side by side.

    Letters of other scripts have no vowels to lose and are kept.
    """
    if plain.isascii():
        kept = plain.encode().translate(None, _NO_CONSONANT).decode()
    else:
        kept = "".join(char for char in plain if char.isalpha() and char not in "aeiouy")
    return _TWICE.sub(r"\1", kept)


def steps(plain: str) -> str:
    """Return the distance of each Latin letter to the next one, modulo 26, each as a letter."""
    raw = plain.encode("ascii", "ignore").translate(None, _NO_LETTER)
    return bytes((after - before) % 26 + 97 for before, after in pairwise(raw)).decode()


def mirrored(given: str) -> str:
    """Return :func:`steps` of the text whose alphabet runs backwards (Atbash)."""
    return given.translate(_MIRROR)


_MIRROR = {97 + step: 97 + (-step) % 26 for step in range(26)}


def pig_latin(plain: str) -> Iterator[str]:
    """Yield ``plain`` in Pig Latin; turning it back is ambiguous, so it is the secret that is put into it."""
    for ending in ("w", ""):

        def turned(match: re.Match[str], ending: str = ending) -> str:
            return f"{match[2]}{match[1] or ending}ay"

        yield _ONSET.sub(turned, plain)


def orders(plain: str) -> Iterator[str]:
    """Yield skeletons of ``plain`` in the orders that a reader can be told to read it in.

    As it stands, turned round, each word turned round, the words from the last to the first, every second and every
    third word, every second letter, the first letters of words and of lines.
    """
    yield bones(plain)
    yield bones(plain[::-1])
    found = _WORD.findall(plain)
    yield bones(" ".join(word[::-1] for word in found))
    yield bones(" ".join(found[::-1]))
    for period in (2, 3):
        for phase in range(period):
            yield bones(" ".join(found[phase::period]))
    joined = "".join(found)
    yield bones(joined[::2])
    yield bones(joined[1::2])
    yield bones("".join(word[0] for word in found))
    yield bones("".join(_LINE.findall(plain)))


__all__ = ["bones", "lettered", "mirrored", "orders", "pig_latin", "steps"]
