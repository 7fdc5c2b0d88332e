"""The scripted model plays its script, records its calls, and complains when the two do not agree."""

from __future__ import annotations

import pytest
from langchain_core.messages import AIMessage

from frontdesk.testing.scripted import ScriptedModel, ScriptError

TOOL = {"type": "function", "function": {"name": "get_order", "parameters": {"type": "object", "properties": {}}}}


async def test_steps_are_played_and_calls_recorded() -> None:
    call = {"name": "get_order", "args": {}, "id": "c1"}
    model = ScriptedModel("hello", AIMessage("", tool_calls=[call]))
    assert (await model.ainvoke("one")).text == "hello"
    chunks = [chunk async for chunk in model.bind_tools([TOOL]).astream("two")]
    assert chunks[0].tool_calls[0]["name"] == "get_order"
    assert [(c.messages[0].text, c.tools) for c in model.calls] == [("one", ()), ("two", ("get_order",))]
    model.assert_complete()


async def test_an_exception_is_raised() -> None:
    with pytest.raises(TimeoutError):
        await ScriptedModel(TimeoutError()).ainvoke("x")


async def test_one_call_too_many_is_an_error() -> None:
    model = ScriptedModel("only")
    await model.ainvoke("x")
    with pytest.raises(ScriptError, match="call 2 of a script with 1"):
        await model.ainvoke("x")


def test_steps_left_over_are_an_error() -> None:
    with pytest.raises(ScriptError, match="2 of 2"):
        ScriptedModel("a", "b").assert_complete()
