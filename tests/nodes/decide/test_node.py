"""What the node reads out of the state for the policy."""

from __future__ import annotations

from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage

from frontdesk.desk.config import Intent
from frontdesk.nodes.decide.reading import asked_for_words, lookup_of, misses_before, reads_only, served_before
from frontdesk.tools.contract import Connector, ToolContract
from tests.support.deps import tiny_desk

NUMBER = {"type": "string", "pattern": "^[0-9]{5}$", "x-ask": "Which order is it?"}
REASON = {"type": "string", "enum": ["late", "broken"], "x-ask": "Why?"}


def tool(name: str, effect: str, **properties: Any) -> ToolContract:
    schema = {"type": "object", "properties": properties, "required": list(properties)}
    return ToolContract.model_validate(
        {
            "name": name,
            "description": "A tool of these tests.",
            "effect": effect,
            "input": schema,
            "output": {"type": "object"},
            "connector": Connector(kind="python"),
        }
    )


def intent(name: str, *tools: str) -> Intent:
    return Intent(name=name, title=name, description="about " + name, utterances=["a", "b"], tools=list(tools))


DESK = tiny_desk(
    intents=[intent("page"), intent("return_it", "give_back", "look_up"), intent("status", "look_up")],
    tools=[tool("look_up", "read", order_id=NUMBER), tool("give_back", "write", order_id=NUMBER, reason=REASON)],
)


def decided(stage: str, intent_name: str, *reasons: str) -> dict[str, Any]:
    return {"stage": stage, "intent": intent_name, "tier": "fast", "reasons": list(reasons), "answer": ""}


@pytest.mark.parametrize(
    ("said", "misses"),
    [("You can. [returns]", 0), ("I can't answer that from what I have here.", 2), ("Item [1] of it.", 2)],
)
def test_a_cited_answer_was_no_miss(said: str, misses: int) -> None:
    state: Any = {
        "messages": [HumanMessage("x"), AIMessage(said), HumanMessage("y")],
        "decision": decided("respond", "", "recall:covered"),
        "misses": 2,
    }
    assert misses_before(state) == misses


def test_other_turns_keep_their_misses() -> None:
    state: Any = {
        "messages": [HumanMessage("x"), AIMessage("See [returns]"), HumanMessage("y")],
        "decision": decided("clarify", "", "route:out_of_scope"),
        "misses": 1,
    }
    assert misses_before(state) == 1
    assert misses_before({"messages": [HumanMessage("x")]}) == 0


@pytest.mark.parametrize(
    ("stage", "name"), [("respond", "status"), ("confirm", "status"), ("clarify", ""), ("refuse", ""), ("handoff", "")]
)
def test_only_a_served_turn_is_leant_on(stage: str, name: str) -> None:
    state: Any = {"messages": [], "decision": decided(stage, "status")}
    assert served_before(state) == name


@pytest.mark.parametrize(
    ("said", "words"), [("So. Why?", True), ("Which order is it?", False), ("Anything else?", False), ("Why.", False)]
)
def test_a_question_for_words(said: str, words: bool) -> None:
    state: Any = {
        "messages": [HumanMessage("x"), AIMessage(said), HumanMessage("y")],
        "task": {"intent": "return_it", "turns": 1, "started": 0},
    }
    assert asked_for_words(state, DESK) is words
    assert asked_for_words({**state, "task": None}, DESK) is False


@pytest.mark.parametrize(("name", "reads"), [("page", False), ("return_it", False), ("status", True)])
def test_intents_that_only_read(name: str, reads: bool) -> None:
    assert reads_only(DESK.intents[name], DESK) is reads


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("10482", "status"),
        (" #10482? ", "status"),
        ("any news about 10482?", "status"),
        ("10482 or 10483", ""),  # two
        ("104", ""),  # no order number
        ("hello", ""),
        ("", ""),
    ],
)
def test_what_a_value_means(text: str, name: str) -> None:
    assert lookup_of(text, DESK) == name
