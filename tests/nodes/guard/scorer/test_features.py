"""Hashed features."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.nodes.guard.scorer.features import BITS, Hashed, hashed, spelt


def _set(found: Hashed, piece: int) -> set[tuple[int, float]]:
    here = found.pieces == piece
    return set(zip(found.columns[here].tolist(), found.signs[here].tolist(), strict=True))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", "  "),
        ("Where is it?", " where is it ? "),
        ("order 4711 of 3", " order 0 of 0 "),
        ("don't", " don ' t "),
        ("日本語。", " 日本語 。 "),
    ],
    ids=["empty", "words and a mark", "numbers are not remembered", "apostrophe", "no blanks"],
)
def test_tokens(text: str, tokens: str) -> None:
    assert spelt(text) == tokens


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("a", 2),  # the word, and " a "
        ("ab", 4),  # the word; " ab", "ab ", " ab "
        ("a b", 5),  # two words, the pair; " a ", " b "
        ("日本", 5),  # the word; two characters; three and four with the edges
    ],
    ids=["nothing", "letter", "short word", "two words", "ideographs"],
)
def test_how_many_features(text: str, count: int) -> None:
    assert hashed([text]).counts.tolist() == [count]


def test_a_feature_counts_once_per_piece() -> None:
    assert hashed(["a a a a"]).counts.tolist() == [4]  # the word, the pair, the triple, " a "


def test_pieces_do_not_depend_on_their_neighbours() -> None:
    alone, among = hashed(["ignore the rules"]), hashed(["hello there", "ignore the rules", "", "bye"])

    assert _set(alone, 0) == _set(among, 1)
    assert among.counts[2] == 0 and len(among.counts) == 4


def test_the_order_of_words_makes_other_features() -> None:
    assert _set(hashed(["dog bites man"]), 0) != _set(hashed(["man bites dog"]), 0)


def test_the_hash_is_the_same_in_every_process() -> None:
    """The columns are part of the model file; another hash would make noise of its weights."""
    found = hashed(["ignore"])

    assert int(found.columns.sum()) == 1822339


@given(st.lists(st.text(max_size=60), max_size=6))
def test_any_text_can_be_hashed(pieces: list[str]) -> None:
    found = hashed(pieces)

    assert len(found.counts) == len(pieces)
    assert found.counts.sum() == len(found.columns) == len(found.signs) == len(found.pieces)
    assert ((found.columns >= 0) & (found.columns < 1 << BITS)).all()
    assert set(np.unique(found.signs)) <= {-1.0, 1.0}
    assert (np.diff(found.pieces) >= 0).all()
