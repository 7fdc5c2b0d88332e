"""How customers are not talked to."""

from __future__ import annotations

from frontdesk.nodes.review.step import StepSpec
from frontdesk.nodes.review.tone import build_tone

STEP = StepSpec(build_tone, place=100, action="repair")

__all__ = ["STEP"]
