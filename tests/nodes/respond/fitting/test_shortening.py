"""Results that are too long: fewer tokens, JSON that stays JSON, and a word on what is missing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from frontdesk.nodes.respond.fitting.counting import count
from frontdesk.nodes.respond.fitting.shortening import shortened

ORDERS = [{"order_id": str(10000 + at), "status": "shipped", "note": "left at the door " * 20} for at in range(400)]
DEEP: Any = {"a": [[[["x" * 5000] * 40] * 40]]}


@pytest.mark.parametrize(
    ("word", "data"),
    [
        ("a long list", ORDERS),
        ("a list in an object", {"orders": ORDERS, "count": len(ORDERS)}),
        ("an object with many entries", {f"key{at}": at for at in range(3000)}),
        ("one long text", {"text": "many words " * 5000}),
        ("deep", DEEP),
        ("numbers alone", list(range(9000))),
    ],
)
@pytest.mark.parametrize("most", [80, 400, 2000])
def test_json_stays_json_and_fits(word: str, data: Any, most: int) -> None:
    shown = shortened(json.dumps(data), most)
    assert count(shown) <= most
    assert isinstance(json.loads(shown), dict | list)
    assert "left_out" in shown or "…" in shown


def test_what_is_left_out_of_a_list_is_counted() -> None:
    found = json.loads(shortened(json.dumps(ORDERS), 1500))
    kept = [entry for entry in found if "order_id" in entry]
    assert found[-1] == {"left_out": len(ORDERS) - len(kept)}
    assert [entry["order_id"] for entry in kept] == [entry["order_id"] for entry in ORDERS[: len(kept)]]


@pytest.mark.parametrize("text", ['{"a": 1}', "No such order.", "[]", ""])
def test_what_fits_stays_as_it_is(text: str) -> None:
    assert shortened(text, 50) == text


@pytest.mark.parametrize(
    ("word", "text"), [("a sentence", "The order was sent. " * 800), ("broken JSON", '{"orders": [' + "1, " * 3000)]
)
def test_a_text_is_cut_with_a_note(word: str, text: str) -> None:
    shown = shortened(text, 120)
    assert count(shown) <= 120
    beginning, _, note = shown.partition("…")
    assert beginning
    assert text.startswith(beginning)
    assert "shortened" in note


def test_no_placeholder_is_cut_in_two() -> None:
    for length in range(200, 260):
        text = "x" * length + " <EMAIL_1> " + "word " * 2000
        for most in (60, 100, 140, 300):
            beginning = shortened(text, most).partition("…")[0]
            assert beginning.count("<") == beginning.count("<EMAIL_1>")
