"""The ledger over turns: what replaces what, what is corrected, what is chosen, what makes room."""

from __future__ import annotations

import pytest
from langchain_core.messages import AIMessage, HumanMessage

from frontdesk.nodes.marks import from_colleague
from frontdesk.nodes.remember.correcting import by_slot, swaps
from frontdesk.nodes.remember.decisions import decided
from frontdesk.nodes.remember.details import Detail
from frontdesk.nodes.remember.ledger import News, read, update
from frontdesk.nodes.remember.overruling import overruled
from frontdesk.nodes.remember.promises import promised
from frontdesk.nodes.remember.tokens import count_text
from frontdesk.nodes.remember.wording import shown


@pytest.mark.parametrize(
    ("what", "old", "new", "ledger"),
    [
        ("said again", ["number: 10482 (turn 1)", "number: 77777 (turn 2)"], Detail("number", "10482", 3),
         ["number: 77777 (turn 2)", "number: 10482 (turn 3, 2 times)"]),
        ("keeps its label", ["number: order 10482 (turn 1)"], Detail("number", "10482", 3),
         ["number: order 10482 (turn 3, 2 times)"]),
        ("another thing of the same sum", ["amount: price 300 € (turn 1)"], Detail("amount", "budget 300 €", 3),
         ["amount: price 300 € (turn 1)", "amount: budget 300 € (turn 3)"]),
        ("a newer look-up", ["looked up: get order (order id 1) = status processing (turn 1)"],
         Detail("looked up", "get order (order id 1) = status shipped", 4),
         ["looked up: get order (order id 1) = status shipped (turn 4, 2 times)"]),
        ("done after it failed", ["failed: cancel order (order id 1) (turn 1)"],
         Detail("done", "cancel order (order id 1) = status cancelled", 4),
         ["done: cancel order (order id 1) = status cancelled (turn 4)"]),
        ("open only while it waits", ["open: cancel order (turn 1)"], Detail("asked", "x", 2), ["asked: x (turn 2)"]),
    ],
)  # fmt: skip
def test_what_replaces_what(what: str, old: list[str], new: Detail, ledger: list[str]) -> None:
    assert update(old, News([new]), new.turn) == ledger, what


@pytest.mark.parametrize(
    ("what", "kept", "text", "turn", "after"),
    [
        ("no", "number: order 10482", "no, 10483", 2, ["order 10483, 10482"]),
        ("meant", "number: order 10482", "sorry, I meant 10483, not 10482", 9, ["order 10483, 10482"]),
        ("not but", "named: Leeds", "not Leeds but York", 2, ["York, Leeds"]),
        ("scratch", "time: 3 pm", "scratch that, it's 4 pm", 2, ["4 pm, 3 pm"]),
        ("a day", "date: delivery date 4 May", "I meant the 5th, not the 4th", 2, ["delivery date 5 May, 4 May"]),
        ("a day of an ISO date", "date: 2026-05-04", "no, the 5th", 2, ["2026-05-05, 2026-05-04"]),
        ("a figure", "amount: budget 300 €", "actually make it 250", 2, ["budget 250 €, 300 €"]),
        ("the label again", "amount: budget 300 €", "my budget is now 400 €", 90, ["budget 400 €, 300 €"]),
        ("a placeholder", "given: contact <NAME_1>", "no, <NAME_2>", 2, ["contact <NAME_2>, <NAME_1>"]),
        ("another order", "number: order 10482", "and also order 10500", 2, []),
        ("no, but another too", "number: order 10482", "no, but order 10500 is late too", 2, []),
        ("an order of many", "number: order 10482", "my order is 10500", 2, []),
        ("a no of long ago", "number: order 10482", "no, 10483", 40, []),
        ("another kind", "number: order 10482", "no, 5 May", 2, []),
        ("a floor", "date: 4 May", "no, the 3rd floor", 2, []),
        ("a day that is two", "date: 03/04/2026", "no, the 5th", 2, []),
        ("nothing known", "asked: x", "no, 10483", 2, []),
    ],
)
def test_corrections(what: str, kept: str, text: str, turn: int, after: list[str]) -> None:
    found = swaps(text, read([f"{kept} (turn 1)"]), turn)
    assert [f"{swap.new.text}, {swap.new.was}" for swap in found] == after, what


