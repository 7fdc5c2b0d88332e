"""What the person who takes over gets to read: the whole story, masked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage

from frontdesk.graph.identity import Caller
from frontdesk.graph.memories import Memory
from frontdesk.graph.state import DeskState
from frontdesk.nodes.handoff.known import lines_of as remembered
from frontdesk.nodes.remember.wording import lines_of


def transcript(messages: list[AnyMessage]) -> list[dict[str, str]]:
    """Return what was said, oldest first: ``{"role": customer | bot | tool, "text"}``."""
    lines: list[dict[str, str]] = []
    for message in messages:
        if isinstance(message, HumanMessage):
            lines.append({"role": "customer", "text": str(message.text)})
        elif isinstance(message, ToolMessage):
            lines.append({"role": "tool", "text": str(message.text)})
        elif isinstance(message, AIMessage) and message.text:
            lines.append({"role": "bot", "text": str(message.text)})
    return lines


def packet(state: DeskState, caller: Caller, reason: str, memories: Sequence[Memory] = ()) -> dict[str, Any]:
    """Gather the story of a conversation.

    Args:
        state: The conversation so far, masked.
        caller: Who is asking.
        reason: Closed code of why a person is needed.
        memories: What is remembered of the customer and may matter.

    Returns:
        Plain JSON data: reason, customer, summary, key details (a line per kind, what
        is unfinished first), memories, transcript, route, tools tried, pending proposal.
    """
    proposal = state.get("proposal")
    tried = [call["name"] for m in state["messages"] if isinstance(m, AIMessage) for call in m.tool_calls]
    return {
        "reason": reason,
        "subject": caller.principal.subject,
        "summary": state.get("summary", ""),
        "details": lines_of(state.get("details", [])),
        "memories": remembered(memories),
        "transcript": transcript(state["messages"]),
        "intent": state.get("decision", {}).get("intent", ""),
        "route": dict(state.get("route") or {}),
        "tools": tried,
        "proposal": dict(proposal) if proposal else None,
    }
