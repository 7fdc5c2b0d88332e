"""Links, images and markup to anywhere but the desk's own hosts."""

from __future__ import annotations

from frontdesk.nodes.review.draft import Step
from frontdesk.nodes.review.links import LinkStep
from frontdesk.nodes.review.step import Material, Options, StepSpec, known_options


def _build(material: Material, options: Options) -> Step:
    known_options(options)
    return LinkStep(material.hosts)


STEP = StepSpec(_build, place=80, action="mask")

__all__ = ["STEP"]
