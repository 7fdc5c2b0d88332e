"""How a placeholder looks in masked text."""

from __future__ import annotations

import re

PLACEHOLDER = re.compile(r"<[A-Z][A-Z_]*_\d+>")
"""A placeholder in its proper form: ``<EMAIL_1>``; ``nodes.scrub.placeholders`` knows the improper ones."""


def whole(cut: str) -> str:
    """Return a text that was cut without half a placeholder at its end, which would be restored to nothing."""
    return cut[: cut.rfind("<")] if cut.rfind("<") > cut.rfind(">") else cut


__all__ = ["PLACEHOLDER", "whole"]
