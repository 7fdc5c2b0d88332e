"""Features: what counts as a word, and how texts become rows."""

from __future__ import annotations

import numpy as np
import pytest

from frontdesk.nodes.route.features import Vectorizer, words_of


@pytest.mark.parametrize(
    ("what", "text", "words"),
    [
        ("case and inflection", "Cancelling ORDERS", ["cancel", "order"]),
        ("every number alike", "order 10482, 12.50", ["order", "0", "0"]),
        ("a placeholder is its label", "change <EMAIL_1> and <IP_ADDRESS_12>", ["chang", "liam", "and", "sserddapi"]),
        ("a lone number is no request", "10482", []),
        ("width forms", "ｏｒｄｅｒ", ["order"]),
        ("no words", "🙂 …", []),
        ("empty", "", []),
    ],
)
def test_words(what: str, text: str, words: list[str]) -> None:
    assert words_of(text) == words, what


def test_every_placeholder_of_a_label_looks_alike() -> None:
    vectorizer = Vectorizer.fit(["send it to <ADDRESS_1>", "my email is wrong"])
    first, second = vectorizer.row("send it to <ADDRESS_1>"), vectorizer.row("send it to <ADDRESS_12>")
    assert np.array_equal(first[0], second[0])
    assert np.array_equal(first[1], second[1])


def test_known_text_has_length_one_per_block_and_an_unknown_word_shortens_it() -> None:
    vectorizer = Vectorizer.fit(["cancel my order", "open the shop"])
    known, mixed = vectorizer.row("cancel my order")[1], vectorizer.row("cancel my xylophone")[1]
    assert known @ known == pytest.approx(2.0, abs=1e-5)
    assert 0 < mixed @ mixed < 1.5


def test_rows_agree_with_row() -> None:
    vectorizer = Vectorizer.fit(["cancel my order", "open the shop"])
    matrix = vectorizer.rows(["open order", "zzz", "the shop"])
    assert matrix.shape == (3, vectorizer.width)
    columns, values = vectorizer.row("the shop")
    assert np.allclose(matrix[2].toarray()[0, columns], values)
    assert matrix[1].nnz == 0


def test_a_hostile_length_is_cut() -> None:
    assert len(words_of("word " * 100_000)) == 400
    assert words_of("a" * 100_000) == ["a" * 30]
