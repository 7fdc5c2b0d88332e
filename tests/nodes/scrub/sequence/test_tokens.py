"""Words and marks with their places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.nodes.scrub.sequence.tokens import BREAK, pieces, tokens


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("   ", []),
        ("Anna Schmidt", ["Anna", "Schmidt"]),
        ("Jean-Luc O'Neil", ["Jean-Luc", "O'Neil"]),
        ("Anna's card", ["Anna", "'s", "card"]),
        ("I'm Tom", ["I", "'m", "Tom"]),
        ("ANNA'S CARD", ["ANNA", "'S", "CARD"]),
        ("J. R. Ewing", ["J", ".", "R", ".", "Ewing"]),
        ("12b Main St.", ["12", "b", "Main", "St", "."]),
        ("a\n\n b", ["a", BREAK, "b"]),
        ("Zoe\u0308 here", ["Zoe\u0308", "here"]),
        ("Łukasz Żak", ["Łukasz", "Żak"]),
    ],
)
def test_a_text_is_cut_into_words(text: str, words: list[str]) -> None:
    assert [token.text for token in tokens(text)] == words


@given(st.text(max_size=60))
def test_places_are_right_and_in_order(text: str) -> None:
    last = 0
    for token in tokens(text):
        assert last <= token.start < token.end
        assert not text[last : token.start].strip()
        assert token.text == BREAK or text[token.start : token.end] == token.text
        last = token.end
    assert not text[last:].strip()


@pytest.mark.parametrize("text", ["word " * 1000, "A sentence of six words here. " * 200, "x" * 5000, "\n" * 300])
def test_a_long_text_is_cut_into_pieces_that_miss_nothing(text: str) -> None:
    whole = tokens(text)
    parts = list(pieces(whole))
    assert [token for part in parts for token in part] == whole
    assert max(map(len, parts)) <= 180
