"""All rules, and what they say together."""

from __future__ import annotations

from collections.abc import Iterable
from math import prod

from frontdesk.nodes.guard.rules import abuse_of_tools, extraction, forgery, languages, override, persona, romance
from frontdesk.nodes.guard.rules.rule import Rule

RULES: tuple[Rule, ...] = tuple(
    rule
    for module in (override, extraction, persona, forgery, abuse_of_tools, languages, romance)
    for rule in module.RULES
)
"""Every rule, by family; ids are unique (held by a test)."""


def matches(text: str, rules: Iterable[Rule] = RULES) -> list[Rule]:
    """Return the rules that fire on one normalised text, in catalogue order."""
    return [
        rule
        for rule in rules
        if (not rule.stems or any(stem in text for stem in rule.stems)) and rule.pattern.search(text)
    ]


def weigh(fired: Iterable[Rule]) -> float:
    """Return the evidence of distinct rules together, 0 to 1: 1 - Π(1 - weight)."""
    return 1.0 - prod(1.0 - rule.weight for rule in {rule.id: rule for rule in fired}.values())


__all__ = ["RULES", "matches", "weigh"]
