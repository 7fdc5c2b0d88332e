"""Control characters: nothing invisible, and nothing that steers a terminal or turns the text round, goes out."""

from __future__ import annotations

import unicodedata

from frontdesk.nodes.review.draft import Draft, Facts

_JOINERS = "\u200c\u200d"
_SELECTORS = "\ufe0e\ufe0f"
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def _kept(char: str, before: str) -> bool:
    if char in "\n\t":
        return True
    # joiners belong to emoji and to several scripts; between Latin letters they only hide something
    if char in _JOINERS:
        return not before.isascii()
    if unicodedata.category(char) in _DROPPED:
        return False
    if "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef":
        # one selector after a symbol picks its emoji form; a run of them carries bytes
        return char in _SELECTORS and before not in _SELECTORS
    return True


def controls(draft: Draft, facts: Facts) -> Draft:
    """Remove control, format, surrogate and unassigned characters, tags and carrying selectors."""
    text = draft.text.replace("\r\n", "\n")
    if text.isascii() and text.replace("\n", "").replace("\t", "").isprintable():
        return draft.with_text(text)
    kept = "".join(char for index, char in enumerate(text) if _kept(char, text[index - 1] if index else "a"))
    return draft.with_text(kept, "control") if kept != text else draft.with_text(text)


__all__ = ["controls"]
