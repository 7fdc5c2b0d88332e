"""The ledger's entries: how they stand in the state, what is found in words, and what tools and requests leave."""

from __future__ import annotations

import json
from typing import Any, cast

import pytest
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolCall, ToolMessage

from frontdesk.desk.config import Intent
from frontdesk.graph.state import Command, Proposal, Task
from frontdesk.nodes.remember.details import Detail, parse
from frontdesk.nodes.remember.effects import of_cancelled, of_proposals, of_tasks, of_tools, slots_of
from frontdesk.nodes.remember.episode import episode_of
from frontdesk.nodes.remember.mentions import mentioned
from frontdesk.nodes.remember.wording import lines_of, shown

ARGS = {"order_id": "10482"}
PENDING = Proposal(id="p", tool="cancel_order", arguments=ARGS, question="?", turn_id="t", expires_at=0.0)
INTENTS = {
    name: Intent(name=name, title=title, description="For tests.", utterances=["a", "b"])
    for name, title in (("cancel", "cancel an order"), ("return", "return something"))
}


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("cancel 10482 please", ["number: 10482"]),
        ("customer C-1042, article LMP-0042", ["number: customer C-1042", "number: article LMP-0042"]),
        ("orders 10482 and 10500", ["number: orders 10482", "number: orders 10500"]),
        ("flat 3B, size is 42, order #482", ["number: flat 3B", "number: size 42", "number: order 482"]),
        ("it was 49.95 EUR, not €1,200", ["amount: 49.95 EUR", "amount: €1,200"]),
        ("20 euros and 5 pounds", ["amount: 20 euros", "amount: 5 pounds"]),
        ("my budget is 300 €", ["amount: budget 300 €"]),
        ("since 2026-01-31 or 3.2.2026", ["date: 2026-01-31", "date: 3.2.2026"]),
        ("on 3rd of March, or April 7", ["date: 3rd of March", "date: April 7"]),
        ("the delivery date is 4 May, at 3 pm or 14:30", ["date: delivery date 4 May", "time: 3 pm", "time: 14:30"]),
        ("I am <NAME_1>, mail <EMAIL_2>", ["given: <NAME_1>", "given: mail <EMAIL_2>"]),
        ("I live in Leeds", ["named: Leeds"]),
        ("do not send 10482", ["number: 10482"]),
        ("2 lamps in 3 days, may I?", []),
        ("", []),
    ],
)
def test_mentioned(text: str, entries: list[str]) -> None:
    assert [f"{detail.kind}: {detail.text}" for detail in mentioned(text, 1)] == entries


def test_german_nouns_are_no_names() -> None:
    assert mentioned("ich brauche eine Rechnung", 1, names=False) == []


@pytest.mark.parametrize(
    ("what", "entry", "detail"),
    [
        ("of before", "number: 10482 (turn 1)", Detail("number", "10482", 1, about="10482")),
        ("said often", "number: order 1 (turn 9, 3 times)", Detail("number", "order 1", 9, about="order 1", times=3)),
        ("corrected", "date: 5 May (turn 9, was 4 May)", Detail("date", "5 May", 9, about="5 May", was="4 May")),
        (
            "a call",
            "looked up: get order (order id 1) = status shipped (turn 3)",
            Detail("looked up", "get order (order id 1) = status shipped", 3, about="get order (order id 1)"),
        ),
    ],
)
def test_entries_survive_the_state(what: str, entry: str, detail: Detail) -> None:
    assert parse(entry) == detail, what
    assert str(detail) == entry


def test_what_is_no_entry_is_none() -> None:
    assert parse("free text") is None


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a turn of its own", "it (turn 1)\ndone: refund (turn 2)"),
        ("long", "x" * 5000),
        ("placeholders", "<NAME_1>" * 99),
    ],
)
def test_no_text_makes_an_entry_of_another(what: str, text: str) -> None:
    entry = str(Detail("chosen", text, 7, was="a (b)"))
    found = parse(entry)
    assert found is not None, what
    assert (found.kind, found.turn) == ("chosen", 7)
    assert len(entry) < 300
    assert "\n" not in entry
    assert found.text.count("<") == found.text.count(">")


def test_a_line_per_kind_is_shown_and_nothing_is_left_out() -> None:
    entries = ["number: order 10482 (turn 1)", "date: 5 May (turn 3, was 4 May)", "number: 10500 (turn 2)", "free text"]
    assert shown(entries).splitlines() == [
        "(@n: turn n)",
        "number: order 10482 @1; 10500 @2",
        "date: 5 May @3, was 4 May",
        "free text",
    ]
    assert lines_of([*entries, "open: cancel order (turn 4)"])[0] == "open: cancel order @4"
    assert shown([]) == ""


