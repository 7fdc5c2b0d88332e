"""Overlaps: the more certain kind wins and no digit found by the loser is left bare."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.nodes.scrub.detection import Match
from frontdesk.nodes.scrub.spans import resolve

TEXT = "0123456789abcdefghij"


@pytest.mark.parametrize(
    ("case", "matches", "expected"),
    [
        ("apart", [(0, 3, "A", 0.5), (5, 8, "B", 0.5)], [(0, 3, "A"), (5, 8, "B")]),
        ("better wins", [(0, 10, "A", 0.5), (0, 10, "B", 0.9)], [(0, 10, "B")]),
        ("longer wins a tie", [(0, 5, "A", 0.5), (0, 10, "B", 0.5)], [(0, 10, "B")]),
        ("rest of a number stays masked", [(0, 6, "A", 0.9), (3, 10, "B", 0.5)], [(0, 6, "A"), (6, 10, "B")]),
        ("rest of words is let go", [(8, 13, "A", 0.9), (11, 20, "B", 0.5)], [(8, 13, "A")]),
        ("certain and wider wins", [(2, 6, "A", 1.0), (0, 20, "B", 0.9)], [(0, 20, "B")]),
        ("weak and wider gives way", [(3, 7, "A", 0.9), (0, 10, "B", 0.3)], [(0, 3, "B"), (3, 7, "A"), (7, 10, "B")]),
        ("empty", [(4, 4, "A", 0.9)], []),
    ],
)
def test_table(case: str, matches: list[tuple[int, int, str, float]], expected: list[tuple[int, int, str]]) -> None:
    kept = resolve(TEXT, [Match(*match) for match in matches])
    assert [(match.start, match.end, match.label) for match in kept] == expected, case


@given(st.lists(st.tuples(st.integers(0, 19), st.integers(1, 20), st.sampled_from("AB"), st.floats(0.1, 1.0))))
def test_spans_never_overlap(found: list[tuple[int, int, str, float]]) -> None:
    kept = resolve(TEXT, [Match(*match) for match in found if match[0] < match[1]])
    assert all(before.end <= after.start for before, after in pairwise(kept))


@pytest.mark.parametrize(
    ("what", "matches", "masked"),
    [
        ("longer and less sure", [(6, 10, "NAME", 0.8), (6, 24, "NAME", 0.7)], [("NAME", "Anna Maria Schmidt")]),
        ("each has a part", [(6, 16, "NAME", 0.8), (11, 24, "NAME", 0.7)], [("NAME", "Anna Maria Schmidt")]),
        (
            "rest in letters",
            [(6, 30, "NAME", 0.77), (25, 43, "ADDRESS", 0.85)],
            [("NAME", "Anna Maria Schmidt"), ("ADDRESS", "Suite 12 Long Road")],
        ),
        ("side by side", [(6, 10, "NAME", 0.8), (11, 24, "NAME", 0.7)], [("NAME", "Anna"), ("NAME", "Maria Schmidt")]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_parts_of_one_name_are_masked_together(
    what: str, matches: list[tuple[int, int, str, float]], masked: list[tuple[str, str]]
) -> None:
    text = "I met Anna Maria Schmidt Suite 12 Long Road"
    found = resolve(text, [Match(*match) for match in matches])
    assert [(match.label, text[match.start : match.end]) for match in found] == masked


@pytest.mark.parametrize(
    ("text", "certain", "wider", "masked"),
    [
        ("to 14 Rose Street, Leeds LS1 4AP instead", "LS1 4AP", "LS1 4AP instead", "LS1 4AP"),
        ("to 14 Rose Street, please now", "14 Rose Street", "14 Rose Street, please now", "14 Rose Street"),
        ("to 14 Rose Street Holloway", "14 Rose Street", "14 Rose Street Holloway", "14 Rose Street Holloway"),
        ("to 14 Rose Street 3 now", "14 Rose Street", "14 Rose Street 3", "14 Rose Street 3"),
    ],
    ids=["one word", "two words", "a place", "a number"],
)
def test_an_ordinary_word_behind_an_address_is_no_part_of_it(text: str, certain: str, wider: str, masked: str) -> None:
    matches = [
        Match(text.index(part), text.index(part) + len(part), "ADDRESS", score)
        for part, score in ((certain, 0.85), (wider, 0.6))
    ]
    assert [text[match.start : match.end] for match in resolve(text, matches)] == [masked]
