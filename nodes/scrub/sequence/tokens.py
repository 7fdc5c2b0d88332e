"""Words and marks of a text, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from frontdesk.nodes.scrub.shapes import HOLE

_LETTER = "(?:[^\\W\\d_]|[\u0300-\u036f])"
_SHORT = r"(?i:s|m|ll|ve|d|re|t)\b"
_TOKEN = re.compile(
    rf"{_LETTER}+(?:[-'’`](?!{_SHORT}){_LETTER}+)*|['’]{_SHORT}|\d+|\n\s*|{HOLE}+|\S",
)
BREAK = "¶"
"""Text of the token that a line break is; visible, because features are lines of text to the trainer."""
_STANDS_FOR = {"\n": BREAK, HOLE: ","}
"""What the model reads for a line break, and for what is masked already: a mark that says little of its neighbours."""
_ENDS = frozenset((".", "?", "!", BREAK))
_ROOMY, _LONGEST = 60, 180
"""Tokens from which a text is cut at the next sentence end, and at any place."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a mark; a line break is a token of its own."""

    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """Return the tokens of a text: linear in its length, nothing but white space between them."""
    return [
        Token(_STANDS_FOR.get((word := found.group())[0], word), found.start(), found.end())
        for found in _TOKEN.finditer(text)
    ]


def pieces(items: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Cut a long list of tokens at sentence ends: a message is one piece, a page many."""
    start = 0
    for index, item in enumerate(items):
        size = index + 1 - start
        if size >= _LONGEST or (size >= _ROOMY and item.text in _ENDS):
            yield items[start : index + 1]
            start = index + 1
    if start < len(items):
        yield items[start:]
