"""What goes from the running conversation's ledger when something is to be forgotten."""

from __future__ import annotations

import json
from typing import Any

import pytest
from langchain_core.messages import AIMessage, AnyMessage, ToolMessage

from frontdesk.desk.config import Intent
from frontdesk.nodes.remember.forgetting import Forgotten, forgotten_in, without, without_own
from frontdesk.tools.contract import ToolContract


def tool(name: str, operation: str) -> ToolContract:
    connector = {"kind": "desk", "options": {"operation": operation}} if operation else {"kind": "python"}
    return ToolContract.model_validate(
        {
            "name": name,
            "description": "For tests.",
            "effect": "write",
            "input": {"type": "object"},
            "output": {"type": "object"},
            "connector": connector,
        }
    )


TOOLS = {each.name: each for each in (tool("forget_memory", "forget"), tool("erase", "erase"), tool("cancel", ""))}
INTENTS = [
    Intent(
        name="forget",
        title="have one thing forgotten",
        description="For tests.",
        utterances=["a", "b"],
        tools=["forget_memory"],
    )
]
LEDGER = [
    "number: shoe size 42 (turn 1)",
    "amount: budget 300 euros (turn 1)",
    "given: <ADDRESS_1> (turn 1)",
    "given: email <EMAIL_1> (turn 2)",
    "named: Leeds (turn 2)",
    "number: 2 (turn 2)",
    "done: cancel (order id 10482) (turn 2)",
    "looked up: get customer = address <ADDRESS_1> (turn 2)",
]


def called(name: str, answer: Any, what: str = "forget my address") -> list[AnyMessage]:
    call = {"name": name, "args": {"what": what}, "id": "c", "type": "tool_call"}
    text = answer if isinstance(answer, str) else json.dumps(answer)
    return [AIMessage("", tool_calls=[call]), ToolMessage(text, tool_call_id="c")]


@pytest.mark.parametrize(
    ("why", "messages", "gone"),
    [
        ("forgotten", called("forget_memory", {"forgotten": ["lives in Leeds"]}), (("forget my address",), ("lives in Leeds",))),
        ("nothing fitted", called("forget_memory", "I remember nothing of that kind."), (("forget my address",), ())),
        ("odd data", called("forget_memory", {"forgotten": 3}), (("forget my address",), ())),
        ("another tool", called("cancel", {"ok": True}), None),
        ("everything is erased elsewhere", called("erase", {"request": "r"}), None),
        ("not run", called("forget_memory", {})[:1], None),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_was_forgotten(why: str, messages: list[AnyMessage], gone: tuple[Any, Any] | None) -> None:
    found = forgotten_in(messages, TOOLS)
    assert (found and (found.words, found.texts)) == gone


@pytest.mark.parametrize(
    ("words", "texts", "lost"),
    [
        ("forget my address", ["lives in Leeds"], ["<ADDRESS_1> (", "Leeds"]),
        ("forget my shoe size", ["has shoe size 42"], ["42"]),
        ("forget my email", [], ["EMAIL"]),
        ("forget that I have two cats", ["has 2 cats"], []),
        ("forget everything but my email", ["lives in Leeds"], ["Leeds"]),
        ("forget that", [], ["EMAIL", "Leeds", "number: 2 ("]),
        ("forget my birthday", [], []),
    ],
)
def test_what_goes(words: str, texts: list[str], lost: list[str]) -> None:
    left = without(LEDGER, Forgotten((words,), tuple(texts)), 3)
    gone = [entry for entry in LEDGER if entry not in left]
    assert len(gone) == len(lost)
    assert all(any(part in entry for entry in gone) for part in lost)
    assert left[-2:] == LEDGER[-2:]  # what was done and looked up stays


def test_what_the_wish_itself_names_is_no_detail() -> None:
    left = without(["declined: my hat (turn 3)", "named: Rome (turn 1)"], Forgotten(("forget my tie",), ()), 3)
    assert left == ["named: Rome (turn 1)"]


def test_calls_and_requests_about_memories_are_not_noted() -> None:
    entries = [
        "looked up: forget memory (what forget my address) = customer id C-1 (turn 1)",
        "failed: forget memory (what forget my hat) (turn 2)",
        "begun: have one thing forgotten (what forget my hat) (turn 2)",
        "done: cancel (order id 10482) (turn 2)",
        "no entry",
    ]
    assert without_own(entries, TOOLS, INTENTS) == entries[-2:]
    assert without_own(entries, {}, []) == entries
