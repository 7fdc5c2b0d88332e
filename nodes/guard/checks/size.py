"""Size and shape: too long to be a message, or one thing over and over."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

from frontdesk.desk.guarding import GuardChannel
from frontdesk.nodes.guard.check import Check, Evidence
from frontdesk.nodes.guard.quiet import register_validator
from frontdesk.nodes.guard.views import LIMIT, View

_LONG_RUN = re.compile(r"(\S)\1{199,}")
_SAMPLE = 4_000
"""Characters from which repetition is judged; pasted chats and receipts compress to a fifth, floods to a hundredth."""


@register_validator("frontdesk/size", data_type="string")
class Size(Check):
    """Fails on text longer than ``limit`` characters, and on floods of repeated characters or words."""

    adds_up = False

    def __init__(self, threshold: float = 0.5, on_fail: object = None, *, limit: int = LIMIT) -> None:
        """Take the longest text allowed, in characters; at most what the other checks read in full."""
        if not isinstance(limit, int) or limit < 1:
            raise ValueError(f"`limit` is a number of characters from 1 to {LIMIT}")
        super().__init__(threshold=threshold, on_fail=on_fail, limit=min(limit, LIMIT))
        self.limit = min(limit, LIMIT)

    def inspect(self, text: str, seen: Sequence[View], *, channel: GuardChannel = "user") -> Evidence:
        """Return 1 for a text that is too long, 0.6 for a flood; of pages and results only the first."""
        typed = channel in ("user", "human")
        if len(text) > (self.limit if typed else LIMIT):
            return Evidence(1.0, ("size.length",))
        if not typed:  # a table or a log may well repeat itself
            return Evidence()
        if len(text) >= 200 and _LONG_RUN.search(text):
            return Evidence(0.6, ("size.run",))
        if len(text) >= _SAMPLE:
            data = text.encode("utf-8", "surrogatepass")
            if len(zlib.compress(data, 1)) * 40 < len(data):
                return Evidence(0.6, ("size.repetition",))
        return Evidence()


CHECK = Size
