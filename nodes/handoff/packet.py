"""What the person who takes over gets to read: the whole story, masked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage

from frontdesk.graph.identity import Caller
from frontdesk.graph.memories import Memory
from frontdesk.graph.state import DeskState
from frontdesk.nodes.handoff.known import lines_of as remembered
from frontdesk.nodes.marks import step_of
from frontdesk.nodes.remember.wording import lines_of
from frontdesk.nodes.texts import since_human
from frontdesk.tools.reasons import TEXTS

_OPEN = frozenset({TEXTS["unknown"], TEXTS["happened"]})
"""What the gateway says of a call that may have gone through."""


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


def plan_in(messages: Sequence[AnyMessage]) -> list[dict[str, Any]]:
    """Return how far a plan of this turn came: ``{"tool", "arguments", "state"}`` per step, masked and in order.

    ``state``: ``done``, ``undone``, ``not_undone`` (it stands, and should not), ``undo_unknown``, ``unknown``,
    ``refused``, ``failed`` or ``not_run``. Empty where there was none.
    """
    now = since_human(messages)
    given = {call["id"]: call["args"] for m in now if isinstance(m, AIMessage) for call in m.tool_calls}
    steps = [(message, step_of(message)) for message in now if isinstance(message, ToolMessage)]
    return [
        {"tool": str(message.name), "arguments": dict(given.get(message.tool_call_id) or {}), "state": state}
        for message, state in steps
        if state
    ]


def unsettled_in(messages: Sequence[AnyMessage]) -> list[dict[str, Any]]:
    """Return the calls of this turn that may have gone through: ``{"tool", "arguments"}``, masked, in order."""
    now = since_human(messages)
    open_ = {m.tool_call_id for m in now if isinstance(m, ToolMessage) and str(m.text) in _OPEN}
    return [
        {"tool": call["name"], "arguments": dict(call["args"])}
        for m in now
        if isinstance(m, AIMessage)
        for call in m.tool_calls
        if call["id"] in open_
    ]


def packet(state: DeskState, caller: Caller, reason: str, memories: Sequence[Memory] = ()) -> dict[str, Any]:
    """Gather the story of a conversation.

    Args:
        state: The conversation so far, masked.
        caller: Who is asking.
        reason: Closed code of why a person is needed.
        memories: What is remembered of the customer and may matter.

    Returns:
        Plain JSON data: reason, customer, summary, key details (a line per kind, what
        is unfinished first), memories, transcript, route, tools tried, pending proposal, the steps of a plan,
        calls that may have gone through.
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
        "plan": plan_in(state["messages"]),
        "unsettled": unsettled_in(state["messages"]),
    }
