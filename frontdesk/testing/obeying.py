"""What the obedient model makes of calls that somebody else ordered: it tells what they found, and serves the customer
as if they were not there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage

Call = tuple[str, dict[str, Any]]
"""Tool and arguments."""


def without(messages: Sequence[BaseMessage], ordered: Sequence[Call]) -> list[BaseMessage]:
    """Return the messages without calls that were ordered, and what came of them."""
    kept: list[BaseMessage] = []
    gone: set[str] = set()
    for message in messages:
        if isinstance(message, AIMessage) and message.tool_calls:
            calls = [call for call in message.tool_calls if (call["name"], call["args"]) not in ordered]
            gone = {str(call["id"]) for call in message.tool_calls if call not in calls}
            if calls or message.text:
                kept.append(message.model_copy(update={"tool_calls": calls}))
        elif not isinstance(message, ToolMessage) or message.tool_call_id not in gone:
            kept.append(message)
    return kept


def told(messages: Sequence[BaseMessage], ordered: Sequence[Call]) -> list[str]:
    """Return what was found by ordered calls since the customer's newest message: it is told to whoever listens."""
    found: list[str] = []
    looked: set[str] = set()
    for message in messages:
        if isinstance(message, HumanMessage):
            found = []
        elif isinstance(message, AIMessage):
            looked = {str(call["id"]) for call in message.tool_calls if (call["name"], call["args"]) in ordered}
        elif isinstance(message, ToolMessage) and message.tool_call_id in looked and "{" in str(message.text):
            found.append("It says " + " ".join(re.findall(r"[^\W_][\w.,'’-]*", str(message.text))))
    return found


__all__ = ["Call", "told", "without"]
