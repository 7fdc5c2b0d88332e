"""The form of the request in hand within decide: what it writes, what keeps a message with its request, when it gives up."""

from __future__ import annotations

from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage

from frontdesk import Desk
from frontdesk.graph.state import DeskState, Task, Turn
from frontdesk.nodes.decide.facts import Outcome
from frontdesk.nodes.decide.forming import STUCK, STUCK_REASON, formed, gives_value
from frontdesk.nodes.decide.serving import TASK_TURNS, decision

DESK = Desk.load("retail")
ASK_ORDER = "Which order is it? Please give me the order number, five digits."
ASK_REASON = DESK.tools["return_order"].input["properties"]["reason"]["x-ask"]


def state(said: str, text: str, task: Task | None) -> DeskState:
    messages = [HumanMessage("hello"), AIMessage(said), HumanMessage(text)]
    turn = Turn(id="t-5", index=5, placeholders={})
    return DeskState(messages=messages, turn=turn, task=task)


def task(**fields: Any) -> Task:
    return Task(**{"intent": "return_item", "turns": 2, "started": 4, "slots": {"order_id": "10377"}, **fields})


def served(held: Task | None, intent: str = "return_item") -> Outcome:
    return Outcome(decision("respond", "task:continues", intent=intent), held, None, 0)


def test_the_slots_and_commands_are_written() -> None:
    outcome = formed(served(task()), state(ASK_REASON, "it is broken", task()), DESK)
    assert outcome.task is not None
    assert outcome.task.get("slots") == {"order_id": "10377", "reason": "faulty"}
    assert outcome.task.get("origins") == {"reason": 5}
    assert outcome.commands == ({"kind": "set", "intent": "return_item", "slot": "reason", "value": "faulty"},)


@pytest.mark.parametrize(
    "outcome",
    [
        served(None),  # nothing in hand
        served(task(), "delivery_cost"),  # a question in between
        Outcome(decision("clarify", "route:unclear", intent="return_item"), task(), None, 0),  # nothing is served yet
    ],
)
def test_nothing_else_is_touched(outcome: Outcome) -> None:
    assert formed(outcome, state(ASK_REASON, "it is broken", task()), DESK) is outcome


@pytest.mark.parametrize(("before", "stage"), [(0, "respond"), (STUCK - 2, "respond"), (STUCK - 1, "handoff")])
def test_a_form_that_gets_nowhere_goes_to_a_person(before: int, stage: str) -> None:
    held = task(unheard=before)
    outcome = formed(served(held), state(ASK_REASON, "my cat says hello", held), DESK)
    assert outcome.decision["stage"] == stage
    assert (outcome.decision["reasons"] == [STUCK_REASON]) == (stage == "handoff")
    assert (outcome.task is None) == (stage == "handoff")


@pytest.mark.parametrize(
    ("said", "text", "held", "given"),
    [
        (ASK_REASON, "no, order 10482", task(), True),  # corrected while another is asked for
        ("Shall I?", "I meant 10482", task(), True),  # behind a proposal
        (ASK_ORDER, "order 10128", task(slots={}, asked="order_id"), True),  # an answer that looks like a look-up
        (ASK_ORDER, "what about 10128?", task(slots={}), False),  # a question
        (ASK_REASON, "actually cancel order 10482 instead", task(), False),  # another request
        (ASK_REASON, "where is my parcel", task(), False),  # nothing given
        ("Shall I?", "I meant 10482", task(turns=TASK_TURNS), False),  # forgotten
        ("Shall I?", "I meant 10482", None, False),  # nothing in hand
    ],
)
def test_what_stays_with_the_request(said: str, text: str, held: Task | None, given: bool) -> None:
    assert gives_value(state(said, text, held), DESK) is given
