"""All rules, and what they say together."""

from __future__ import annotations

from collections.abc import Iterable
from math import prod

from frontdesk.nodes.guard.rules import (
    abuse_of_tools,
    dutch,
    elsewhere,
    extraction,
    forgery,
    french,
    german,
    italian,
    override,
    persona,
    polish,
    portuguese,
    russian,
    spanish,
    turkish,
)
from frontdesk.nodes.guard.rules.rule import HINT, Rule

_ENGLISH = (override, extraction, persona, forgery, abuse_of_tools)
_OTHERS = (german, french, spanish, italian, portuguese, dutch, polish, russian, turkish, elsewhere)

RULES: tuple[Rule, ...] = tuple(rule for module in (*_ENGLISH, *_OTHERS) for rule in module.RULES)
"""Every rule, by family; ids are unique (held by a test)."""


def matches(text: str, rules: Iterable[Rule] = RULES) -> list[Rule]:
    """Return the rules that fire on one normalised text, in catalogue order."""
    return [
        rule
        for rule in rules
        if (not rule.stems or any(stem in text for stem in rule.stems)) and rule.pattern.search(text)
    ]


def weigh(fired: Iterable[Rule]) -> float:
    """Return the evidence of distinct rules together, 0 to 1: 1 - Π(1 - weight).

    Of a family's rules that prove nothing alone only the heaviest counts: several of them say the same thing.
    """
    weights: dict[str, float] = {}
    for rule in fired:
        source = rule.id if rule.weight > HINT else rule.id.partition(".")[0]
        weights[source] = max(weights.get(source, 0.0), rule.weight)
    return 1.0 - prod(1.0 - weight for weight in weights.values())


__all__ = ["RULES", "matches", "weigh"]
