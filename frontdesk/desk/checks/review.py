"""`review` of desk.yaml: names of steps, validators, phrases and topics. Nothing is imported; opening does that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from frontdesk.desk.checks.strategies import members
from frontdesk.desk.checks.templates import text_fault
from frontdesk.desk.config import DeskConfig
from frontdesk.desk.draft import Draft, Entry
from frontdesk.desk.names import choose, shown
from frontdesk.desk.phrases import phrase_problem
from frontdesk.desk.reviewing import MOST_CHARACTERS, ReviewRule, Topic
from frontdesk.errors import Fault
from frontdesk.tools.contract import NAME

_VALIDATOR = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*:[A-Za-z_]\w*")
_OPTIONS: Mapping[str, frozenset[str]] = {
    "promises": frozenset({"allow", "deny"}),
    "schema": frozenset({"allow"}),
    "tone": frozenset({"never_say"}),
    "instead": frozenset({"words"}),
    "length": frozenset({"characters"}),
}
"""Options per step; the others take none."""
_PHRASES = frozenset({("promises", "allow"), ("promises", "deny"), ("tone", "never_say"), ("instead", "words")})


def review_steps() -> list[str]:
    """Return the names of the output guards, one per file of ``nodes/review/steps``."""
    return members("frontdesk.nodes.review.steps")


def review_faults(draft: Draft) -> Iterator[Fault]:
    """Yield what is wrong with the output guards of a desk."""
    entry = draft.config
    if entry is None:
        return
    known = review_steps()
    for name, rule in entry.record.review.steps.items():
        yield from _step(entry, name, rule, known)
    for name, topic in entry.record.review.topics.items():
        yield from _topic(entry, name, topic)


def _step(entry: Entry[DeskConfig], name: str, rule: ReviewRule, known: list[str]) -> Iterator[Fault]:
    place = ("review", "steps", name)
    if name not in known:
        if not rule.validator:
            remedy = f"{choose(name, known)}; a step of somebody else's needs a `validator`"
            yield entry.fault(place, f"unknown review step `{shown(name)}`", remedy)
        elif not _VALIDATOR.fullmatch(rule.validator):
            remedy = "write `package.module:Class` of an installed guardrails-ai validator"
            yield entry.fault((*place, "validator"), f"`{shown(rule.validator)}` names no class", remedy)
        return
    if rule.validator:
        remedy = "give the validator a name of its own under `review.steps`"
        yield entry.fault((*place, "validator"), f"`{name}` is a step of ours", remedy)
    takes = _OPTIONS.get(name, frozenset())
    for option, value in rule.options.items():
        if option not in takes:
            remedy = choose(option, sorted(takes)) if takes else "remove it: the step takes none"
            yield entry.fault((*place, "options", option), f"`{name}` has no option `{shown(option)}`", remedy)
        elif (name, option) in _PHRASES and isinstance(value, list | dict):
            yield from _phrases(entry, (*place, "options", option), [str(item) for item in value])
        elif option == "characters" and (type(value) is not int or not 1 <= value <= MOST_CHARACTERS):
            remedy = f"write a whole number from 1 to {MOST_CHARACTERS}"
            yield entry.fault((*place, "options", option), f"`{shown(str(value))}` is no length of a reply", remedy)


def _topic(entry: Entry[DeskConfig], name: str, topic: Topic) -> Iterator[Fault]:
    place = ("review", "topics", name)
    if not re.fullmatch(NAME, name):
        remedy = "use small letters, digits and underscores, such as `injury`"
        yield entry.fault(place, f"`{shown(name)}` is no name for a topic", remedy)
    yield from _phrases(entry, (*place, "triggers"), topic.triggers)
    yield from _phrases(entry, (*place, "unless"), topic.unless)
    if fault := text_fault(topic.say, {"business"}):
        yield entry.fault((*place, "say"), f"`review.topics.{name}.say`: {fault[0]}", fault[1])


def _phrases(entry: Entry[DeskConfig], place: tuple[str, ...], given: list[str]) -> Iterator[Fault]:
    for phrase in given:
        if problem := phrase_problem(phrase):
            yield entry.fault(place, f"`{shown(phrase)}` is no phrase", problem)


__all__ = ["review_faults", "review_steps"]
