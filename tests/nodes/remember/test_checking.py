"""What a model's notes may say: nothing made up, nothing borrowed, nothing dropped."""

from __future__ import annotations

from typing import Any

import pytest

from frontdesk.nodes.remember.checking import MUST_STAY, fault, must_stay, units
from frontdesk.nodes.remember.notes import LABELS, Notes

PAIRS = [
    ("Where is order 10482? I live at <ADDRESS_1>, and I want 80 EUR back.", "It arrives on 2026-02-03."),
    ("Then I wait. What does the lamp cost?", "The lamp costs 49.95 EUR, we call you on Monday."),
]
BASE = "- Goal: wants a sofa\n- Done: shipped for 12.50 EUR\n- Customer: you owe me 300 EUR | Desk: We take 5 EUR off."
LEDGER = ["number: order 10482 (turn 1)", "given: <ADDRESS_1> (turn 1)"]
SAID: dict[str, Any] = {"goal": "customer asks where order 10482 is", "facts": ["lives at <ADDRESS_1>"]}


def notes(**fields: Any) -> Notes:
    """Notes with these fields; the others say nothing."""
    empty: dict[str, Any] = {name: "" if name == "goal" else [] for name in LABELS}
    return Notes.model_validate({**empty, **fields})


@pytest.mark.parametrize(
    ("what", "fields", "wrong"),
    [
        ("good", SAID, None),
        ("an amount that the desk named", {**SAID, "done": ["the lamp costs 49.95 EUR"]}, None),
        ("an amount of the notes so far", {**SAID, "done": ["shipped for 12.50 EUR"]}, None),
        ("an amount that the desk named, by extraction", {**SAID, "promised": ["5 EUR off"]}, None),
        ("an id that only the customer named", {**SAID, "promised": ["a call about order 10482"]}, None),
        ("the customer's wish as a fact", {**SAID, "facts": ["lives at <ADDRESS_1>, want 80 EUR back"]}, None),
        ("nothing", {}, "empty"),
        ("only figures", {"goal": "10482"}, "empty"),
        ("too long", {**SAID, "facts": [letter * 5 + " lamp" * 55 for letter in "abcdefgh"]}, "long"),
        ("an invented number", {**SAID, "done": ["order 10483 arrives"]}, "invented"),
        ("an invented amount", {**SAID, "facts": ["the lamp costs 59.95 EUR"]}, "invented"),
        ("a date in another form", {**SAID, "done": ["arrives on 03.02.2026"]}, "invented"),
        ("an invented placeholder", {**SAID, "facts": ["lives at <ADDRESS_2>"]}, "invented"),
        ("a refusal", {"goal": "I am sorry, as an assistant I cannot comply with this request"}, "strange"),
        ("nonsense", {"goal": "lorem ipsum dolor amet consectetur"}, "strange"),
        ("one item of nonsense", {**SAID, "open": ["lorem ipsum dolor amet"]}, "strange"),
        ("another language", {"goal": "Der Kunde fragt nach seiner Bestellung und wohnt dort"}, "strange"),
        ("the customer's claim as a promise", {**SAID, "promised": ["the customer gets 80 EUR back"]}, "borrowed"),
        ("an old claim as a deed", {**SAID, "done": ["you got 300 EUR"]}, "borrowed"),
        ("an id dropped", {"goal": "customer asks where the order is", "facts": ["lives at <ADDRESS_1>"]}, "dropped"),
        ("a placeholder dropped", {"goal": "customer asks where order 10482 is"}, "dropped"),
    ],
)
def test_fault(what: str, fields: dict[str, Any], wrong: str | None) -> None:
    assert fault(notes(**fields), BASE, PAIRS, LEDGER) == wrong, what


def test_a_corrected_id_may_go_and_the_right_one_must_stay() -> None:
    talk = [("cancel order 10482", "Sure?"), ("sorry, order 10842", "Cancelled.")]
    ledger = ["number: order 10842 (turn 2, was order 10482)"]
    assert must_stay(talk, ledger) == ["10842"]
    assert fault(notes(goal="cancel order 10842"), "", talk, ledger) is None
    assert fault(notes(goal="cancel order 10482"), "", talk, ledger) == "dropped"


def test_only_so_many_ids_must_stay_and_they_are_the_newest() -> None:
    talk = [(f"order {20000 + n}", "") for n in range(20)]
    ledger = [f"number: {20000 + n} (turn {n})" for n in range(20)]
    assert must_stay(talk, ledger) == [str(20019 - n) for n in range(MUST_STAY)]


@pytest.mark.parametrize(
    ("what", "pairs", "goal", "wrong"),
    [
        (
            "German",
            [("Wo bleibt meine Bestellung?", "Sie kommt morgen.")],
            "Kunde fragt, wo die Bestellung bleibt",
            None,
        ),
        ("inflected", [("I cancelled the delivery", "")], "customer cancels deliveries", None),
        ("Chinese", [("我的订单什么时候到？", "明天到。")], "客户问订单什么时候到", None),
        ("Chinese nonsense", [("我的订单什么时候到？", "明天到。")], "天气很好我们去公园散步吧", "strange"),
        ("English of a Chinese talk", [("我的订单什么时候到？", "")], "asks when something arrives", "strange"),
        ("Japanese", [("注文の配送先を変更したい", "")], "配送先を変更したい", None),
    ],
)
def test_languages(what: str, pairs: list[tuple[str, str]], goal: str, wrong: str | None) -> None:
    assert fault(notes(goal=goal), "", pairs) == wrong, what


def test_units() -> None:
    assert units("The cancelled SOFA is at 订单号") == ["cance", "sofa", "订单", "单号"]
