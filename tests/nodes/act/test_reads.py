"""What read tools told, and which row the customer meant."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage

from frontdesk.nodes.act.reads import Read, meant, reads_of, rows_with
from frontdesk.nodes.act.said import Said

ROWS: list[dict[str, Any]] = [
    {"order_id": "10482", "item": "floor lamp", "status": "shipped", "sku": "FH-1301"},
    {"order_id": "10483", "item": "wool blanket", "status": "processing", "sku": "FH-1302"},
    {"order_id": "10484", "item": "desk lamp", "status": "delivered", "sku": "FH-1303"},
]


def called(*calls: tuple[str, dict[str, Any], str, str]) -> list[AnyMessage]:
    """Calls of (tool, arguments, answer, status), each with its answer."""
    messages: list[AnyMessage] = []
    for number, (name, arguments, answer, status) in enumerate(calls):
        made = {"name": name, "args": arguments, "id": f"c{number}", "type": "tool_call"}
        messages.append(AIMessage("", tool_calls=[made]))
        messages.append(ToolMessage(answer, tool_call_id=f"c{number}", status=status))
    return messages


@pytest.mark.parametrize(
    ("answer", "status", "found"),
    [
        ('{"order_id": "10482"}', "success", [Read("get_order", {"order_id": "10482"}, {"order_id": "10482"})]),
        ('{"order_id": "10482"}', "error", []),
        ("Waiting for the customer's confirmation.", "success", []),
    ],
    ids=["data", "an error", "words"],
)
def test_reads(answer: str, status: str, found: list[Read]) -> None:
    assert reads_of(called(("get_order", {"order_id": "10482"}, answer, status))) == found


def test_a_result_without_its_call_is_nothing() -> None:
    assert reads_of([ToolMessage('{"order_id": "10482"}', tool_call_id="c9")]) == []


def test_reads_stand_in_order() -> None:
    messages = called(("one", {}, "{}", "success"), ("two", {}, "[]", "success"))

    assert [read.tool for read in reads_of(messages)] == ["one", "two"]


def test_rows_at_any_depth() -> None:
    data = {
        "orders": [{"order_id": "1", "lines": [{"order_id": 2}]}, {"order_id": None}, {"other": 1}],
        "order_id": ["3"],
    }

    assert [row["order_id"] for row in rows_with(data, "order_id")] == ["1", 2]
    assert rows_with("order_id", "order_id") == []


@pytest.mark.parametrize(
    ("texts", "value", "chosen"),
    [
        (["cancel the blanket"], "10483", True),
        (["cancel the blanket"], "10482", False),
        (["the wool one"], "10483", True),
        (["cancel the lamp"], "10482", False),
        (["cancel the lamp", "the desk lamp"], "10484", True),
        (["the one that is processing"], "10483", True),
        (["the second one"], "10483", True),
        (["the second one"], "10484", False),
        (["the last one"], "10484", True),
        (["the last one"], "10482", True),
        (["the last one"], "10483", False),
        (["cancel my order"], "10482", False),
        (["cancel the blanket", "thanks", "no, wait", "hm"], "10483", True),
        (["the second one", "hm", "well", "hm"], "10483", False),
        (["cancel the blanket"], "99999", False),
    ],
    ids=["its word", "another row", "its material", "two lamps", "one of two lamps", "its state", "its place", "another place",
         "the end", "or the newest", "in the middle", "none in particular", "said earlier", "a place said too long ago",
         "not in the list"],
)  # fmt: skip
def test_the_row_of_several(texts: list[str], value: str, chosen: bool) -> None:
    words = Said.of([HumanMessage(text) for text in texts], [], date(2026, 6, 15))

    assert meant(value, "order_id", ROWS, words) is chosen


@pytest.mark.parametrize(
    ("text", "value", "field", "chosen"),
    [
        ("cancel my order", "10482", "order_id", True),
        ("how does one cancel an order", "10482", "order_id", False),
        ("cancel my order", "10483", "order_id", False),
        ("return my lamp", "floor lamp", "item", True),
        ("return my lamp", "FLOOR LAMP", "item", True),
        ("return my lamp", "lamp", "item", False),
        ("return my lamp", "FH-1301", "item", False),
        ("return my order", "floor", "item", False),
        ("return my lamp", "gold bar", "item", False),
    ],
    ids=[
        "the only one",
        "nobody's",
        "another",
        "the whole name",
        "in capitals",
        "a word of it",
        "a code of another field",
        "a word nobody said",
        "a thing not there",
    ],
)
def test_the_only_row(text: str, value: str, field: str, chosen: bool) -> None:
    words = Said.of([HumanMessage(text)], [], date(2026, 6, 15))

    assert meant(value, field, ROWS[:1], words) is chosen


@pytest.mark.parametrize(
    ("value", "code", "chosen"),
    [("FH-1301", "sku", True), ("fh-1301", "sku", True), ("FH-1302", "sku", False), ("shipped", "sku", False)],
    ids=["its code", "in small letters", "another's", "another cell"],
)
def test_a_code_names_a_row_where_the_contract_says_so(value: str, code: str, chosen: bool) -> None:
    words = Said.of([HumanMessage("return my lamp")], [], date(2026, 6, 15))

    assert meant(value, "item", ROWS[:1], words, code) is chosen
