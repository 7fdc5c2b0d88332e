"""The desk's words instead of others."""

from __future__ import annotations

from frontdesk.nodes.review.step import StepSpec
from frontdesk.nodes.review.tone import build_instead

STEP = StepSpec(build_instead, place=90, action="mask")

__all__ = ["STEP"]
