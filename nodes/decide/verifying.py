"""The customer comes back after they were asked to verify who they are: the call is made again, nothing else asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from frontdesk.desk.config import Intent
from frontdesk.graph.approved import StepUp
from frontdesk.graph.state import Task
from frontdesk.nodes.decide.answers import bare_answer, is_drop, is_drop_all
from frontdesk.nodes.decide.declining import declines
from frontdesk.nodes.decide.facts import Facts, Outcome
from frontdesk.nodes.decide.serving import aged, decision

_ASKS = re.compile(
    r"\?|^\W*(?:what|how|where|when|why|who|which|can|could|do|does|is|are|was|wie|wo|wann|warum|wer|kann|comment|où"
    r"|quand|pourquoi|qué|cómo|dónde|cuándo|che|come|dove|quando|hoe|waar|wanneer|como|onde)\b",
    re.I,
)
AGAIN = "verify:again"
"""Reason of a turn in which a call is made again after the customer was asked to verify."""


def again(outcome: Outcome, facts: Facts, step: StepUp | None, intents: Mapping[str, Intent]) -> Outcome:
    """Return the outcome that makes the call again, unless the message is about something else.

    Whether the customer has verified is not asked here: the gateway judges the call by their sign-in, as any.

    Args:
        outcome: What the policy says without this.
        facts: What it looked at.
        step: The call for which the customer was asked to verify.
        intents: The desk's.
    """
    intent = intents.get(step["intent"]) if step else None
    if intent is None or _elsewhere(outcome, facts, intent, intents):
        return outcome
    task = facts.task if facts.task and facts.task["intent"] == intent.name else None
    made = decision("respond", AGAIN, intent=intent.name, tier=intent.tier)
    return replace(outcome, decision=made, task=aged(task) or Task(intent=intent.name, turns=1, started=facts.turn))


def _elsewhere(outcome: Outcome, facts: Facts, intent: Intent, intents: Mapping[str, Intent]) -> bool:
    """Whether the message is stopped, for a person, a no, or a request of its own."""
    if facts.verdict["outcome"] != "allow" or outcome.decision["stage"] in {"refuse", "handoff", "confirm"}:
        return True
    if is_drop(facts.text) or is_drop_all(facts.text) or bare_answer(facts.text) == "no" or declines(facts.text):
        return True
    other = intents.get(outcome.decision["intent"])
    if other is intent:
        return False
    # "Thanks, I have signed in again" sounds like small talk or like a page of help, and is no other request.
    return _ASKS.search(facts.text) is not None or (other is not None and bool(other.tools))


__all__ = ["AGAIN", "again"]
