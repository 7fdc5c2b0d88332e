"""Slips of the keyboard, put right with the desk's own words."""

from __future__ import annotations

import pytest

from frontdesk.nodes.route.spelling import respelled

UTTERANCES = ("cancel my order", "where is my parcel", "change the delivery address", "return the order", "orders")


@pytest.mark.parametrize(
    ("text", "right", "why"),
    [
        ("cancle order 10482 plz", "cancel order 10482 plz", "two letters swapped"),
        ("wher is my parcell", "wher is my parcel", "a letter too many; a word of four is left alone"),
        ("chnge the adress", "change the address", "a letter too few, twice"),
        ("retorn it", "return it", "another letter"),
        ("cancel my order", "", "nothing to put right"),
        ("ordered and returns", "", "forms of known words"),
        ("<PARCELL_1> X-cancle", "", "placeholders and codes"),
        ("cancle parcell adress retorn", "", "too many"),
        ("castle tower", "", "nothing near"),
    ],
)
def test_slips(text: str, right: str, why: str) -> None:
    assert respelled(text, UTTERANCES) == right, why
