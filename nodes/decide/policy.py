"""Who serves this turn: a pure function of what scrub, guard, route and recall found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from frontdesk.desk.config import DeskConfig, Intent
from frontdesk.graph.state import Proposal
from frontdesk.nodes.decide.answers import bare_answer, is_drop, is_drop_all
from frontdesk.nodes.decide.commands import commands_of
from frontdesk.nodes.decide.declining import declines
from frontdesk.nodes.decide.facts import Facts, Outcome
from frontdesk.nodes.decide.queue import first_of, next_request, rest_of
from frontdesk.nodes.decide.serving import COVERED, TASK_TURNS, decision, served

__all__ = ["COVERED", "TASK_TURNS", "WITHDRAWN", "Facts", "Outcome", "decide"]

WITHDRAWN = "proposal:withdrawn"
"""Reason of a turn in which the customer went on to something else instead of answering a proposal."""


def decide(facts: Facts, config: DeskConfig, intents: Mapping[str, Intent]) -> Outcome:
    """Choose the stage that serves this turn.

    Args:
        facts: What the earlier stages found.
        config: The desk's thresholds.
        intents: The desk's intents by name.

    Returns:
        The decision with its reasons as closed codes; the task, proposal, misses and waiting requests that go on; and
        what the message did, as commands.
    """
    facts = first_of(facts)
    outcome = _decided(facts, config, intents)
    waiting = rest_of(facts, outcome, intents)
    words = outcome.words or facts.segment
    return replace(outcome, waiting=waiting, commands=commands_of(facts, outcome), words=words)


def _decided(facts: Facts, config: DeskConfig, intents: Mapping[str, Intent]) -> Outcome:
    guarded = _guarded(facts)
    if guarded:
        return guarded
    if facts.proposal:
        answered = _answered(facts, facts.proposal)
        if answered:
            return answered
        outcome = served(replace(facts, proposal=None), config, intents)
        outcome.decision["reasons"].insert(0, WITHDRAWN)
        return outcome
    due = facts.waiting[0] if facts.waiting and not facts.task else None
    if due and due.get("text") and due["intent"] in intents and bare_answer(facts.text) == "yes":
        return next_request(due, intents, facts.turn)
    return served(facts, config, intents)


def _guarded(facts: Facts) -> Outcome | None:
    outcome, rules = facts.verdict["outcome"], [f"guard:{rule}" for rule in facts.verdict["rules"]]
    if outcome == "refuse":
        return Outcome(decision("refuse", "guard:refuse", *rules), None, None, facts.misses)
    if facts.for_a_person:
        return Outcome(decision("handoff", f"guard:{facts.for_a_person}", *rules), None, None, facts.misses)
    return None


def _answered(facts: Facts, proposal: Proposal) -> Outcome | None:
    answer = bare_answer(facts.text)
    if answer == "yes" and facts.now > proposal["expires_at"]:
        return Outcome(decision("clarify", "proposal:expired"), facts.task, None, 0)
    if answer == "yes" and facts.verdict["outcome"] == "allow":
        approved = decision("confirm", "proposal:approved", intent=_in_hand(facts), answer="approve")
        return Outcome(approved, facts.task, proposal, 0)
    if answer == "no" or is_drop(facts.text) or is_drop_all(facts.text) or declines(facts.text):
        rejected = decision("confirm", "proposal:rejected", intent=_in_hand(facts), answer="reject")
        return Outcome(rejected, None, proposal, 0)
    return None


def _in_hand(facts: Facts) -> str:
    """Return the intent that an answered proposal belongs to."""
    return facts.task["intent"] if facts.task else facts.previous
