"""A message in another language, word for word in English: what a router that was fitted on English words can read.

No translation, and shown to nobody: the customer's words stay as they are, and the guess counts only where it fits the
desk's intents better than they do.
"""

from __future__ import annotations

import re

from frontdesk.nodes.route.gloss_words import GLOSSES

LEAST = 0.6
"""Share of the words that must be known: of a message half understood, nothing is understood."""
_WORD = re.compile(r"<[A-Z_]+_\d+>|[^\W_]+(?:['’][^\W_]+)*")
_LETTERS = re.compile(r"[^\W\d_]")


def glossed(text: str, language: str) -> str:
    """Return the English words of a message.

    Args:
        text: The message, masked.
        language: The tag of its language.

    Returns:
        An empty string where the language has no table (English has none), or too few of its words are in it; numbers,
        placeholders and words that are not in it stay.
    """
    table = GLOSSES.get(language)
    if not table:
        return ""
    words = _WORD.findall(text)
    known = [table.get(word.lower().replace("’", "'")) for word in words]
    count = sum(1 for word in words if _LETTERS.search(word) and not word.startswith("<"))
    if not any(known) or sum(map(bool, known)) < LEAST * count:
        return ""
    english = " ".join(found or word for word, found in zip(words, known, strict=True))
    return f"{english}?" if "?" in text else english


__all__ = ["LEAST", "glossed"]
