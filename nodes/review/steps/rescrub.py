"""Personal data that a model wrote out is masked again."""

from __future__ import annotations

from frontdesk.nodes.review.rescrub import rescrub
from frontdesk.nodes.review.step import StepSpec, plain

STEP = StepSpec(plain(rescrub), place=50, action="mask")

__all__ = ["STEP"]
