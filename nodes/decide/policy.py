"""Who serves this turn: a pure function of what scrub, guard, route and recall found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from frontdesk.desk.config import DeskConfig, Intent
from frontdesk.graph.state import Decision, Proposal, Route, Serving, Task, Tier, Verdict
from frontdesk.nodes.decide.answers import bare_answer, is_drop

TASK_TURNS = 6
"""A task that was not finished within so many turns is forgotten: an old request must not colour a new one."""
SWITCH = 0.75
"""Confidence from which a message leaves an open task although it might be an answer to a question."""

_ASKING = re.compile(r"\s*(what|how|when|where|who|why|which|do|does|is|are|can|could|will|would|may)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What decide looks at."""

    text: str
    """The customer's masked message."""
    verdict: Verdict
    route: Route
    covered: bool
    """Whether a knowledge page covers the message."""
    task: Task | None
    proposal: Proposal | None
    misses: int
    turn: int
    now: float
    """Unix time in seconds."""
    asked: bool
    """Whether the previous turn ended in a clarifying question."""
    pending: bool = False
    """Whether our last words were a question, such as one for a missing slot."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What decide says: the decision, and what becomes of task, proposal and misses."""

    decision: Decision
    task: Task | None
    proposal: Proposal | None
    misses: int


def _decision(
    stage: Serving,
    *reasons: str,
    intent: str = "",
    tier: Tier = "deterministic",
    answer: Literal["", "approve", "reject"] = "",
) -> Decision:
    return Decision(stage=stage, intent=intent, tier=tier, reasons=list(reasons), answer=answer)


def _looks_like_a_value(text: str) -> bool:
    """A number, a placeholder, or a word or three: more likely an answer than a new request."""
    return bool(re.search(r"\d|<[A-Z]+_\d+>", text)) or len(text.split()) <= 3


def _is_question(text: str) -> bool:
    return "?" in text or bool(_ASKING.match(text))


def decide(facts: Facts, config: DeskConfig, intents: Mapping[str, Intent]) -> Outcome:
    """Choose the stage that serves this turn.

    Args:
        facts: What the earlier stages found.
        config: The desk's thresholds.
        intents: The desk's intents by name.

    Returns:
        The decision with its reasons as closed codes, and the task, proposal and misses that go on.
    """
    guarded = _guarded(facts)
    if guarded:
        return guarded
    if facts.proposal:
        answered = _answered(facts, facts.proposal)
        if answered:
            return answered
        served = _served(replace(facts, proposal=None), config, intents)
        served.decision["reasons"].insert(0, "proposal:withdrawn")
        return served
    return _served(facts, config, intents)


def _guarded(facts: Facts) -> Outcome | None:
    outcome, rules = facts.verdict["outcome"], [f"guard:{rule}" for rule in facts.verdict["rules"]]
    if outcome == "refuse":
        return Outcome(_decision("refuse", "guard:refuse", *rules), None, None, facts.misses)
    if outcome == "unsure":
        return Outcome(_decision("handoff", "guard:unsure", *rules), None, None, facts.misses)
    return None


def _answered(facts: Facts, proposal: Proposal) -> Outcome | None:
    answer = bare_answer(facts.text)
    if answer == "yes" and facts.now > proposal["expires_at"]:
        return Outcome(_decision("clarify", "proposal:expired"), facts.task, None, 0)
    if answer == "yes" and facts.verdict["outcome"] == "allow":
        return Outcome(_decision("confirm", "proposal:approved", answer="approve"), facts.task, proposal, 0)
    if answer == "no" or is_drop(facts.text):
        return Outcome(_decision("confirm", "proposal:rejected", answer="reject"), None, proposal, 0)
    return None


def _served(facts: Facts, config: DeskConfig, intents: Mapping[str, Intent]) -> Outcome:
    task = facts.task if facts.task and facts.task["turns"] < TASK_TURNS and facts.task["intent"] in intents else None
    if task and is_drop(facts.text):
        return Outcome(_decision("clarify", "task:dropped"), None, None, 0)
    if task and facts.asked and bare_answer(facts.text) == "no":
        return Outcome(_decision("clarify", "clarify:rejected"), None, None, facts.misses + 1)
    route = facts.route
    intent = intents.get(route["intent"]) if route["accepted"] else None
    if intent and intent.handoff:
        return Outcome(_decision("handoff", "route:asked", intent=intent.name), None, None, 0)
    if task and _continues(facts, task, intent):
        return _task_goes_on(task, intents[task["intent"]])
    if intent:
        started = Task(intent=intent.name, turns=1, started=facts.turn) if intent.tools else _aged(task)
        decision = _decision("respond", "route:accepted", intent=intent.name, tier=intent.tier)
        return Outcome(decision, started, None, 0)
    return _missed(facts, config, intents, task)


def _continues(facts: Facts, task: Task, intent: Intent | None) -> bool:
    answers = _looks_like_a_value(facts.text) or (facts.pending and not _is_question(facts.text))
    if intent is None:
        # A question that a page answers is a digression, not a value for the task.
        return facts.asked or answers or not facts.covered
    return intent.name == task["intent"] or (facts.route["confidence"] < SWITCH and answers)


def _task_goes_on(task: Task, intent: Intent) -> Outcome:
    aged = Task(intent=task["intent"], turns=task["turns"] + 1, started=task["started"])
    return Outcome(_decision("respond", "task:continues", intent=intent.name, tier=intent.tier), aged, None, 0)


def _aged(task: Task | None) -> Task | None:
    return Task(intent=task["intent"], turns=task["turns"] + 1, started=task["started"]) if task else None


def _missed(facts: Facts, config: DeskConfig, intents: Mapping[str, Intent], task: Task | None) -> Outcome:
    likely = intents.get(facts.route["intent"]) if facts.route["confidence"] >= config.routing.clarify else None
    if facts.covered and (likely is None or not likely.tools):
        name = likely.name if likely else ""
        return Outcome(_decision("respond", "recall:covered", intent=name, tier="fast"), _aged(task), None, 0)
    misses = facts.misses + 1
    if misses >= config.handoff.misses:
        return Outcome(_decision("handoff", "route:unresolved"), None, None, 0)
    if likely:
        asked = Task(intent=likely.name, turns=1, started=facts.turn)
        return Outcome(_decision("clarify", "route:unclear", intent=likely.name), asked, None, misses)
    return Outcome(_decision("clarify", "route:out_of_scope"), _aged(task), None, misses)
