"""Invisible and steering characters are taken out, before anything else reads the text."""

from __future__ import annotations

from frontdesk.nodes.review.controls import controls
from frontdesk.nodes.review.step import StepSpec, plain

STEP = StepSpec(plain(controls), place=10, action="mask")

__all__ = ["STEP"]
