"""The window: whole exchanges leave, and a call never without its result."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from langchain_core.messages import AIMessage, AnyMessage, BaseMessage, HumanMessage, ToolCall, ToolMessage

from frontdesk.nodes.remember.window import exchanges, leaving


def conversation(shape: str) -> list[AnyMessage]:
    """h = customer, a = answer, c = call, t = result of the newest call, T = result of the oldest open call."""
    messages: list[AnyMessage] = []
    calls: list[str] = []
    for position, kind in enumerate(shape):
        name = f"m{position}"
        if kind == "h":
            messages.append(HumanMessage(name, id=name))
        elif kind == "a":
            messages.append(AIMessage(name, id=name))
        elif kind == "c":
            calls.append(name)
            messages.append(AIMessage("", id=name, tool_calls=[ToolCall(name="x", args={}, id=name)]))
        elif calls:
            messages.append(ToolMessage("{}", id=name, tool_call_id=calls.pop(-1 if kind == "t" else 0)))
    return messages


def shapes(parts: list[list[AnyMessage]]) -> list[int]:
    return [len(part) for part in parts]


@pytest.mark.parametrize(
    ("what", "shape", "sizes"),
    [
        ("question and answer", "haha", [2, 2]),
        ("with a call", "hctaha", [4, 2]),
        ("a person's turn: customers alone", "hhh", [1, 1, 1]),
        ("a greeting before", "ahaha", [3, 2]),
        ("a result in a later exchange joins them", "hcahTaha", [6, 2]),
        ("an open call joins nothing", "hchaha", [2, 2, 2]),
        ("empty", "", []),
    ],
)
def test_exchanges(what: str, shape: str, sizes: list[int]) -> None:
    assert shapes(exchanges(conversation(shape))) == sizes, what


@pytest.mark.parametrize(
    ("what", "shape", "most", "tokens", "gone"),
    [
        ("both limits kept", "haha", 4, 4, 0),
        ("too many: down to the low mark", "ha" * 6, 10, 100, 4),
        ("too long: down to the low mark", "ha" * 6, 100, 10, 4),
        ("the last exchange always stays", "ha" * 3, 2, 1, 2),
        ("even alone", "hctctcta", 4, 1, 0),
    ],
)
def test_leaving(what: str, shape: str, most: int, tokens: int, gone: int) -> None:
    assert len(leaving(conversation(shape), most, tokens, lambda _: 1)) == gone, what


@settings(max_examples=200, deadline=None)
@given(shape=st.text(alphabet="hactT", max_size=30), most=st.integers(1, 12))
def test_no_call_is_separated_from_its_result(shape: str, most: int) -> None:
    messages = conversation(shape)
    gone: set[BaseMessage | str] = {m.id or "" for part in leaving(messages, most, 1000, lambda _: 1) for m in part}
    for result in (m for m in messages if isinstance(m, ToolMessage)):
        assert (result.id in gone) == (result.tool_call_id in gone)
    left = [m for m in messages if m.id not in gone]
    assert [m.id for m in messages if m.id in gone] + [m.id for m in left] == [m.id for m in messages]
    assert not messages or left


def test_ids_that_repeat_join_nothing() -> None:
    # some servers count their calls from zero in every answer
    messages = conversation("hctahctahcta")
    for message in messages:
        if isinstance(message, AIMessage) and message.tool_calls:
            message.tool_calls[0]["id"] = "call_0"
        elif isinstance(message, ToolMessage):
            message.tool_call_id = "call_0"
    assert shapes(exchanges(messages)) == [4, 4, 4]
