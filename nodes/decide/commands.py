"""What a message did to the conversation, in the manner of Rasa's CALM, for traces and for ``/why``."""

from __future__ import annotations

from frontdesk.graph.state import Command
from frontdesk.nodes.decide.answers import is_drop
from frontdesk.nodes.decide.facts import Facts, Outcome
from frontdesk.nodes.decide.serving import UNCLEAR

_BY_REASON = {
    "proposal:approved": "answer",
    "proposal:rejected": "cancel",
    "task:dropped": "cancel",
    "clarify:rejected": "cancel",
    "task:continues": "answer",
    "clarify:chosen": "answer",
    "waiting:next": "start",
    "waiting:resumed": "resume",
}


def commands_of(facts: Facts, outcome: Outcome) -> tuple[Command, ...]:
    """Return the commands of a message, in order.

    Args:
        facts: What decide looked at.
        outcome: What it says.

    Returns:
        A clarifying question gives one ``clarify`` per intent that it may name, the likeliest first.
    """
    decided = outcome.decision
    found: list[Command] = []
    if "proposal:withdrawn" in decided["reasons"] and facts.task and facts.task["intent"] != decided["intent"]:
        found.append(Command(kind="cancel", intent=facts.task["intent"]))
    found.extend(_command(facts, outcome))
    return tuple(found)


def _command(facts: Facts, outcome: Outcome) -> list[Command]:
    decided = outcome.decision
    stage, intent = decided["stage"], decided["intent"]
    if stage == "refuse":
        return []
    if stage == "handoff":
        return [_of("handoff", intent)]
    asks = stage == "clarify" and UNCLEAR in decided["reasons"]
    kind = "" if asks else next((_BY_REASON[reason] for reason in decided["reasons"] if reason in _BY_REASON), "")
    if kind == "cancel":
        return [_of("cancel", facts.task["intent"] if facts.task else intent)]
    if kind == "answer" and is_drop(facts.text):
        kind = "cancel"
    if kind:
        return [_of(kind, intent)]
    if stage == "clarify":
        ranked = [intent, *(name for name, _ in facts.route["alternatives"])] if intent else [""]
        return [_of("clarify", name) for name in dict.fromkeys(ranked)][:2]
    task, on = facts.task, outcome.task
    goes_on = task is not None and on is not None and on["intent"] == task["intent"] and intent != task["intent"]
    return [_of("digress" if goes_on else "start", intent)]


def _of(kind: str, intent: str) -> Command:
    command = Command(kind=kind)  # type: ignore[typeddict-item]  # a word of this module's own table
    if intent:
        command["intent"] = intent
    return command
