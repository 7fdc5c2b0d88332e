"""From probabilities per piece to spans: words are judged as a whole, a sure word draws its neighbours in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from frontdesk.nodes.scrub.head.layout import LABELS, TAGS
from frontdesk.nodes.scrub.head.tokens import Tokens
from frontdesk.nodes.scrub.head.weights import Thresholds

_BEGIN = {label: TAGS.index(f"B-{label}") for label in LABELS}
_INSIDE = {label: TAGS.index(f"I-{label}") for label in LABELS}


@dataclass(frozen=True, slots=True)
class Span:
    """A name or an address that the head sees."""

    start: int
    end: int
    label: str
    probability: float
    """Of its surest word."""


def by_word(tokens: Tokens, pieces: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the mean of the pieces' probabilities per word.

    Args:
        tokens: The pieces.
        pieces: Probability per piece and tag.
    """
    sums = np.zeros((len(tokens.spans), pieces.shape[1]), np.float32)
    np.add.at(sums, list(tokens.words), pieces)
    counts = np.bincount(np.array(tokens.words, np.int64), minlength=len(tokens.spans))
    sums /= np.maximum(counts, 1)[:, None]
    return sums


def spans_of(text: str, tokens: Tokens, words: NDArray[np.float32], thresholds: Thresholds) -> Iterator[Span]:
    """Yield names and addresses, each trimmed to letters and digits.

    Args:
        text: What was cut into ``tokens``.
        tokens: Its words.
        words: Probability per word and tag.
        thresholds: From which probability a word counts.
    """
    for label in LABELS:
        chances = words[:, _BEGIN[label]] + words[:, _INSIDE[label]]
        for first, last in _runs(chances, thresholds.extend):
            inside = ((text[slice(*tokens.spans[index])], float(chances[index])) for index in range(first, last))
            seeds = [chance for word, chance in inside if _starts(word, chance, label, thresholds)]
            if seeds:
                yield from _trimmed(text, tokens.spans[first][0], tokens.spans[last - 1][1], label, max(seeds))


def _runs(chances: NDArray[np.float32], threshold: float) -> Iterator[tuple[int, int]]:
    inside = np.concatenate([[False], chances >= threshold, [False]])
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        yield int(first), int(last)


def _starts(word: str, chance: float, label: str, thresholds: Thresholds) -> bool:
    if not any(map(str.isalnum, word)):
        return False
    if label == "ADDRESS":
        return chance >= thresholds.address
    # "ASAP" and "X" look no more like names than words in lower case do
    written_as_name = len(word) > 1 and word[0].isupper() and not word.isupper()
    return chance >= (thresholds.name if written_as_name else thresholds.plain_name)


_AIMED = re.compile(r"\W*\d{4,}\W+(?:to|nach|an|à|a|al|naar|para)\s+", re.IGNORECASE)
"""What is sent where: "10482 to 7 Harbour Street" begins with no house number, and the order must stay readable."""


def _trimmed(text: str, start: int, end: int, label: str, probability: float) -> Iterator[Span]:
    if label == "ADDRESS" and (aimed := _AIMED.match(text, start)):
        start = min(aimed.end(), end)
    places: Sequence[int] = [index for index in range(start, end) if text[index].isalnum()]
    if places:
        yield Span(places[0], places[-1] + 1, label, probability)
