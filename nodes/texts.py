"""What several stages need of messages: the customer's words of this turn, and the messages since."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage

from frontdesk.graph.state import DeskState


def latest_human(messages: Sequence[AnyMessage]) -> HumanMessage | None:
    """Return the customer's last message, or None."""
    return next((message for message in reversed(messages) if isinstance(message, HumanMessage)), None)


def brought(state: DeskState) -> list[HumanMessage]:
    """Return all messages of the customer's that this turn brought in, oldest first; mostly one."""
    messages = state.get("messages", [])
    turn = state.get("turn")
    named = set(turn.get("messages", [])) if turn else set()
    found = [message for message in messages if isinstance(message, HumanMessage) and message.id in named]
    last = latest_human(messages)
    return found or ([last] if last else [])


def text_of(message: AnyMessage | None) -> str:
    """Return a message's text; an empty string for none."""
    return str(message.text) if message is not None else ""


def since_human(messages: Sequence[AnyMessage]) -> list[AnyMessage]:
    """Return what was said after the customer's last message."""
    position = next((i for i in range(len(messages) - 1, -1, -1) if isinstance(messages[i], HumanMessage)), -1)
    return list(messages[position + 1 :])


def final_answer(messages: Sequence[AnyMessage]) -> AIMessage | None:
    """Return the answer of this turn: the last message of ours that proposes no tool call."""
    for message in reversed(since_human(messages)):
        if isinstance(message, AIMessage) and not message.tool_calls:
            return message
    return None


def say(text: str) -> AIMessage:
    """Return our message with an id of its own, so that a later stage can replace it."""
    return AIMessage(content=text, id=f"a-{uuid.uuid4().hex}")
