"""Numbers that no evidence gives."""

from __future__ import annotations

from frontdesk.nodes.review.grounding import grounding
from frontdesk.nodes.review.step import StepSpec, plain

STEP = StepSpec(plain(grounding), place=70, action="repair")

__all__ = ["STEP"]
