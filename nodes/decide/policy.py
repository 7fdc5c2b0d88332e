"""Who serves this turn: a pure function of what scrub, guard, route and recall found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from frontdesk.desk.config import DeskConfig, Intent
from frontdesk.graph.state import Decision, Proposal, Serving, Task, Tier
from frontdesk.nodes.decide.answers import bare_answer, is_drop
from frontdesk.nodes.decide.ellipsis import (
    asks_more,
    continues,
    has_pronoun_only,
    is_fragment,
    names_only_a_value,
    points_back,
)
from frontdesk.nodes.decide.facts import Facts, Outcome

__all__ = ["COVERED", "TASK_TURNS", "Facts", "Outcome", "decide"]

TASK_TURNS = 6
"""A task that was not finished within so many turns is forgotten: an old request must not colour a new one."""
SWITCH = 0.75
"""Confidence from which a message leaves an open task although it might be an answer to a question."""

SURE = 0.95
"""Confidence from which a message has a subject of its own although it begins like a continuation of the last one."""

COVERED = "recall:covered"
"""Reason of a turn that no intent serves and that a page may answer."""

_SOMETHING_ELSE = re.compile(
    r"\b(?:i(?:'d| would)? (?:want|like|need|prefer)|can you|could you|instead|actually|show|list|cancel|track)\b"
    r"|^\W*(?:thanks?|thank you|cheers|bye|goodbye|hello|hi|great|ok(?:ay)?)\b",
    re.IGNORECASE,
)
"""Signs that a message is not the answer to our question."""
_PLACEHOLDER = re.compile(r"<[A-Z_]+_\d+>")
_ASKING = re.compile(r"\s*(what|how|when|where|who|why|which|do|does|is|are|can|could|will|would|may)\b", re.IGNORECASE)


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
    if facts.for_a_person:
        return Outcome(_decision("handoff", f"guard:{facts.for_a_person}", *rules), None, None, facts.misses)
    return None


def _answered(facts: Facts, proposal: Proposal) -> Outcome | None:
    answer = bare_answer(facts.text)
    if answer == "yes" and facts.now > proposal["expires_at"]:
        return Outcome(_decision("clarify", "proposal:expired"), facts.task, None, 0)
    if answer == "yes" and facts.verdict["outcome"] == "allow":
        approved = _decision("confirm", "proposal:approved", intent=_in_hand(facts), answer="approve")
        return Outcome(approved, facts.task, proposal, 0)
    if answer == "no" or is_drop(facts.text):
        rejected = _decision("confirm", "proposal:rejected", intent=_in_hand(facts), answer="reject")
        return Outcome(rejected, None, proposal, 0)
    return None


def _in_hand(facts: Facts) -> str:
    """Return the intent that an answered proposal belongs to."""
    return facts.task["intent"] if facts.task else facts.previous


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
    before = _leans_on(facts, intent, intents)
    if before:
        return _started(facts, before, task, "turn:continues")
    if intent:
        return _started(facts, intent, task, "route:accepted")
    if not task and facts.meant in intents and names_only_a_value(facts.text):
        return _started(facts, intents[facts.meant], task, "value:alone")
    return _missed(facts, config, intents, task)


def _started(facts: Facts, intent: Intent, task: Task | None, reason: str) -> Outcome:
    started = Task(intent=intent.name, turns=1, started=facts.turn) if intent.tools else _aged(task)
    return Outcome(_decision("respond", reason, intent=intent.name, tier=intent.tier), started, None, 0)


def _leans_on(facts: Facts, intent: Intent | None, intents: Mapping[str, Intent]) -> Intent | None:
    """Return the intent of the turn before when the message makes sense only with it.

    A request that was recognised and that tools serve ("and can you cancel it") stands for itself.
    """
    before = intents.get(facts.previous)
    if before is None or before.handoff:
        return None
    text, confidence = facts.text, facts.route["confidence"]
    if intent is None:
        more = asks_more(text) or (facts.covered and has_pronoun_only(text))
        return before if more or continues(text) else None
    if is_fragment(text) or (names_only_a_value(text) and confidence < SWITCH):
        return before
    leans = (confidence < SURE and points_back(text)) or (confidence < SWITCH and has_pronoun_only(text))
    return before if leans and not intent.tools else None


def _continues(facts: Facts, task: Task, intent: Intent | None) -> bool:
    answers = _looks_like_a_value(facts.text) or (facts.pending and not _is_question(facts.text))
    if facts.words_asked and not (_is_question(facts.text) or _SOMETHING_ELSE.search(facts.text)):
        # "it arrived broken" is the reason that we asked for, whatever else it might be at another moment
        return True
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
        # whether the page answers it shows in the answer: until it cites one, this may be a miss
        covered = _decision("respond", COVERED, intent=name, tier="fast")
        if likely or facts.misses < config.handoff.misses:
            return Outcome(covered, _aged(task), None, 0 if likely else facts.misses + 1)
    if likely and likely.name in facts.reads and re.search(r"\d", _PLACEHOLDER.sub("", facts.text)):
        # it costs nothing to look up what may be meant
        return _started(facts, likely, task, "route:read")
    if not likely and not task and facts.meant in intents:
        return _started(facts, intents[facts.meant], task, "value:known")
    misses = facts.misses + 1
    if misses >= config.handoff.misses:
        return Outcome(_decision("handoff", "route:unresolved"), None, None, 0)
    if likely:
        asked = Task(intent=likely.name, turns=1, started=facts.turn)
        return Outcome(_decision("clarify", "route:unclear", intent=likely.name), asked, None, misses)
    return Outcome(_decision("clarify", "route:out_of_scope"), _aged(task), None, misses)
