"""Calls that wait for more than the customer's yes: their verification, or a second person. In the desk's own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from langchain_core.messages import ToolCall

from frontdesk.desk.texts import Texts
from frontdesk.graph.approved import StepUp
from frontdesk.graph.deps import ToolResult
from frontdesk.graph.state import DeskState
from frontdesk.nodes.texts import say
from frontdesk.tools.contract import ToolContract

VERIFY, APPROVAL = "verify", "approval"
"""Notes of a pass of act that ends the turn with what this module says."""
OVER = frozenset({"done", "approval"})
"""Outcomes of calls that leave the customer nothing to do."""


def waits(
    state: DeskState,
    calls: Sequence[ToolCall],
    results: Sequence[ToolResult],
    tools: Mapping[str, ToolContract],
    texts: Texts,
) -> dict[str, Any]:
    """Return what act adds where a call waits; only ``step_up`` where none does.

    Args:
        state: Before the pass.
        calls: The calls of the message.
        results: One per call.
        tools: Contracts by name.
        texts: In the customer's language.

    Returns:
        ``said`` (a message that ends the turn), ``note``, ``status`` and ``step_up``. A model is not asked to word
        this: what the customer has to do, and what is not done yet, must be said as it is.
    """
    reasons = {result.reason: call for call, result in zip(calls, results, strict=True) if result.outcome != "done"}
    if call := reasons.get("not_verified"):
        decision, turn, arguments = state.get("decision"), state.get("turn"), call["args"]
        step = StepUp(
            level=tools[call["name"]].verified,
            tool=call["name"],
            arguments=dict(arguments) if isinstance(arguments, Mapping) else {},
            intent=decision["intent"] if decision else "",
            turn=turn["id"] if turn else "",
        )
        return {"said": say(texts.verify), "note": VERIFY, "status": "clarify", "step_up": step}
    if any(result.outcome == "approval" for result in results):
        return {"said": say(texts.approval), "note": APPROVAL, "status": "answered", "step_up": None}
    return {"step_up": None}


__all__ = ["APPROVAL", "OVER", "VERIFY", "waits"]
