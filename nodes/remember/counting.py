"""Counts the window's tokens: by a tokenizer's tables where they are, else estimated; scales the context's estimate.

The estimate is made to overcount and scaled by what the provider reported of earlier prompts
(``frontdesk.graph.counting``). Tables are used where ``load_table`` found them for every model that may be shown the
window: nothing is ever downloaded, and nothing is read from disk in the middle of a turn.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from langchain_core.messages import BaseMessage

from frontdesk.graph.deps import Deps
from frontdesk.nodes.remember.tables import table_of
from frontdesk.nodes.remember.tokens import count_message, count_text


@dataclass(frozen=True, slots=True)
class TokenCounter:
    """Counts, never materially under."""

    encode: Callable[[str], int] = count_text
    """Tokens of a text."""
    factor: float = 1.0
    """What a count is multiplied with."""

    def message(self, message: BaseMessage) -> int:
        """Return the tokens of a message, its tool calls included."""
        return math.ceil(count_message(message, self.encode) * self.factor)


def counter_of(deps: Deps) -> TokenCounter:
    """Return the counter for what a desk's chat models are shown: the one that counts most, where they differ."""
    models = tuple(dict.fromkeys((deps.models.describe("fast"), deps.models.describe("reasoning"))))
    tables = [table_of(model) for model in models]
    known = [table for table in tables if table is not None]
    if len(known) == len(models):
        # the newer encodings need no more than the older ones for nearly all text; one of them is counted twice at most
        both = dict.fromkeys(known)
        return TokenCounter(known[0] if len(both) == 1 else lambda text: max(table(text) for table in both))
    return TokenCounter(factor=deps.calibration.factor(*models))


__all__ = ["TokenCounter", "counter_of"]
