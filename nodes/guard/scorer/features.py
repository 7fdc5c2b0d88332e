"""Hashed features of sentences: words, word pairs and triples, the characters 3 to 5 at a time inside words, and marks.

Feature hashing after Weinberger et al. (2009), signed; the hash is a polynomial one over code points modulo 2^64 with
the finaliser of MurmurHash3, so that a whole text is hashed with a few dozen array operations and no loop.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

BITS = 18
"""Of a column: there are 2^18 of them."""
SIZES = (3, 4, 5)
"""Characters of a piece of a word; edges of the word count as one."""
_LONGEST_WORD = 48
_BASE = 0x9E3779B97F4A7C15
_FIRST, _SECOND = np.uint64(0xFF51AFD7ED558CCD), np.uint64(0xC4CEB9FE1A85EC53)
_PAIR, _TRIPLE = np.uint64(0xD6E8FEB86659FD93), np.uint64(0xA0761D6478BD642F)
_COPIES = 3
"""Columns of a mark: it weighs as much as three words of the sentence."""
_BLANK = 32
# from here on writing has no blanks between words, and two characters are often a word
_IDEOGRAPHS = 0x3040
_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Hashed:
    """The distinct features of some pieces of text, piece after piece."""

    columns: NDArray[np.int64]
    """0 to 2^18 - 1."""
    signs: NDArray[np.float32]
    """1 or -1."""
    pieces: NDArray[np.int64]
    """Index of the piece, ascending."""
    counts: NDArray[np.int64]
    """Number of features per piece, one entry for each piece given."""


def spelt(text: str) -> str:
    """Return the tokens of one piece between blanks, casefolded; digits are all 0, so that no number is remembered."""
    return f" {' '.join('0' if token[0].isdigit() else token for token in _TOKEN.findall(text.casefold()))} "


def hashed(pieces: Sequence[str], marks: Sequence[Sequence[str]] = ()) -> Hashed:
    """Return the features of ``pieces``.

    Args:
        pieces: Sentences, already normalised (:mod:`frontdesk.nodes.guard.views`).
        marks: Per piece, what is known of it beside its words (:mod:`frontdesk.nodes.guard.scorer.pieces`); empty:
            nothing of any.
    """
    texts = [spelt(piece) for piece in pieces]
    joined = "".join(texts)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    owner = np.repeat(np.arange(len(texts)), np.array([len(text) for text in texts], np.int64))
    found = [(codes[:0], owner[:0]), *_grams(codes, owner), *_words(codes, owner), _marks(marks)]
    values = _mixed(np.concatenate([value for value, _ in found]))
    owners = np.concatenate([piece for _, piece in found]).astype(np.uint64)
    # one key of piece, column and sign: what occurs twice in a piece counts once
    # (np.unique goes through a hash table, which takes four times as long as sorting)
    keys = np.sort((owners << np.uint64(BITS + 1)) | (values >> np.uint64(64 - BITS - 1)))
    keys = keys[np.diff(keys, prepend=~keys[:1]) != 0]
    pieces_of = (keys >> np.uint64(BITS + 1)).astype(np.int64)
    low = keys.astype(np.int64)
    return Hashed(
        columns=(low >> 1) & ((1 << BITS) - 1),
        signs=(1 - 2 * (low & 1)).astype(np.float32),
        pieces=pieces_of,
        counts=np.bincount(pieces_of, minlength=len(texts)),
    )


Found = list[tuple[NDArray[np.uint64], NDArray[np.int64]]]


def _grams(codes: NDArray[np.uint64], owner: NDArray[np.int64]) -> Found:
    """Return pieces of words: a blank may stand at either end only."""
    blank = codes == _BLANK
    seen = np.concatenate(([0], np.cumsum(blank)))
    base = np.uint64(_BASE)
    value = codes
    found: Found = []
    for size in range(2, SIZES[-1] + 1):
        if len(codes) < size:
            break
        value = value[:-1] * base + codes[size - 1 :]
        last = len(value)
        if size == 2:
            fits = (codes[:-1] >= _IDEOGRAPHS) & (codes[1:] >= _IDEOGRAPHS)
        else:
            fits = seen[size - 1 : size - 1 + last] == seen[1 : 1 + last]
        chosen = np.flatnonzero(fits)
        found.append((value[chosen] + np.uint64(size), owner[chosen]))
    return found


def _words(codes: NDArray[np.uint64], owner: NDArray[np.int64]) -> Found:
    """Return words, pairs and triples of neighbours within a piece."""
    letters = codes != _BLANK
    starts = np.flatnonzero(letters[1:] & ~letters[:-1]) + 1
    if not len(starts):
        return []
    number = np.cumsum(~letters[:-1] & letters[1:])
    place = np.arange(len(codes)) - starts[np.maximum(np.concatenate(([0], number)) - 1, 0)]
    factors = _powers()[np.clip(place, 0, _LONGEST_WORD - 1)]
    values = np.add.reduceat(np.where(letters, codes * factors, np.uint64(0)), starts)
    values = _mixed(values)
    of = owner[starts]
    found: Found = [(values, of)]
    if len(values) > 1:
        pair = values[:-1] * _PAIR + values[1:]
        inside = of[:-1] == of[1:]
        found.append((pair[inside], of[:-1][inside]))
    if len(values) > 2:
        triple = pair[:-1] * _TRIPLE + values[2:]
        inside = of[:-2] == of[2:]
        found.append((triple[inside], of[:-2][inside]))
    return found


def _marks(marks: Sequence[Sequence[str]]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    rows = [(value, piece) for piece, names in enumerate(marks) for name in names for value in _named(name)]
    return np.array([value for value, _ in rows], np.uint64), np.array([piece for _, piece in rows], np.int64)


@cache
def _named(mark: str) -> tuple[int, ...]:
    digest = hashlib.blake2b(mark.encode(), digest_size=8 * _COPIES).digest()
    return tuple(int.from_bytes(digest[at : at + 8], "little") for at in range(0, len(digest), 8))


@cache
def _powers() -> NDArray[np.uint64]:
    modulus = 1 << 64
    return np.array([pow(_BASE, exponent + 1, modulus) for exponent in range(_LONGEST_WORD)], np.uint64)


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    values = (values ^ (values >> np.uint64(33))) * _FIRST
    values = (values ^ (values >> np.uint64(33))) * _SECOND
    mixed: NDArray[np.uint64] = values ^ (values >> np.uint64(33))
    return mixed


__all__ = ["BITS", "SIZES", "Hashed", "hashed", "spelt"]
