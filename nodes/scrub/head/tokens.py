"""A text as the encoder takes it: word pieces with their places, how each word is written, and windows over them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from frontdesk.models.encoder.tokenizer import encodable, open_tokenizer
from frontdesk.nodes.scrub.head.layout import SHAPES, WINDOW

_CODES = {name: code for code, name in enumerate(SHAPES)}
OVERLAP = 24
"""Tokens that two neighbouring windows share: each is then judged where it has words on both sides."""

Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The word pieces of a text, without special ones."""

    ids: Whole
    kinds: Whole
    words: Sequence[int]
    """Index of the word that each piece belongs to, rising from 0."""
    spans: Sequence[tuple[int, int]]
    """Start and end of each *word* in the text, end exclusive."""


class Tokenizer:
    """Cuts texts into word pieces."""

    def __init__(self, path: Path) -> None:
        """Read a ``tokenizer.json``.

        Raises:
            ConfigurationError: The file is not a tokenizer's.
        """
        self._library = open_tokenizer(path)

    def cut(self, text: str) -> Tokens:
        """Cut a text of any length; characters the encoder does not know are pieces too."""
        encoding = self._library.encode(encodable(text), add_special_tokens=False)
        words: list[int] = []
        spans: list[tuple[int, int]] = []
        last = None
        for word, (start, end) in zip(encoding.word_ids, encoding.offsets, strict=True):
            if word != last:
                spans.append((start, end))
                last = word
            else:
                spans[-1] = (spans[-1][0], end)
            words.append(len(spans) - 1)
        kinds = [_CODES[shape_of(text[start:end])] for start, end in spans]
        kinds = [kind + len(SHAPES) * line for kind, line in zip(kinds, _line_starts(text, spans), strict=True)]
        return Tokens(
            np.array(encoding.ids, np.int64), np.array([kinds[word] for word in words], np.int64), words, spans
        )


def shape_of(word: str) -> str:
    """Return how a word is written, one of ``SHAPES``."""
    if word.isalpha():
        if word.islower():
            return "lower"
        if word.isupper():
            return "upper" if len(word) > 1 else "initial"
        return "capital" if word[0].isupper() and not any(char.isupper() for char in word[1:]) else "mixed"
    if word.isdigit():
        return "digit"
    return "both" if any(char.isdigit() for char in word) else "other"


def windows(length: int, size: int = WINDOW - 2, overlap: int = OVERLAP) -> Iterator[tuple[int, int, int]]:
    """Yield windows over ``length`` tokens: start, end, and from which token on this window's judgement counts.

    Args:
        length: How many tokens there are.
        size: The most that a window takes.
        overlap: How many tokens it shares with the one before.
    """
    start = 0
    while start < length:
        yield start, min(start + size, length), start + overlap // 2 if start else 0
        if start + size >= length:
            return
        start += size - overlap


def _line_starts(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[bool]:
    last = 0
    for start, end in spans:
        yield "\n" in text[last:start]
        last = end