def test_the_old_value_leaves_and_is_history_for_some_turns() -> None:
    old = ["number: order 10482 (turn 1)"]
    (swap,) = swaps("no, 10483", read(old), 2)
    ledger = update(old, News((), [(swap.old, swap.new)]), 2)
    assert ledger == ["number: order 10483 (turn 2, was 10482)"]
    assert update(ledger, News(), 40) == ["number: order 10483 (turn 2)"]


def test_what_the_form_machinery_understood_is_a_correction() -> None:
    (swap,) = by_slot({"order_id": "10483"}, {"order_id": "10482"}, read(["number: order 10482 (turn 1)"]), 2)
    assert str(swap.new) == "number: order 10483 (turn 2, was 10482)"
    assert by_slot({"order_id": "10483"}, {}, read(["number: order 10482 (turn 1)"]), 2) == []


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("I'll take the blue sofa please", ["chosen: the blue sofa"]),
        ("let's go with express delivery then", ["chosen: express delivery"]),
        ("I don't want the warranty", ["declined: the warranty"]),
        ("no gift wrapping for me, thanks", ["declined: gift wrapping"]),
        ("could I take the blue sofa?", []),
        ("I'll take a look", []),
        ("it came without the screws", []),
        ("I'll take 10482", []),
        ("what is the weather like", []),
    ],
)
def test_decisions(text: str, entries: list[str]) -> None:
    assert [f"{each.kind}: {each.text}" for each in decided(text, 1)] == entries


@pytest.mark.parametrize(
    ("what", "text", "ended"),
    [
        ("another one", "actually, I'd prefer the grey sofa", [("the blue sofa", "the grey sofa")]),
        ("not any more", "I don't want the blue sofa", [("the blue sofa", "")]),
        ("one more", "I'll take the oak table", []),
    ],
)
def test_a_decision_ends_another(what: str, text: str, ended: list[tuple[str, str]]) -> None:
    ledger = read(["chosen: the blue sofa (turn 1)"])
    found = overruled(text, decided(text, 2), ledger)
    assert [(before.text, after.text if after else "") for before, after in found] == ended, what


@pytest.mark.parametrize(
    ("reply", "entries"),
    [
        ("Thanks! We will send a replacement by 4 May.", ["We will send a replacement by 4 May"]),
        ("Is that all? I'll have the driver call you before 3 pm.", ["I'll have the driver call you before 3 pm"]),
        ("If you want, we will send it by 4 May.", []),
        ("We will help you.", []),
        ("Parcels arrive within 3 days [delivery].", []),
    ],
)
def test_promises(reply: str, entries: list[str]) -> None:
    assert [each.text for each in promised([], [HumanMessage("x"), AIMessage(reply)], 1)] == entries


def test_a_colleagues_promise_counts_as_models_are_shown_it_and_ours_once() -> None:
    said = "We will refund you on 4 May."
    before = [AIMessage("We will call you on 5 May."), from_colleague(AIMessage("raw"), said)]
    assert [each.text for each in promised(before, [HumanMessage("x")], 1)] == ["We will refund you on 4 May"]


def test_the_ledger_fits_its_tokens_and_keeps_what_matters() -> None:
    ledger: list[str] = []
    for turn in range(1, 501):
        news = [Detail("number", f"order {20_000 + turn}", turn), Detail("named", f"Town {turn}", turn)]
        news += [Detail("open", "cancel order (order id 20001)", turn)]
        news += [Detail("promised", "We will call you on 4 May", 3)] if turn == 3 else []
        ledger = update(ledger, News(news), turn, 300)
        assert count_text(shown(ledger)) <= 300
    assert "open: cancel order (order id 20001) (turn 500)" in ledger
    assert "promised: We will call you on 4 May (turn 3)" in ledger
    assert "number: order 20500 (turn 500)" in ledger
    assert any("order 20001" in entry for entry in ledger if entry.startswith("number")), "an open task needs it"
    assert len(ledger) >= 20
