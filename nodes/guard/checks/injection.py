"""Prompt injection, jailbreaks, prompt extraction and steering of tools, by named rules over every reading."""

from __future__ import annotations

from collections.abc import Sequence

from frontdesk.nodes.guard.check import Check, Evidence
from frontdesk.nodes.guard.quiet import register_validator
from frontdesk.nodes.guard.rules.catalogue import matches, weigh
from frontdesk.nodes.guard.rules.rule import Rule
from frontdesk.nodes.guard.views import View


@register_validator("frontdesk/injection", data_type="string")
class Injection(Check):
    """Fails on text that tries to instruct the assistant instead of asking it."""

    def inspect(self, text: str, seen: Sequence[View]) -> Evidence:
        """Return the weight of all distinct rules that fired in any reading, and their ids, heaviest first."""
        fired: dict[str, Rule] = {}
        for view in seen:
            fired.update((rule.id, rule) for rule in matches(view.text))
        ranked = sorted(fired.values(), key=lambda rule: -rule.weight)
        return Evidence(score=weigh(ranked), rules=tuple(rule.id for rule in ranked))


CHECK = Injection