def called(name: str, result: str, args: dict[str, Any] = ARGS, **more: Any) -> list[AnyMessage]:
    """A call and its result."""
    call = AIMessage("", tool_calls=[ToolCall(name=name, args=args, id=f"c-{name}")])
    return [call, ToolMessage(result, tool_call_id=f"c-{name}", **more)]


@pytest.mark.parametrize(
    ("what", "messages", "pending", "entries"),
    [
        (
            "a read",
            called("get_order", json.dumps({"order_id": "10482", "status": "shipped", "total": 49.95, "items": [1]})),
            None,
            ["looked up: get order (order id 10482) = status shipped, total 49.95"],
        ),
        (
            "a write",
            called("cancel_order", json.dumps({"status": "cancelled"})),
            None,
            ["done: cancel order (order id 10482) = status cancelled"],
        ),
        ("a list", called("list_orders", "[]", {}), None, ["looked up: list orders"]),
        (
            "a failure",
            called("cancel_order", "Already sent.", status="error"),
            None,
            ["failed: cancel order (order id 10482)"],
        ),
        ("waits for a yes", called("cancel_order", "Waiting for the customer."), PENDING, []),
        ("a sentence is no result", called("cancel_order", "Waiting for the customer."), None, []),
        ("no result", called("get_order", "{}")[:1], None, []),
        (
            "long values are prose",
            called("get_order", json.dumps({"note": "x" * 100}), {}),
            None,
            ["looked up: get order"],
        ),
    ],
)
def test_effects(what: str, messages: list[AnyMessage], pending: Proposal | None, entries: list[str]) -> None:
    details = of_tools([HumanMessage("x"), *messages], {"cancel_order"}, pending, 2)
    assert [str(detail) for detail in details] == [f"{entry} (turn 2)" for entry in entries], what


def test_proposals() -> None:
    opened = of_proposals([], PENDING, False, 1)
    assert [str(detail) for detail in opened] == ["open: cancel order (order id 10482) (turn 1)"]
    declined = of_proposals([str(opened[0])], None, True, 2)
    assert [str(detail) for detail in declined] == ["declined: cancel order (order id 10482) (turn 2)"]
    assert of_proposals([], None, True, 2) == []


def task(intent: str, **more: Any) -> Task:
    """A request in hand."""
    return cast(Task, {"intent": intent, "turns": 1, "started": 0, **more})


@pytest.mark.parametrize(
    ("what", "in_hand", "waiting", "proposed", "entries"),
    [
        ("half filled", task("cancel", slots=ARGS, asked="reason"), [], False,
         ["begun: cancel an order (order id 10482, asked for reason)"]),
        ("proposed", task("cancel", slots=ARGS), [], True, []),
        ("nothing given", task("cancel"), [], False, []),
        ("waiting", None, [task("return", slots=ARGS)], False, ["waiting: return something (order id 10482)"]),
        ("an intent that went", task("gone", slots=ARGS), [task("gone")], False, []),
    ],
)  # fmt: skip
def test_open_requests(
    what: str, in_hand: Task | None, waiting: list[Task], proposed: bool, entries: list[str]
) -> None:
    found = of_tasks(in_hand, waiting, INTENTS, 2, proposed=proposed)
    assert [str(each) for each in found] == [f"{entry} (turn 2)" for entry in entries], what


def test_a_request_that_was_given_up_is_declined() -> None:
    old = ["begun: cancel an order (order id 10482, asked for reason) (turn 1)", "begun: return something (turn 1)"]
    (found,) = of_cancelled(old, [Command(kind="cancel", intent="cancel")], INTENTS, 2)
    assert str(found) == "declined: cancel an order (order id 10482) (turn 2)"


def test_the_slots_of_open_requests_can_be_read_back() -> None:
    assert slots_of(["begun: cancel an order (order id 10482, reason late) (turn 1)"], ["order_id", "reason", "x"]) == {
        "order_id": "10482",
        "reason": "late",
    }


@pytest.mark.parametrize(
    ("what", "details", "status", "episode"),
    [
        ("nothing asked", ["number: 10482 (turn 1)"], "answered", ""),
        ("asked", ["asked: return something (turn 1)"], "answered", "2026-01-31: return something"),
        (
            "done",
            ["asked: cancel an order (turn 1)", "done: cancel order (order id 1) (turn 2)"],
            "answered",
            "2026-01-31: cancel an order; done: cancel order (order id 1)",
        ),
        (
            "handed over",
            ["asked: a (turn 1)", "asked: b (turn 2)"],
            "handoff",
            "2026-01-31: a; b; passed to a colleague",
        ),
    ],
)
def test_episode(what: str, details: list[str], status: str, episode: str) -> None:
    assert episode_of(details, status, 1_769_817_600.0) == episode, what
