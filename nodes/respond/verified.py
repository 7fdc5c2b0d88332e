"""The call for which the customer was asked to verify who they are, once more: no model is asked to repeat it."""

from __future__ import annotations

import uuid

from langchain_core.messages import AIMessage, ToolCall

from frontdesk.graph.state import DeskState
from frontdesk.nodes.decide.verifying import AGAIN


def call_again(state: DeskState) -> AIMessage | None:
    """Return the message with the call, masked; None where this turn is about something else.

    It goes the way of any call: what act and the gateway ask of it, they ask again.
    """
    step = state.get("step_up")
    if not step or AGAIN not in state["decision"]["reasons"]:
        return None
    call = ToolCall(name=step["tool"], args=step["arguments"], id=f"call_{uuid.uuid4().hex[:24]}")
    return AIMessage(content="", tool_calls=[call], id=f"v-{uuid.uuid4().hex}")


__all__ = ["call_again"]
