"""What the person reads of calls that may have gone through."""

from __future__ import annotations

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage

from frontdesk.nodes.handoff.packet import unsettled_in
from frontdesk.tools.reasons import TEXTS


def turn(*answers: str) -> list[AnyMessage]:
    calls = [
        {"name": f"tool_{number}", "args": {"order_id": str(number)}, "id": f"c{number}", "type": "tool_call"}
        for number, _ in enumerate(answers)
    ]
    told = [ToolMessage(text, tool_call_id=f"c{number}") for number, text in enumerate(answers)]
    return [HumanMessage("do it"), AIMessage("", tool_calls=calls), *told]


def test_only_calls_that_may_have_gone_through_are_named() -> None:
    found = unsettled_in(turn('{"a": 1}', TEXTS["unknown"], "Not run: …", TEXTS["happened"]))
    assert found == [
        {"tool": "tool_1", "arguments": {"order_id": "1"}},
        {"tool": "tool_3", "arguments": {"order_id": "3"}},
    ]


def test_an_earlier_turns_are_not_this_ones() -> None:
    assert unsettled_in([*turn(TEXTS["unknown"]), *turn("{}")]) == []
