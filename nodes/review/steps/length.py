"""A reply of readable length. At the end only: a reply that goes on has no length."""

from __future__ import annotations

from frontdesk.nodes.review.step import StepSpec
from frontdesk.nodes.review.tone import build_length

STEP = StepSpec(build_length, place=120, action="repair", streams=False, early=True)

__all__ = ["STEP"]
