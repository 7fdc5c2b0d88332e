"""Counts that are kept say the same as those that are made anew, and never less."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage, ToolMessage

from frontdesk.nodes.remember.tokens import count_message, count_text
from frontdesk.nodes.respond.fitting import counting
from frontdesk.nodes.respond.fitting.counting import count, count_of, count_tools

CALLS: Any = [{"name": "get_order", "args": {"order_id": "10482", "why": "späte"}, "id": "c1"}, {"name": "t", "args": {}, "id": "c2"}]  # fmt: skip


@example(" \n1 \n")
@given(st.text(st.sampled_from("ab 1.\n\t<äß漢😀"), max_size=80))
def test_a_text_is_never_counted_under(text: str) -> None:
    assert count(text) >= count_text(text)
    assert count(text) == count(text)


@pytest.mark.parametrize(
    "message",
    [
        HumanMessage("Where is it?"),
        SystemMessage("One.\nTwo."),
        AIMessage("On its way."),
        AIMessage("", tool_calls=CALLS),
        ToolMessage('{"a": 1}', tool_call_id="c1", name="get_order"),
    ],
    ids=["customer", "system", "ours", "calls", "result"],
)
def test_a_message_costs_what_the_shared_counter_says(message: BaseMessage) -> None:
    assert count_of(message) >= count_message(message)
    assert count_of(message) <= count_message(message) + 3


def test_tools_count_with_all_that_is_sent() -> None:
    tool = {"type": "function", "function": {"name": "t", "description": "Finds an order.", "parameters": {}}}
    assert count_tools([tool, tool]) == 2 * count_tools([tool]) > 20
    assert count_tools([]) == 0


def test_counts_do_not_grow_without_bound() -> None:
    for at in range(counting.MOST + 50):
        count(f"line {at}")
    assert len(counting._counts) <= counting.MOST
