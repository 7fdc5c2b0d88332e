"""Secrets: the canary, or words of a prompt, in any reading of the reply."""

from __future__ import annotations

from frontdesk.nodes.review.draft import Step
from frontdesk.nodes.review.leak import LeakStep
from frontdesk.nodes.review.step import Material, Options, StepSpec, known_options


def _build(material: Material, options: Options) -> Step:
    known_options(options)
    return LeakStep(material.readings, tuple(material.secrets), material.canary)


STEP = StepSpec(_build, place=30, action="block")

__all__ = ["STEP"]
