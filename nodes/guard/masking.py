"""Sentences taken out of a customer's messages: the action ``mask`` on the channel ``user``."""

from __future__ import annotations

from collections.abc import Sequence

from langchain_core.messages import HumanMessage

from frontdesk.nodes.guard.spans import without
from frontdesk.nodes.texts import text_of

MARK = "[withheld]"
"""What stands in place of a sentence that was taken out."""


def masked_messages(said: Sequence[HumanMessage], spans: Sequence[Sequence[int]]) -> tuple[list[HumanMessage], bool]:
    """Return the messages that change, under their own ids, and whether any word is left in all of them.

    Args:
        said: The turn's messages, oldest first.
        spans: What to take out, as offsets into the messages' texts joined by line breaks.
    """
    changed, left, begin = [], False, 0
    for message in said:
        text = text_of(message)
        inside = [(max(0, start - begin), min(len(text), end - begin)) for start, end in spans]
        inside = [(start, end) for start, end in inside if start < end]
        begin += len(text) + 1
        left = left or any(char.isalnum() for char in (without(text, inside) if inside else text))
        if inside:
            changed.append(message.model_copy(update={"content": without(text, inside, MARK)}))
    return changed, left


__all__ = ["MARK", "masked_messages"]
