"""The ledger: what is found, what replaces what, and what makes room."""

from __future__ import annotations

import json
from typing import Any

import pytest
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolCall, ToolMessage

from frontdesk.graph.state import Proposal
from frontdesk.nodes.remember.details import Detail, mentioned, parse, update
from frontdesk.nodes.remember.effects import of_proposals, of_tools
from frontdesk.nodes.remember.episode import episode_of

ARGS = {"order_id": "10482"}
PENDING = Proposal(id="p", tool="cancel_order", arguments=ARGS, question="?", turn_id="t", expires_at=0.0)


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("cancel 10482 please", ["number: 10482"]),
        ("customer C-1042, article LMP-0042", ["number: C-1042", "number: LMP-0042"]),
        ("it was 49.95 EUR, not €1,200", ["amount: 49.95 EUR", "amount: €1,200"]),
        ("20 euros and 5 pounds", ["amount: 20 euros", "amount: 5 pounds"]),
        ("since 2026-01-31 or 3.2.2026", ["date: 2026-01-31", "date: 3.2.2026"]),
        ("on 3rd of March, or April 7", ["date: 3rd of March", "date: April 7"]),
        ("I am <NAME_1>, mail <EMAIL_2>", ["given: <NAME_1>", "given: <EMAIL_2>"]),
        ("2 lamps in 3 days, may I?", []),
        ("", []),
    ],
)
def test_mentioned(text: str, entries: list[str]) -> None:
    assert [f"{detail.kind}: {detail.text}" for detail in mentioned(text, 1)] == entries


def test_entries_survive_the_state() -> None:
    detail = Detail("looked up", "get order (order id 10482) = status shipped", 3)
    assert parse(str(detail)) == Detail(detail.kind, detail.text, 3, about="get order (order id 10482)")
    assert parse("free text") is None


def test_an_entry_said_again_moves_to_the_end() -> None:
    ledger = update(["number: 10482 (turn 1)", "number: 77777 (turn 2)"], [Detail("number", "10482", 3)], 3)
    assert ledger == ["number: 77777 (turn 2)", "number: 10482 (turn 3)"]


def test_a_newer_look_up_replaces_the_older() -> None:
    old = ["looked up: get order (order id 10482) = status processing (turn 1)"]
    ledger = update(old, [Detail("looked up", "get order (order id 10482) = status shipped", 4)], 4)
    assert ledger == ["looked up: get order (order id 10482) = status shipped (turn 4)"]


def test_what_was_open_is_open_only_while_it_waits() -> None:
    assert update(["open: cancel order (turn 1)"], [], 2) == []


def test_the_least_important_and_oldest_make_room() -> None:
    old = ["done: cancel order (turn 1)", "looked up: get order (turn 2)", "date: 2026-01-31 (turn 3)"]
    assert update(old, [Detail("number", "10482", 4)], 4, most=3) == [old[0], old[2], "number: 10482 (turn 4)"]
    assert update(old, [Detail("date", "2026-02-02", 4)], 4, most=2) == [old[0], "date: 2026-02-02 (turn 4)"]


def test_an_entry_is_bounded() -> None:
    assert len(str(Detail("done", "x" * 5000, 1))) < 250


def called(name: str, result: str, args: dict[str, Any] = ARGS, **more: Any) -> list[AnyMessage]:
    """A call and its result."""
    call = AIMessage("", tool_calls=[ToolCall(name=name, args=args, id=f"c-{name}")])
    return [call, ToolMessage(result, tool_call_id=f"c-{name}", **more)]


@pytest.mark.parametrize(
    ("what", "messages", "pending", "entries"),
    [
        (
            "a read",
            called("get_order", json.dumps({"status": "shipped", "total": 49.95, "items": [1]})),
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
