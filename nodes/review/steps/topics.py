"""Risky topics: the desk's own words, whatever a model wrote. First, because nothing else matters then."""

from __future__ import annotations

from frontdesk.nodes.review.step import StepSpec
from frontdesk.nodes.review.topics import build

STEP = StepSpec(build, place=20, action="mask")

__all__ = ["STEP"]
