"""A value that a read lists: looked up first, then chosen by the customer's words, and never guessed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage

from frontdesk.models.keyless import KeylessChatModel
from frontdesk.tools.contract import ToolContract
from tests.models.keyless.conftest import TOOLS, system

FROM = {"tool": "get_order", "list": "items", "field": "name", "show": "{quantity} x {name}"}
ASK = "Which item is it?"
RUG = {"name": "Meadow wool rug", "sku": "FH-1109", "quantity": 1, "state": "ordered"}
LAMP = {"name": "Ember table lamp", "sku": "FH-1302", "quantity": 2, "state": "ordered"}
FLOOR = {"name": "Ember floor lamp", "sku": "FH-1301", "quantity": 1, "state": "ordered"}


def _with_source(contract: ToolContract) -> ToolContract:
    item = {"type": "string", "x-ask": ASK, "x-cues": ["item"], "x-from": FROM}
    schema = {**contract.input, "properties": {**contract.input["properties"], "item": item}}
    return contract.model_copy(update={"input": schema})


CONTRACTS = {**TOOLS, "return_order": _with_source(TOOLS["return_order"])}
MODEL = KeylessChatModel(CONTRACTS)


def ask(*talk: str | BaseMessage, tools: tuple[str, ...] = ("return_order", "get_order")) -> AIMessage:
    messages = [HumanMessage(part) if isinstance(part, str) else part for part in talk]
    functions = [{"name": name, "description": "", "parameters": CONTRACTS[name].input} for name in tools]
    bound = MODEL.bind_tools([{"type": "function", "function": function} for function in functions])
    return bound.invoke([system(), *messages])


def listed(*items: dict[str, Any], order: str = "10482") -> list[BaseMessage]:
    call = {"name": "get_order", "args": {"order_id": order}, "id": f"c-{order}"}
    told = json.dumps({"order_id": order, "items": items})
    return [AIMessage("", tool_calls=[call]), ToolMessage(told, tool_call_id=f"c-{order}")]


def test_the_list_is_fetched_first() -> None:
    calls = ask("return order 10482, it is broken").tool_calls
    assert [(call["name"], call["args"]) for call in calls] == [("get_order", {"order_id": "10482"})]


def test_without_the_list_the_words_alone_count() -> None:
    calls = ask("return item: floor lamp, order 10482, broken", tools=("return_order",)).tool_calls
    assert calls[0]["args"] == {"order_id": "10482", "item": "floor lamp", "reason": "faulty"}


@pytest.mark.parametrize(
    ("said", "items", "item"),
    [
        ("return the rug from order 10482, broken", [RUG, LAMP], "Meadow wool rug"),  # a noun without a cue
        ("return order 10482, the lamp came late", [RUG, LAMP], "Ember table lamp"),  # behind the number
        ("return FH-1302 of order 10482, broken", [RUG, LAMP], "Ember table lamp"),  # article number
        ("return order 10482, not the rug but the lamp, broken", [RUG, LAMP], "Ember table lamp"),  # withdrawn
        ("return the table lamp, order 10482, broken", [LAMP, FLOOR], "Ember table lamp"),  # most words
        ("return the sofa from order 10482, broken", [RUG], None),  # one row needs no choice
    ],
)
def test_the_words_choose(said: str, items: list[dict[str, Any]], item: str | None) -> None:
    arguments = ask(said, *listed(*items)).tool_calls[0]["args"]
    assert arguments.get("item") == item


@pytest.mark.parametrize(
    ("said", "items", "options"),
    [
        ("return order 10482, broken", [RUG, LAMP], "1 x Meadow wool rug and 2 x Ember table lamp"),  # nothing named
        ("return the sofa, order 10482, broken", [RUG, LAMP], "1 x Meadow wool rug and 2 x Ember table lamp"),  # not there
        ("return the lamp, order 10482, broken", [RUG, LAMP, FLOOR], "2 x Ember table lamp and 1 x Ember floor lamp"),
    ],
)  # fmt: skip
def test_what_the_words_leave_open_is_asked(said: str, items: list[dict[str, Any]], options: str) -> None:
    assert ask(said, *listed(*items)).text == f"I can see {options} there. {ASK}"


@pytest.mark.parametrize(
    ("said", "item"),
    [("the lamp", "Ember table lamp"), ("the second one", "Ember table lamp"), ("first", "Meadow wool rug")],
)
def test_the_answer_chooses(said: str, item: str) -> None:
    start = ["return order 10482, broken", *listed(RUG, LAMP)]
    assert ask(*start, ask(*start), said).tool_calls[0]["args"]["item"] == item


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("both of them", "One at a time, please: 1 x Meadow wool rug or 2 x Ember table lamp?"),
        (
            "the sofa",
            f"I could not find that there. I can see 1 x Meadow wool rug and 2 x Ember table lamp there. {ASK}",
        ),
    ],
)
def test_an_answer_that_does_not_choose(said: str, text: str) -> None:
    start = ["return order 10482, broken", *listed(RUG, LAMP)]
    assert ask(*start, ask(*start), said).text == text


def test_the_list_of_another_order_does_not_count() -> None:
    calls = ask("where is 10483?", *listed(RUG, order="10483"), AIMessage("There."), "return order 10482").tool_calls
    assert [(call["name"], call["args"]) for call in calls] == [("get_order", {"order_id": "10482"})]


def test_a_lookup_that_fails_is_told_and_not_repeated() -> None:
    call = {"name": "get_order", "args": {"order_id": "10482"}, "id": "c"}
    refused = ToolMessage("I can't find order 10482.", tool_call_id="c", status="error")
    answer = ask("return order 10482, broken", AIMessage("", tool_calls=[call]), refused)
    assert (answer.tool_calls, answer.text) == ([], "I can't find order 10482.")


def test_a_refusal_is_told_without_the_list() -> None:
    call = {"name": "return_order", "args": {"order_id": "10482", "reason": "faulty"}, "id": "c"}
    refused = ToolMessage("It is too late for that.", tool_call_id="c", status="error")
    answer = ask("return order 10482, broken", *listed(RUG), AIMessage("", tool_calls=[call]), refused)
    assert (answer.tool_calls, answer.text) == ([], "It is too late for that.")


def test_a_row_is_not_meant_by_what_else_it_says() -> None:
    text = ask("I ordered it too early, return order 10482, broken", *listed(RUG, LAMP)).text
    assert text.endswith(ASK)
