"""What becomes of a turn whose customer is annoyed: served and offered a person, and handed over the second time."""

from __future__ import annotations

from dataclasses import replace

from frontdesk.graph.state import Command, Decision, DeskState, Upset
from frontdesk.nodes.decide.facts import Outcome

OFFERED, HANDED = "mood:offered", "mood:handed"
"""Reasons of a turn that is served with the offer of a person, and of one that a person takes over."""
AGAIN = 2
"""Messages as annoyed as the desk's bound from which a person takes over."""
_LOST = frozenset({"route:out_of_scope", "route:unclear"})
"""Reasons of a turn in which we could only ask back."""


def upset_after(state: DeskState, bound: float) -> Upset | None:
    """Return how often the customer was annoyed, this message included.

    Args:
        state: With this turn's ``route`` and ``turn``.
        bound: Annoyance, 0 to 1, from which a message counts; 0 switches nothing off, 1 nearly all.
    """
    before, route, turn = state.get("upset"), state.get("route"), state["turn"]["index"]
    mood = route.get("mood", 0.0) if route else 0.0
    if mood <= 0 or mood < bound or (before and before["turn"] == turn):
        return before
    return Upset(times=(before["times"] if before else 0) + 1, turn=turn)


def eased(outcome: Outcome, upset: Upset | None, turn: int) -> Outcome:
    """Return an outcome in which an annoyed customer gets, or is offered, a person.

    A message that can be served is served, and a person offered with it; at the second such message, and where there is
    nothing to serve, a person takes over. What is refused, confirmed or handed over anyway stays as it is.

    Args:
        outcome: What decide says.
        upset: What :func:`upset_after` returned.
        turn: Index of this turn.
    """
    decided = outcome.decision
    if upset is None or upset["turn"] != turn or decided["stage"] not in {"respond", "clarify"}:
        return outcome
    if upset["times"] < AGAIN and not _LOST & set(decided["reasons"]):
        return replace(outcome, decision=Decision(**{**decided, "reasons": [*decided["reasons"], OFFERED]}))
    intent = decided["intent"]
    handed = Decision(stage="handoff", intent=intent, tier="deterministic", reasons=[HANDED], answer="")
    command = Command(kind="handoff", intent=intent) if intent else Command(kind="handoff")
    return Outcome(handed, None, None, 0, commands=(command,))


def is_offered(state: DeskState) -> bool:
    """Tell whether this turn's reply offers a person to an annoyed customer."""
    upset, turn, decision = state.get("upset"), state.get("turn"), state.get("decision")
    if not upset or not turn or not decision or state.get("ticket"):
        return False
    served = decision["stage"] in {"respond", "clarify"}
    return served and upset["turn"] == turn["index"] and upset["times"] < AGAIN


__all__ = ["AGAIN", "HANDED", "OFFERED", "eased", "is_offered", "upset_after"]
