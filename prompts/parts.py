"""The two parts of a prompt that a customer's turn is answered with: the rules, and what holds for this turn only.

Providers read the beginning of a prompt at a lower price where it is the same as last time. So a template may say where
its unchanging part ends: before that stands the system message, then the conversation so far, and what follows it comes
right before the customer's newest words. A template without the line is a system message as a whole.
"""

from __future__ import annotations

import re
from typing import Final

NEWEST: Final = "<!-- newest message -->"
"""A line of its own. No text of others' can hold it inside an element (``frontdesk.nodes.respond.delimiting``)."""


def parted(text: str) -> tuple[str, str]:
    """Return a prompt's rules, and what belongs to the newest message; empty where the prompt does not part them."""
    rules, _, turn = text.partition(NEWEST)
    return rules.strip("\n"), turn.strip("\n")


_WORDS = re.compile(r'\A(.*)<customer mark="(\w+)">\n(.*)\n</customer mark="\2">\Z', re.DOTALL)


def newest_words(message: str) -> tuple[str, str]:
    """Return what the desk says before a customer's newest words, and the words; the first is empty without an element.

    Args:
        message: Text of the last message of the customer's, as a model is given it.
    """
    found = _WORDS.match(message)
    return (found[1].rstrip("\n"), found[3]) if found else ("", message)


__all__ = ["NEWEST", "newest_words", "parted"]
