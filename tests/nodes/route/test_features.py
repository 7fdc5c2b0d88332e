"""Features: what counts as a word, and how texts become rows."""

from __future__ import annotations

import numpy as np
import pytest

from frontdesk.nodes.route.concepts import CONCEPTS
from frontdesk.nodes.route.features import SENSE_SHARE, Vectorizer, words_of


@pytest.mark.parametrize(
    ("what", "text", "words"),
    [
        ("case and inflection", "Cancelling ORDERS", ["cancel", "order"]),
        ("every number alike", "order 10482, 12.50", ["order", "0", "0"]),
        ("a placeholder is its label", "change <EMAIL_1> and <IP_ADDRESS_12>", ["chang", "liam", "and", "sserddapi"]),
        ("a lone number is no request", "10482", []),
        ("width forms", "ｏｒｄｅｒ", ["order"]),
        ("a short form", "what's", ["what", "is"]),
        ("the same", "won't", ["will", "not"]),
        ("without its mark", "dont", ["do", "not"]),
        ("a typographic mark", "I’ve", ["i", "have"]),
        ("a possessive stays", "shop's", ["shop"]),
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


def test_known_text_has_the_length_of_the_shares_and_an_unknown_word_shortens_it() -> None:
    vectorizer = Vectorizer.fit(["cancel my order", "open the shop"])
    assert vectorizer.known_share(*vectorizer.row("cancel my order")) == pytest.approx(1.0, abs=1e-5)
    assert 0 < vectorizer.known_share(*vectorizer.row("cancel my xylophone")) < 0.7


def test_a_sense_adds_its_share_and_nothing_to_what_is_known() -> None:
    vectorizer = Vectorizer.fit(["cancel my order", "open the shop"])
    columns, values = vectorizer.row("locomotive")
    sense = values[columns >= len(vectorizer.idf)]
    assert sense @ sense == pytest.approx(SENSE_SHARE, rel=1e-4)
    without = vectorizer.row("lcmtv")
    assert (without[0] < len(vectorizer.idf)).all()
    assert vectorizer.known_share(columns, values) < 0.4


def test_a_word_stands_for_its_concept() -> None:
    vectorizer = Vectorizer.fit(["cancel my order", "open the shop"])
    annul, cancel, shop = (
        {int(column) for column in vectorizer.row(word)[0] if column < len(vectorizer.idf)}
        for word in ("annul", "cancel", "shop")
    )
    assert annul & cancel
    assert not annul & shop


def test_no_word_is_the_whole_of_its_concept() -> None:
    names = list(CONCEPTS.values())
    assert min(names.count(name) for name in set(names)) > 1


def test_fitted_rows_are_those_asked_for_later() -> None:
    texts = ["cancel my my order", "open the shop", "🙂"]
    vectorizer, rows = Vectorizer.fit_rows(texts)
    assert np.array_equal(rows.toarray(), vectorizer.rows(texts).toarray())


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
