"""Citations of pages that were not retrieved are taken out."""

from __future__ import annotations

from frontdesk.nodes.review.citations import citations
from frontdesk.nodes.review.step import StepSpec, plain

STEP = StepSpec(plain(citations), place=60, action="mask")

__all__ = ["STEP"]
