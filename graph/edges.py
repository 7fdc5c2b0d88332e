"""Where a turn goes next: pure functions of the state."""

from __future__ import annotations

from typing import Literal

from langchain_core.messages import AIMessage
from langgraph.graph import END

from frontdesk.graph.state import DeskState

SIDE_BY_SIDE = ["guard", "route", "recall"]
"""Stages of one superstep: none needs another's result."""


def after_scrub(state: DeskState) -> list[str]:
    """A person owns the thread: relay. Otherwise guard, route and recall, side by side."""
    return ["relay"] if state.get("ticket") else SIDE_BY_SIDE


def after_decide(state: DeskState) -> Literal["refuse", "clarify", "respond", "handoff", "confirm"]:
    """Go where decide says."""
    return state["decision"]["stage"]


def after_respond(state: DeskState) -> Literal["act", "review"]:
    """Proposed tool calls go to the gateway, a text goes to the output guards."""
    last = state["messages"][-1]
    return "act" if isinstance(last, AIMessage) and last.tool_calls else "review"


def after_act(state: DeskState) -> Literal["respond", "review", "handoff"]:
    """An unknown outcome goes to a person, a question to the customer, a result back to the model."""
    if state["path"][-1]["note"] == "unknown":
        return "handoff"
    return "review" if state["status"] == "confirm" else "respond"


def after_review(state: DeskState) -> Literal["respond", "handoff", "remember"]:
    """A draft goes back to a model once, or to the keyless one; what only a person can answer goes to a person."""
    note = state["path"][-1]["note"].partition(":")[0]
    return "respond" if note in {"repair", "keyless"} else "handoff" if note == "handoff" else "remember"


def after_confirm(state: DeskState) -> Literal["act", "review"]:
    """An approved call goes to the gateway; a no is said and remembered like any answer."""
    return "act" if state.get("approved") else "review"


def after_reply(state: DeskState) -> Literal["confirm", "__end__"]:
    """Wait for the yes to a proposal that was just shown; otherwise the turn is over."""
    return "confirm" if state.get("proposal") and state["status"] == "confirm" else END  # type: ignore[return-value]
