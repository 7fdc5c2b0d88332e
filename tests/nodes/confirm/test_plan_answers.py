"""What an inbox is shown of a plan, and which of its answers are a yes to all of it."""

from __future__ import annotations

from typing import Any

import pytest

from frontdesk.graph.state import PlannedCall, Proposal
from frontdesk.nodes.confirm.node import approves, request_of
from frontdesk.nodes.decide.answers import bare_answer
from frontdesk.nodes.decide.declining import declines
from frontdesk.nodes.remember.effects import of_proposals, of_tools
from frontdesk.nodes.reply.node import shown

CALLS = [
    PlannedCall(tool="cancel_order", arguments={"order_id": "10482"}, question="Cancel 10482?"),
    PlannedCall(tool="set_email", arguments={"email": "<EMAIL_1>"}, question="Use <EMAIL_1>?"),
    PlannedCall(tool="cancel_order", arguments={"order_id": "10915"}, question="Cancel 10915?"),
]
PLAN = Proposal(
    id="p1", tool="cancel_order", arguments={"order_id": "10482"}, question="1. … 2. Use <EMAIL_1>? 3. …",
    turn_id="t", expires_at=9e9, calls=CALLS,
)  # fmt: skip
OLD = Proposal(id="p0", tool="cancel_order", arguments={}, question="Cancel?", turn_id="t", expires_at=9e9)
YES, NO = {"type": "approve"}, {"type": "reject"}


def test_every_action_is_shown_in_order() -> None:
    request = request_of(PLAN)
    assert [(each["name"], each["args"], each["description"]) for each in request["action_requests"]] == [
        (call["tool"], call["arguments"], call["question"]) for call in CALLS
    ]
    assert [each["action_name"] for each in request["review_configs"]] == ["cancel_order", "set_email"]


def test_a_proposal_of_an_older_checkpoint_is_one_action() -> None:
    assert request_of(OLD)["action_requests"] == [{"name": "cancel_order", "args": {}, "description": "Cancel?"}]


@pytest.mark.parametrize(
    ("word", "response", "actions", "yes"),
    [
        ("one for one", {"decisions": [YES]}, 1, True),
        ("a word", "approve", 3, True),
        ("all", {"decisions": [YES, YES, YES]}, 3, True),
        ("all, as words", {"decisions": ["approve"] * 3}, 3, True),
        ("one rejected", {"decisions": [YES, NO, YES]}, 3, False),
        ("too few", {"decisions": [YES]}, 3, False),
        ("too many", {"decisions": [YES] * 4}, 3, False),
        ("one edited", {"decisions": [YES, {"type": "edit", "edited_action": {}}, YES]}, 3, False),
        ("no list", {"decisions": "approve"}, 3, False),
        ("a no", "reject", 3, False),
        ("nothing", None, 3, False),
        ("malformed", {"decisions": [YES, None, YES]}, 3, False),
    ],
)
def test_which_answers_are_a_yes_to_all_of_it(word: str, response: Any, actions: int, yes: bool) -> None:
    assert approves(response, actions) is yes, word


@pytest.mark.parametrize(
    "text",
    [
        "only the first", "yes but not the second", "just the first one", "yes to the first", "the second only",
        "all but the last", "yes, except 10915", "do 1 and 3", "1", "yes 1", "nur das erste", "ja, aber nicht das zweite",
    ],
)  # fmt: skip
def test_a_part_of_it_is_no_yes(text: str) -> None:
    assert bare_answer(text) != "yes"
    assert not declines(text)


@pytest.mark.parametrize("text", ["yes", "do it", "ja", "go ahead please"])
def test_a_yes_is_one(text: str) -> None:
    assert bare_answer(text) == "yes"


def test_the_customer_is_shown_every_call_with_its_values() -> None:
    found = shown(PLAN, {"<EMAIL_1>": "jo@mail.example"})
    assert found is not None
    assert found["calls"][1] == {
        "tool": "set_email", "arguments": {"email": "jo@mail.example"}, "question": "Use jo@mail.example?",
    }  # fmt: skip
    assert found["question"] == "1. … 2. Use jo@mail.example? 3. …"
    assert "calls" not in (shown(OLD, {}) or {})


def test_every_step_is_noted_as_open() -> None:
    assert [detail.text for detail in of_proposals([], PLAN, False, 1)] == [
        "cancel order (order id 10482)", "set email (email <EMAIL_1>)", "cancel order (order id 10915)",
    ]  # fmt: skip
    assert of_tools([], set(), PLAN, 1) == []
