"""What becomes of a reviewed reply: whether a model writes again, and which, or a person takes over."""

from __future__ import annotations

from frontdesk.desk.config import Budgets
from frontdesk.graph.deps import Reviewed
from frontdesk.graph.state import DeskState
from frontdesk.graph.verdicts import Fate
from frontdesk.nodes.review.turn import CACHED, KEYLESS, MODEL, TurnFacts
from frontdesk.nodes.usage import no_usage

LEAST = 1.0
"""Seconds of the turn's time that must be left for a second draft to be worth asking for."""


def may_repair(state: DeskState, budgets: Budgets) -> bool:
    """Whether a model may write the draft again: a hosted one, once per turn, within the turn's calls and time."""
    path = state.get("path") or []
    spent = sum(step["ms"] for step in path) / 1000
    return (
        _hosted(state)
        and not state.get("repair")
        and state.get("attempts", 0) < budgets.model_calls
        and budgets.turn_seconds - spent >= LEAST
    )


def may_replace(state: DeskState, reviewed: Reviewed) -> bool:
    """Whether the keyless model may answer instead of a hosted one.

    It reads the same messages, makes nothing up and is reviewed like any; it takes milliseconds. Not after a leak,
    since what it reads was made to be repeated, and not where the review itself is broken.
    """
    return _hosted(state) and not any(code.startswith(("leak:", "unavailable:")) for code in reviewed.findings)


def fate(state: DeskState, reviewed: Reviewed, turn: TurnFacts, budgets: Budgets, *, stateful: bool) -> Fate:
    """Return what is done with a reviewed reply.

    Args:
        state: At ``review``.
        reviewed: What the output guards say.
        turn: Where a change was made, somebody must say so: the keyless model before a person.
        budgets: The desk's.
        stateful: Whether there is a thread that a person could take over.
    """
    if reviewed.repair and may_repair(state, budgets):
        return "repaired"
    person = reviewed.handoff and stateful and may_hand_off(state)
    if reviewed.blocked and may_replace(state, reviewed) and (turn.done or not person):
        return "replaced"
    if person:
        return "handed_over"
    if reviewed.blocked:
        return "blocked"
    return "worded" if reviewed.settled else "sent"


def _hosted(state: DeskState) -> bool:
    """Whether the reply is a hosted model's."""
    path = state.get("path") or []
    model = (state.get("usage") or no_usage())["model"]
    return bool(path) and path[-1]["stage"] in {MODEL, CACHED} and model not in {"", KEYLESS}


def may_hand_off(state: DeskState) -> bool:
    """Whether a ticket may be opened: not for a message that a guard refused, and once per turn."""
    path = state.get("path") or []
    decision = state.get("decision")
    refused = decision is not None and decision["stage"] == "refuse"
    return bool(path) and not refused and not state.get("ticket") and all(step["stage"] != "handoff" for step in path)


__all__ = ["LEAST", "fate", "may_hand_off", "may_repair", "may_replace"]
