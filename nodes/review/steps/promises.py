"""Promises and claims of action that nothing supports; a person decides what was half promised."""

from __future__ import annotations

from frontdesk.nodes.review.promises import build
from frontdesk.nodes.review.step import StepSpec

STEP = StepSpec(build, place=110, action="repair", otherwise="handoff")

__all__ = ["STEP"]
