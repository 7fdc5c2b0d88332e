"""A turn without the conversation around it: what a model and the output guards see of one that may be cached."""

from __future__ import annotations

from frontdesk.graph.state import DeskState, Recall
from frontdesk.nodes.cached.eligible import is_cacheable
from frontdesk.nodes.texts import latest_human


def alone(state: DeskState) -> DeskState:
    """Return the state with this turn's message alone: no earlier turns, no summary, no details, no episodes."""
    said = latest_human(state["messages"])
    recall = state.get("recall")
    empty = Recall(passages=list(recall["passages"]) if recall else [], episodes=[])
    bare = {"messages": [said] if said else [], "summary": "", "details": [], "recall": empty}
    return DeskState(**{**state, **bare, "ticket": None, "proposal": None, "task": None, "parts": []})  # type: ignore[typeddict-item]


def shown_to_models(state: DeskState) -> DeskState:
    """Return what a model may see of the state: all of it, or this turn's message where its answer may be kept."""
    return alone(state) if is_cacheable(state) else state


__all__ = ["alone", "shown_to_models"]
