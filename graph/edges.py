"""Where a turn goes next: pure functions of the state."""

from __future__ import annotations

from typing import Literal

from langchain_core.messages import AIMessage
from langgraph.graph import END

from frontdesk.graph.state import DeskState
from frontdesk.nodes.cached.eligible import is_cacheable
from frontdesk.nodes.requests import SETTLED, checked_first, goes_on

SIDE_BY_SIDE = ["guard", "route", "recall"]
"""Stages of one superstep: none needs another's result."""
CALLS = 6
"""Model calls of a turn at most, where a desk does not say."""


def after_scrub(state: DeskState) -> list[str]:
    """A person owns the thread: relay. Otherwise guard, route and recall, side by side."""
    return ["relay"] if state.get("ticket") else SIDE_BY_SIDE


def after_decide(state: DeskState) -> Literal["refuse", "clarify", "cached", "respond", "handoff", "confirm"]:
    """Go where decide says; an answer that may have been given before is looked for first."""
    return "cached" if is_cacheable(state) else state["decision"]["stage"]


def after_cached(state: DeskState, calls: int = CALLS) -> Literal["respond", "decide", "review"]:
    """An answer that was given before goes to the output guards; without one a model is asked."""
    if not state["path"][-1]["note"].startswith("hit:"):
        return "respond"
    return "decide" if goes_on(state, calls) else "review"


def after_respond(state: DeskState, calls: int = CALLS) -> Literal["act", "decide", "review", "handoff"]:
    """Proposed tool calls go to the gateway, a text to the output guards, unless another request is due first.

    A budget may have stopped the answer.

    Args:
        state: After the model has spoken.
        calls: Model calls of a turn at most.
    """
    note = state["path"][-1]["note"]
    if note.startswith("handoff:"):
        return "handoff"
    last = state["messages"][-1]
    if isinstance(last, AIMessage) and last.tool_calls:
        return "act"
    if note == SETTLED or checked_first(state, calls):
        return "review"
    return "decide" if goes_on(state, calls) else "review"


def after_clarify(state: DeskState, calls: int = CALLS) -> Literal["decide", "review"]:
    """What was given up makes room for the request that waits; a question waits for its answer."""
    return "decide" if goes_on(state, calls) else "review"


def after_act(state: DeskState) -> Literal["respond", "review", "handoff"]:
    """What nobody knows, or stands half done, goes to a person, a question to the customer, a result to the model."""
    note = state["path"][-1]["note"]
    if note in {"unknown", "partial"}:
        return "handoff"
    # what waits for the customer or for a second person, or did not go through as a whole, is said in the desk's words
    return "review" if state["status"] == "confirm" or note in {"verify", "approval", "halted"} else "respond"


def after_review(state: DeskState, calls: int = CALLS) -> Literal["respond", "handoff", "decide", "remember"]:
    """A draft goes back to a model once, or to the keyless one; what only a person can answer goes to a person.

    Another request of the message may be due.
    """
    note = state["path"][-1]["note"].partition(":")[0]
    if note in {"repair", "keyless"}:
        return "respond"
    if note == "handoff":
        return "handoff"
    return "decide" if checked_first(state, calls) else "remember"


def after_confirm(state: DeskState, calls: int = CALLS) -> Literal["act", "decide", "review"]:
    """An approved call goes to the gateway; a no is an answer like any, and the next request is due."""
    if state.get("approved"):
        return "act"
    return "decide" if goes_on(state, calls) else "review"


def after_reply(state: DeskState) -> Literal["confirm", "__end__"]:
    """Wait for the yes to a proposal that was just shown; otherwise the turn is over."""
    return "confirm" if state.get("proposal") and state["status"] == "confirm" else END  # type: ignore[return-value]
