"""Probabilities to spans."""

from __future__ import annotations

import numpy as np
import pytest

from frontdesk.nodes.scrub.head.decoding import Span, by_word, spans_of
from frontdesk.nodes.scrub.head.layout import TAGS
from frontdesk.nodes.scrub.head.tokens import Tokens
from frontdesk.nodes.scrub.head.weights import Thresholds

THRESHOLDS = Thresholds(name=0.5, plain_name=0.8, address=0.6, extend=0.25)


def tokens_of(text: str) -> Tokens:
    spans, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        spans.append((start, at))
    codes = np.arange(len(spans), dtype=np.int64)
    return Tokens(codes, codes, list(range(len(spans))), spans)


def chances(name: float, address: float) -> list[float]:
    return [1 - name - address, name / 2, name / 2, address / 4, 3 * address / 4]


@pytest.mark.parametrize(
    ("text", "scores", "found"),
    [
        ("call Anna now", [(0, 0), (0.9, 0), (0, 0)], [("Anna", "NAME", 0.9)]),
        ("call Anna now", [(0, 0), (0.4, 0), (0, 0)], []),  # not sure enough
        ("call anna now", [(0, 0), (0.7, 0), (0, 0)], []),  # lower case needs more
        ("call anna now", [(0, 0), (0.85, 0), (0, 0)], [("anna", "NAME", 0.85)]),
        ("call Anna van Dyk", [(0, 0), (0.9, 0), (0.3, 0), (0.3, 0)], [("Anna van Dyk", "NAME", 0.9)]),  # drawn in
        ("send it ASAP", [(0, 0), (0, 0), (0.7, 0)], []),  # and so do capitals
        ("X it is", [(0.7, 0), (0, 0), (0, 0)], []),  # and a single letter
        ("Anna SMITH", [(0.6, 0), (0.7, 0)], [("Anna SMITH", "NAME", 0.6)]),
        ("Tom and Ann", [(0.9, 0), (0.1, 0), (0.8, 0)], [("Tom", "NAME", 0.9), ("Ann", "NAME", 0.8)]),
        ("at 12 Elm St , Leeds", [(0, 0), *[(0, 0.9)] * 5], [("12 Elm St , Leeds", "ADDRESS", 0.9)]),
        ("at 12 Elm .", [(0, 0), (0, 0.7), (0, 0.7), (0, 0.9)], [("12 Elm", "ADDRESS", 0.7)]),  # a stop starts nothing
        ("10482 to 12 Elm", [(0, 0.9)] * 4, [("12 Elm", "ADDRESS", 0.9)]),  # what is sent is no part of where to
        ("10482 to 12 Elm", [(0, 0.9), (0, 0), (0, 0.9), (0, 0.9)], [("12 Elm", "ADDRESS", 0.9)]),
        ("( Anna )", [(0.9, 0), (0.3, 0), (0.9, 0)], []),  # nor does a bracket
        (
            "Anna , 12 Elm",
            [(0.9, 0), (0, 0.3), (0, 0.9), (0, 0.9)],
            [("Anna", "NAME", 0.9), ("12 Elm", "ADDRESS", 0.9)],
        ),
        ("", [], []),
    ],
)
def test_spans(text: str, scores: list[tuple[float, float]], found: list[tuple[str, str, float]]) -> None:
    words = np.array([chances(*score) for score in scores], np.float32).reshape(-1, len(TAGS))
    spans = list(spans_of(text, tokens_of(text), words, THRESHOLDS))
    assert [(text[one.start : one.end], one.label, round(one.probability, 3)) for one in spans] == found
    assert all(isinstance(one, Span) for one in spans)


def test_a_word_is_judged_by_the_mean_of_its_pieces() -> None:
    pieces = np.array([[1, 0, 0, 0, 0], [0, 1, 0, 0, 0], [0, 0, 1, 0, 0]], np.float32)
    tokens = Tokens(np.zeros(3, np.int64), np.zeros(3, np.int64), [0, 0, 1], [(0, 4), (5, 6)])
    assert by_word(tokens, pieces).tolist() == [[0.5, 0.5, 0, 0, 0], [0, 0, 1, 0, 0]]
