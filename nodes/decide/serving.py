"""Which intent serves a message that no guard stopped and that answers no proposal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from frontdesk.desk.config import DeskConfig, Intent
from frontdesk.graph.placeholders import PLACEHOLDER
from frontdesk.graph.state import Decision, Serving, Task, Tier
from frontdesk.nodes.decide.answers import bare_answer, is_drop, is_drop_all
from frontdesk.nodes.decide.choosing import chosen, pair_of, rejects_all
from frontdesk.nodes.decide.declining import declines
from frontdesk.nodes.decide.ellipsis import names_only_a_value
from frontdesk.nodes.decide.facts import Facts, Outcome
from frontdesk.nodes.decide.following import SURE, answers_task, leans_on, turns_to
from frontdesk.nodes.decide.uncovered import NOTHING
from frontdesk.nodes.remember.recollecting import RECOLLECTED

TASK_TURNS = 6
"""A task that was not finished within so many turns is forgotten: an old request must not colour a new one."""
COVERED = "recall:covered"
"""Reason of a turn that no intent serves and that a page may answer."""
UNCLEAR, PAIR = "route:unclear", "route:pair"
"""Reasons of a question that names the likeliest intent, and the two likeliest."""
TOLD = "memory:told"
"""Reason of a turn in which the customer only told something of themselves."""


def decision(
    stage: Serving,
    *reasons: str,
    intent: str = "",
    tier: Tier = "deterministic",
    answer: Literal["", "approve", "reject"] = "",
) -> Decision:
    """Return a decision."""
    return Decision(stage=stage, intent=intent, tier=tier, reasons=list(reasons), answer=answer)


def served(facts: Facts, config: DeskConfig, intents: Mapping[str, Intent]) -> Outcome:
    """Choose the intent: the task in hand first, then what the message leans on, then what the router found."""
    task = facts.task if facts.task and facts.task["turns"] < TASK_TURNS and facts.task["intent"] in intents else None
    ended = _ended(facts, task)
    if ended:
        return ended
    pick = intents.get(chosen(facts, intents)) if facts.asked else None
    if pick:
        return started(facts, pick, None, "clarify:chosen")
    route = facts.route
    intent = intents.get(route["intent"]) if route["accepted"] else None
    if intent and intent.handoff:
        return Outcome(decision("handoff", "route:asked", intent=intent.name), None, None, 0)
    if facts.recollects:
        return Outcome(decision("clarify", RECOLLECTED), aged(task), None, 0)
    if _only_told(facts, task):
        return Outcome(decision("clarify", TOLD), None, None, 0)
    if task and answers_task(facts, task, intent) and not turns_to(facts, task, intent, intents):
        return _task_goes_on(task, intents[task["intent"]])
    before = leans_on(facts, intent, intents)
    if before:
        return started(facts, before, task, "turn:continues")
    if intent:
        return started(facts, intent, task, "route:accepted")
    if not task and facts.meant in intents and names_only_a_value(facts.text):
        return started(facts, intents[facts.meant], task, "value:alone")
    return _missed(facts, config, intents, task)


def _only_told(facts: Facts, task: Task | None) -> bool:
    """Whether there is something to acknowledge and nothing to serve; what a guard raised is not learnt from."""
    sure = facts.route["accepted"] and facts.route["confidence"] >= SURE
    # who tells of themselves where we asked what is meant has left that question
    free = task is None or (facts.asked and not facts.given)
    return facts.states and free and not sure and facts.verdict["outcome"] == "allow"


def _ended(facts: Facts, task: Task | None) -> Outcome | None:
    if (task or facts.waiting) and (is_drop(facts.text) or is_drop_all(facts.text)):
        return Outcome(decision("clarify", "task:dropped"), None, None, 0)
    refused = bare_answer(facts.text) == "no" or rejects_all(facts.text) or declines(facts.text)
    if facts.asked and (task or facts.offered) and refused:
        reason = "task:dropped" if facts.resumed else "clarify:rejected"
        return Outcome(decision("clarify", reason), None, None, 0 if facts.resumed else facts.misses + 1)
    return None


def started(facts: Facts, intent: Intent, task: Task | None, reason: str) -> Outcome:
    """Return an outcome that serves an intent; ``task`` goes on beside an intent that needs no tool."""
    if not intent.tools:
        begun = aged(task)
    else:
        begun = Task(intent=intent.name, turns=1, started=facts.turn)
        if facts.segment:
            begun |= {"text": facts.segment, "message": facts.message}
    return Outcome(decision("respond", reason, intent=intent.name, tier=intent.tier), begun, None, 0)


def aged(task: Task | None) -> Task | None:
    """Return a task one turn on."""
    return Task(**{**task, "turns": task["turns"] + 1}) if task else None


def _task_goes_on(task: Task, intent: Intent) -> Outcome:
    return Outcome(decision("respond", "task:continues", intent=intent.name, tier=intent.tier), aged(task), None, 0)


def _missed(facts: Facts, config: DeskConfig, intents: Mapping[str, Intent], task: Task | None) -> Outcome:
    likely = intents.get(facts.route["intent"]) if facts.route["confidence"] >= config.routing.clarify else None
    if facts.covered and (likely is None or not likely.tools):
        name = likely.name if likely else ""
        # whether the page answers it shows in the answer: until it cites one, this may be a miss
        covered = decision("respond", COVERED, intent=name, tier="fast")
        if likely or facts.misses < config.handoff.misses:
            return Outcome(covered, aged(task), None, 0 if likely else facts.misses + 1)
    if likely and likely.name in facts.reads and re.search(r"\d", PLACEHOLDER.sub("", facts.text)):
        # it costs nothing to look up what may be meant
        return started(facts, likely, task, "route:read")
    if not likely and not task and facts.meant in intents:
        return started(facts, intents[facts.meant], task, "value:known")
    if facts.uncovered and facts.near and not (task or likely):
        return _nothing(facts, config)
    misses = facts.misses + 1
    if misses >= config.handoff.misses:
        return Outcome(decision("handoff", "route:unresolved"), None, None, 0)
    if likely:
        reason = PAIR if pair_of(facts.route, config.routing, intents) else UNCLEAR
        asked = Task(intent=likely.name, turns=1, started=facts.turn)
        return Outcome(decision("clarify", reason, intent=likely.name), asked, None, misses)
    return Outcome(decision("clarify", "route:out_of_scope"), aged(task), None, misses)


def _nothing(facts: Facts, config: DeskConfig) -> Outcome:
    """Say that the pages have nothing on it: a page that is only like the question is no answer to it."""
    if facts.misses + 1 >= config.handoff.misses:
        return Outcome(decision("handoff", "route:unresolved"), None, None, 0)
    return Outcome(decision("clarify", NOTHING), None, None, facts.misses + 1)


__all__ = ["COVERED", "PAIR", "TASK_TURNS", "TOLD", "UNCLEAR", "aged", "decision", "served", "started"]
