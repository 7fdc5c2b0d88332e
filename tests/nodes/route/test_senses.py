"""Senses: the table that ships, and what it makes of words."""

from __future__ import annotations

import json

import numpy as np
import pytest

from frontdesk.nodes.route.features import words_of
from frontdesk.nodes.route.senses import TABLE, WIDTH, senses


def likeness(one: str, other: str) -> float:
    """Cosine of two texts, every word counting 1."""
    first, second = (senses().direction([(word, 1.0) for word in words_of(text)]) for text in (one, other))
    return float(first @ second)


@pytest.mark.parametrize(
    ("word", "near", "far"),
    [
        ("sofa", "couch", "invoice"),
        ("invoice", "bill", "sofa"),
        ("reimburse", "refund", "delivery"),
        ("parcel", "shipment", "password"),
        ("password", "login", "mattress"),
        ("the broken lamp", "a damaged light", "the opening hours"),
    ],
)
def test_words_of_like_meaning_are_near(word: str, near: str, far: str) -> None:
    assert likeness(word, near) > likeness(word, far) + 0.2


def test_a_common_word_says_less_than_a_rare_one() -> None:
    assert likeness("the sofa", "sofa") > 0.9


@pytest.mark.parametrize("weighted", [[], [("zzqx", 1.0)]], ids=["nothing", "no word"])
def test_without_a_known_word_there_is_no_direction(weighted: list[tuple[str, float]]) -> None:
    assert not senses().direction(weighted).any()


def test_words_that_are_not_in_the_table_make_it_quieter() -> None:
    alone = senses().direction([("sofa", 1.0)])
    among = senses().direction([("sofa", 1.0), ("zzqx", 1.0), ("qqzy", 1.0)])
    assert np.linalg.norm(alone) == pytest.approx(1.0, abs=1e-5)
    assert np.linalg.norm(among) < 0.4
    assert among @ alone == pytest.approx(float(np.linalg.norm(among)), abs=1e-5)


def test_the_table_is_what_its_facts_say() -> None:
    facts = json.loads(TABLE.with_suffix(".json").read_text("utf-8"))
    table = senses()
    assert table.vectors.shape == (facts["stems"], facts["width"]) == (len(table.rows), WIDTH)
    assert table.vectors.dtype == np.int8
    assert len(table.weights) == facts["stems"]
    assert (table.weights > 0).all()
    assert (table.weights < 1).all()


def test_the_table_holds_plain_words_alone() -> None:
    assert all(stem.isascii() and stem.isalpha() for stem in senses().rows)
