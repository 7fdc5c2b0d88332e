"""Word pieces keep their places; windows judge every token once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontdesk.models.encoder.find import Encoder
from frontdesk.nodes.scrub.head.layout import SHAPES
from frontdesk.nodes.scrub.head.tokens import Tokenizer, shape_of, windows


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("anna", "lower"),
        ("Anna", "capital"),
        ("A", "initial"),
        ("ANNA", "upper"),
        ("McDonald", "mixed"),
        ("iPhone", "mixed"),
        ("12", "digit"),
        ("١٢", "digit"),  # digits of another script
        ("12b", "both"),
        ("LS1", "both"),
        (",", "other"),
        ("张", "mixed"),  # a script without case
        ("Élodie", "capital"),
        ("ß", "lower"),
    ],
)
def test_the_shape_of_a_word(word: str, shape: str) -> None:
    assert shape_of(word) == shape


@pytest.mark.parametrize(
    ("text", "words", "lines"),
    [
        ("anna lives", ["anna", "lives"], [0, 0]),
        ("anna\nlives", ["anna", "lives"], [0, 1]),
        ("Anna, LEEDS.", ["Anna", ",", "LEEDS", "."], [0, 0, 0, 0]),
        ("\n\n anna", ["anna"], [1]),
        ("12 Main\r\n \nLeeds", ["12", "Main", "Leeds"], [0, 0, 1]),
        ("Änna é", ["Änna", "é"], [0, 0]),  # accents are stripped for the encoder, not from the places
        ("anna\ud800leeds", ["anna", "\ud800", "leeds"], [0, 0, 0]),  # a lone surrogate is a character
        ("", [], []),
        (" \n\t", [], []),
    ],
)
def test_words_lie_where_they_stand(small_encoder: Encoder, text: str, words: list[str], lines: list[int]) -> None:
    tokens = Tokenizer(small_encoder.tokenizer).cut(text)
    assert [text[slice(*span)] for span in tokens.spans] == words
    assert [int(tokens.kinds[tokens.words.index(word)]) // len(SHAPES) for word in range(len(words))] == lines


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=80))
def test_places_are_exact_for_any_text(small_encoder: Encoder, text: str) -> None:
    tokens = Tokenizer(small_encoder.tokenizer).cut(text)
    last = 0
    for start, end in tokens.spans:
        assert last <= start < end <= len(text)
        assert not text[start].isspace() and not text[end - 1].isspace()
        last = end
    assert len(tokens.ids) == len(tokens.kinds) == len(tokens.words)
    assert sorted(set(tokens.words)) == list(range(len(tokens.spans)))


def test_a_long_text_is_neither_cut_off_nor_filled_up(small_encoder: Encoder) -> None:
    assert len(Tokenizer(small_encoder.tokenizer).cut("anna " * 1000).spans) == 1000


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (0, []),
        (10, [(0, 10, 0)]),
        (11, [(0, 10, 0), (6, 11, 8)]),
        (16, [(0, 10, 0), (6, 16, 8)]),
        (17, [(0, 10, 0), (6, 16, 8), (12, 17, 14)]),
    ],
)
def test_windows(length: int, expected: list[tuple[int, int, int]]) -> None:
    assert list(windows(length, size=10, overlap=4)) == expected


@given(length=st.integers(0, 2000))
def test_every_token_is_judged_with_company_on_both_sides(length: int) -> None:
    judged: dict[int, tuple[int, int]] = {}
    for start, end, counts in windows(length):
        judged |= {token: (start, end) for token in range(counts, end)}
    assert sorted(judged) == list(range(length))
    for token, (start, end) in judged.items():
        assert token - start >= 12 or start == 0
        assert end - token > 11 or end == length
