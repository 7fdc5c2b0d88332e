"""Which arguments of a call are the customer's."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage

from frontdesk.graph.state import Proposal
from frontdesk.nodes.act.authority import NOT_ASKED, Authority, refusal
from frontdesk.tools.contract import ToolContract

TODAY = date(2026, 6, 15)
ID = {"type": "string", "pattern": "^[0-9]{5}$"}
TEXT = {"type": "string"}
QUESTION = "Do it with {order_id}, {other_id}, {item}, {recorded}, {count}, {kind}, {sure} and {why}?"


def contract(name: str, properties: dict[str, Any], **more: Any) -> ToolContract:
    base = {
        "name": name, "description": "Does something.", "effect": "write", "confirm": "always", "question": QUESTION,
        "input": {"type": "object", "properties": {"customer_id": TEXT, **properties}}, "output": {"type": "object"},
        "scopes": ["orders:write"], "owner": {"argument": "customer_id"}, "connector": {"kind": "fake"},
    }  # fmt: skip
    return ToolContract.model_validate(base | more)


READ: dict[str, Any] = {"effect": "read", "confirm": "never", "question": ""}
WRITE = contract(
    "change",
    {
        "order_id": ID,
        "other_id": {**ID, "x-source": "customer"},
        "item": {**TEXT, "x-from": {"tool": "get_order", "list": "items", "field": "name"}},
        "note": {**TEXT, "x-ask": "What should the note say?"},
        "recorded": {**TEXT, "x-source": "record"},
        "any": {**TEXT, "x-source": "any"},
        "on": {"type": "string", "format": "date"},
        "count": {"type": "integer", "default": 1},
        "kind": {"type": "string", "enum": ["a", "b"]},
        "fixed": {"const": "x"},
        "sure": {"type": "boolean"},
        "reason": {"type": "string", "enum": ["late", "other"], "x-shown": "why"},
        "hidden": {"type": "string", "enum": ["late", "other"]},
        "only_said": {"type": "string", "enum": ["late", "other"], "x-source": "customer", "x-shown": "why"},
        "hidden_id": ID,
        "amount": {"type": "number"},
        "deep": {"type": "object", "properties": {"note": TEXT}},
        "notes": {"type": "array", "items": TEXT},
    },
)
SILENT = WRITE.model_copy(update={"name": "silent", "confirm": "never"})
TOOLS = {
    tool.name: tool
    for tool in (
        WRITE, SILENT, contract("get_order", {"order_id": ID}, **READ),
        contract("list_orders", {}, **READ), contract("get_page", {"page": TEXT}, **READ, owner=None),
    )
}  # fmt: skip


def thread(text: str, *reads: tuple[str, dict[str, Any], Any]) -> Authority:
    messages: list[AnyMessage] = [HumanMessage(text)]
    for number, (name, arguments, data) in enumerate(reads):
        messages.append(AIMessage("", tool_calls=[{"name": name, "args": arguments, "id": f"c{number}"}]))
        messages.append(ToolMessage(json.dumps(data), tool_call_id=f"c{number}"))
    return Authority.of(messages, [], TOOLS, TODAY)


ORDERS = ("list_orders", {}, {"orders": [{"order_id": "10482", "name": "lamp"}, {"order_id": "10483", "name": "rug"}]})
ITEMS = (
    "get_order",
    {"order_id": "10482"},
    {"items": [{"name": "floor lamp"}, {"name": "wool rug"}], "order_id": "10482"},
)
NOTED = (
    "get_order",
    {"order_id": "10482"},
    {"items": [], "order_id": "10482", "note": "call order 10499", "recorded": "x y z"},
)
TRACKED = ("list_orders", {}, {"orders": [{"order_id": "10482", "name": "lamp", "tracking": "98765"}]})
HIDDEN = ("list_orders", {}, {"orders": [{"hidden_id": "10482"}]})
PAGE = ("get_page", {"page": "returns"}, {"order_id": "10482"})


@pytest.mark.parametrize(
    ("text", "reads", "arguments", "missing"),
    [
        ("cancel order 10482", [], {"order_id": "10482"}, []),
        ("cancel my order", [], {"order_id": "10482"}, ["order_id"]),
        ("cancel the rug", [ORDERS], {"order_id": "10483"}, []),
        ("cancel the rug", [ORDERS], {"order_id": "10482"}, ["order_id"]),
        ("cancel the rug", [ORDERS], {"other_id": "10483"}, ["other_id"]),
        ("cancel my order", [PAGE], {"order_id": "10482"}, ["order_id"]),
        ("cancel my order", [NOTED], {"order_id": "10499"}, ["order_id"]),
        ("order 10482: the rug", [ITEMS], {"order_id": "10482", "item": "wool rug"}, []),
        ("order 10482: the rug", [ITEMS], {"order_id": "10482", "item": "floor lamp"}, ["item"]),
        ("my order: the rug", [ITEMS], {"item": "wool rug"}, ["item"]),
        ("order 10482 and 10483: the rug", [ITEMS], {"order_id": "10483", "item": "wool rug"}, ["item"]),
        ("order 10482, it is broken", [], {"note": "broken"}, []),
        ("order 10482, it is broken", [], {"note": "broken; send it to 66 Dark Alley"}, ["note"]),
        ("order 10482", [NOTED], {"recorded": "x y z"}, []),
        ("order 10482", [], {"recorded": "x y z"}, ["recorded"]),
        ("hi", [], {"any": "whatever a model thinks of"}, []),
        ("tomorrow", [], {"on": "2026-06-16"}, []),
        ("tomorrow", [], {"on": "2026-06-17"}, ["on"]),
        ("two", [], {"count": 2}, []),
        ("two", [], {"count": 3}, ["count"]),
        ("hi", [], {"count": 1, "fixed": "x", "note": None}, []),
        ("hi", [], {"fixed": "y"}, ["fixed"]),
        ("hi", [], {"kind": "a", "sure": True}, []),
        ("hi", [], {"kind": "c"}, ["kind"]),
        ("broken", [], {"deep": {"note": "broken"}, "notes": ["broken"]}, []),
        ("broken", [], {"deep": {"note": "stolen"}, "notes": ["broken", "stolen"]}, ["deep", "notes"]),
        ("broken", [], {"deep": {"send it to Mallory": None}}, ["deep"]),
        ("hi", [], {"made_up": "words of a model"}, ["made_up"]),
        ("hi", [], {"customer_id": "C-9"}, []),
        ("hi", [], {"reason": "other"}, []),
        ("hi", [], {"hidden": "other"}, ["hidden"]),
        ("it is late", [], {"hidden": "late"}, []),
        ("hi", [], {"only_said": "late"}, ["only_said"]),
        ("cancel my order", [HIDDEN], {"hidden_id": "10482"}, ["hidden_id"]),
        ("cancel my order", [TRACKED], {"order_id": "98765"}, ["order_id"]),
        ("cancel my order", [TRACKED], {"order_id": "10482"}, []),
        ("the lamp", [ITEMS], {"item": "lamp%"}, ["item"]),
        ("the lamp", [ITEMS], {"item": "wall lamp"}, ["item"]),
        ("order 10482: two", [], {"order_id": "10482", "count": 10482}, ["count"]),
        ("order 10482: count 10482", [], {"order_id": "10482", "count": 10482}, []),
        ("since 3 March", [], {"count": 3}, ["count"]),
        ("pay 20", [], {"amount": 20}, ["amount"]),
        ("pay 20 EUR", [], {"amount": 20}, []),
        ("pay 100000 EUR", [], {"amount": 100000.4}, ["amount"]),
        ("my nan", [], {"amount": float("nan")}, ["amount"]),
        ("hi", [], {"note": "9" * 5000}, ["note"]),
    ],
    ids=["said", "not said", "their row", "another row", "a row where words are asked for", "a result that is nobody's record",
         "free text of a record", "listed", "another of the list", "a list about an order nobody named",
         "a list about another order", "words", "more words", "a field of the record", "no such record", "any source", "a date",
         "another date", "a number", "another number", "given by the contract", "not what is given", "closed, and asked about",
         "not of the closed list", "nested", "nested, not said", "a name nobody declared", "an argument nobody declared",
         "the owner, which the gateway sets", "shown by another name", "a choice that the question does not show",
         "the same, said", "shown, but only the customer's", "of a record, and not shown", "a code of another cell",
         "the row's own", "a name with a joker", "a name that is not there", "the call's own id", "the same, announced",
         "of a date", "not shown, not announced", "with its unit", "a little more", "not finite", "very long digits"],
)  # fmt: skip
def test_missing(text: str, reads: list[Any], arguments: dict[str, Any], missing: list[str]) -> None:
    assert thread(text, *reads).missing(WRITE, arguments) == missing


@pytest.mark.parametrize(
    ("text", "reads", "arguments", "missing"),
    [
        ("order 10482", [], {"order_id": "10482"}, []),
        ("cancel the rug", [ORDERS], {"order_id": "10483"}, ["order_id"]),
        ("hi", [], {"kind": "a"}, ["kind"]),
        ("a", [], {"kind": "a"}, []),
        ("hi", [], {"sure": True}, ["sure"]),
        ("Please don't close it. Send the bill", [], {"note": "close it"}, ["note"]),
        ("Please keep it and send the bill", [], {"note": "keep the bill"}, ["note"]),
        ("Please keep it and send the bill", [], {"note": "Send the bill!"}, []),
        ("do NOT touch order 10482", [], {"order_id": "10482"}, ["order_id"]),
        ("order 10482, there are 3", [], {"order_id": "10482", "count": 3}, ["count"]),
        ("order 10482, 3 pieces", [], {"order_id": "10482", "count": 3}, []),
        ("it broke on 3 March", [], {"count": 3}, ["count"]),
        ("tomorrow", [], {"on": "2026-06-16"}, []),
    ],
    ids=[
        "said",
        "a row that nobody would see",
        "a choice that nobody would see",
        "a choice that was said",
        "a yes nobody said",
        "negated words",
        "words put together",
        "a quotation",
        "a negated id",
        "a number that stands anywhere",
        "a number with its unit",
        "a number of a date",
        "a date",
    ],
)
def test_a_write_that_asks_nobody_needs_the_words_themselves(
    text: str, reads: list[Any], arguments: dict[str, Any], missing: list[str]
) -> None:
    assert thread(text, *reads).missing(SILENT, arguments) == missing


@pytest.mark.parametrize(
    ("talk", "missing"),
    [
        (["order 10482", "", "what is new?"], ["order_id"]),
        (["order 10482", "Anything else?", "what is new?"], ["order_id"]),
        (["order 10482", "Gladly. What should the  note say?", "leave it"], []),
        (["order 10482", "Which one?", "hm", "What should the note say?", "leave it"], ["order_id"]),
    ],
    ids=["an older message", "a question of no contract", "the contract's question", "not everything back to it"],
)
def test_a_write_that_asks_nobody_counts_this_request_only(talk: list[str], missing: list[str]) -> None:
    messages = [AIMessage(text) if at % 2 else HumanMessage(text) for at, text in enumerate(talk)]
    authority = Authority.of(messages, ["number: 10482 (turn 1)"], TOOLS, TODAY)

    assert authority.missing(SILENT, {"order_id": "10482"}) == missing
    assert authority.missing(WRITE, {"order_id": "10482"}) == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({}, NOT_ASKED),
        ({"customer_id": "C-9", "count": 1, "any": "x", "note": None}, NOT_ASKED),
        ({"order_id": "10482"}, ""),
    ],
    ids=["nothing", "nothing of theirs", "their order"],
)
def test_a_write_that_asks_nobody_takes_something_from_them(arguments: dict[str, Any], told: str) -> None:
    assert refusal(thread("order 10482"), SILENT, arguments, None) == told
    assert refusal(thread("order 10482"), WRITE, arguments, None) == ""


APPROVED = Proposal(
    id="p", tool="change", arguments={"order_id": "10482"}, question="?", turn_id="t", expires_at=9e9
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "raw", "approved", "words"),
    [
        ("order 10482", {"order_id": "10482"}, None, ""),
        ("hi", {"order_id": "10482"}, None, "What is the order id?"),
        ("hi", {"note": "new words"}, None, "What should the note say?"),
        ("hi", {"order_id": "10482"}, APPROVED, ""),
        ("hi", {"order_id": "10483"}, APPROVED, "What is the order id?"),
        ("hi", '{"order_id": "10482"}', None, "What is the order id?"),
        ("hi", "{broken", None, ""),
    ],
    ids=[
        "said",
        "not said",
        "the contract's question",
        "approved",
        "another than approved",
        "JSON text",
        "for the gateway to refuse",
    ],
)
def test_refusal(text: str, raw: Any, approved: Proposal | None, words: str) -> None:
    told = refusal(thread(text), WRITE, raw, approved)

    assert told.startswith(words)
    assert bool(told) == bool(words)
