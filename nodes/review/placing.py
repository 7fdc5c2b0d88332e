"""Which output guards a desk runs, in which order, and under which policy."""

from __future__ import annotations

from dataclasses import dataclass

from frontdesk.desk.reviewing import Review, ReviewPolicy, ReviewRule
from frontdesk.errors import ConfigurationError
from frontdesk.nodes.review.draft import Step
from frontdesk.nodes.review.registry import known_steps
from frontdesk.nodes.review.step import Material
from frontdesk.nodes.review.third_party import AsyncStep, validator_step


@dataclass(frozen=True)
class PlacedStep:
    """A step that runs, and how."""

    step: Step | AsyncStep
    policy: ReviewPolicy
    streams: bool = True
    early: bool = False
    foreign: bool = False
    """Somebody else's: what it writes instead is judged by our steps again."""

    @property
    def withholds(self) -> bool:
        """Whether no sentence may be shown before it has judged the whole reply."""
        decides = not self.policy.shadow and self.policy.action != "flag"
        return decides and not self.streams and not self.early


def own_policy(rules: Review, name: str) -> ReviewPolicy:
    """Return the policy of a step that is given by hand."""
    return rules.steps.get(name, ReviewRule()).over(action="mask", otherwise="wording")


def placed_steps(rules: Review, material: Material) -> dict[str, PlacedStep]:
    """Build the steps that run, in their order; validators of somebody else's come last."""
    placed: dict[str, PlacedStep] = {}
    for name, spec in known_steps().items():
        rule = rules.steps.get(name, ReviewRule())
        policy = rule.over(action=spec.action, otherwise=spec.otherwise)
        try:
            step = spec.build(material, rule.options)
        except (ConfigurationError, ValueError) as error:
            raise ConfigurationError(f"review step {name}: {error}") from None
        if policy.enabled:
            placed[name] = PlacedStep(step, policy, spec.streams, spec.early)
    for name, rule in rules.steps.items():
        if name in known_steps():
            continue
        if not rule.validator:
            known = [*known_steps()]
            raise ConfigurationError(f"unknown review step {name}; the steps are {known}, others need a `validator`")
        policy = rule.over(action="repair", otherwise="wording")
        if policy.enabled:
            placed[name] = PlacedStep(validator_step(name, rule), policy, streams=False, foreign=True)
    return placed


__all__ = ["PlacedStep", "own_policy", "placed_steps"]
