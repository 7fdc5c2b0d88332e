"""What belongs into a program and not into a letter: JSON, tool calls, role labels. Before links take markup out."""

from __future__ import annotations

from frontdesk.nodes.review.schema import build
from frontdesk.nodes.review.step import StepSpec

STEP = StepSpec(build, place=40, action="repair")

__all__ = ["STEP"]
