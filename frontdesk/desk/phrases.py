"""Phrases as a desk writes them, compiled to one pattern: ``caught|set ... fire``, ``burn* my|his|her``.

Words stand in their order, as whole words, without regard to case and full width; accents count. Punctuation between
them does not matter, the end of a sentence does. ``a|b`` means either, ``word*`` any ending, ``...`` up to three words
between.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_GAP = r"(?:[^\w.!?;\n]+[\w'-]+){0,3}?"
_BETWEEN = r"[^\w.!?;\n]+"
_NEVER = re.compile(r"(?!)")


def folded(text: str) -> str:
    """Return ``text`` as phrases see it: compatibility forms, straight apostrophes, lower case."""
    return unicodedata.normalize("NFKC", text).replace("\u2019", "'").replace("\u2018", "'").casefold()


def phrase_problem(phrase: str) -> str:
    """Return what is wrong with a phrase, or an empty string."""
    parts = folded(phrase).replace("\u2026", "...").split()
    words = [part for part in parts if part != "..."]
    if not any(char.isalnum() for part in words for char in part):
        return "it has no word"
    if parts[0] == "..." or parts[-1] == "...":
        return "`...` stands between words, not at an end"
    if any(not re.fullmatch(r"[\w'&-]+\*?", option) for part in words for option in part.split("|")):
        return "a word has letters, digits, ' & - and may end in *; `|` stands between two of them, without spaces"
    return ""


def phrases(given: Iterable[str]) -> re.Pattern[str]:
    """Compile phrases to a pattern for :func:`folded` texts; without phrases it matches nothing.

    Raises:
        ValueError: A phrase is none; the text says which and why, see :func:`phrase_problem`.
    """
    compiled = [_compiled(phrase) for phrase in given]
    return re.compile(rf"(?<!\w)(?:{'|'.join(compiled)})(?!\w)") if compiled else _NEVER


def _compiled(phrase: str) -> str:
    if problem := phrase_problem(phrase):
        raise ValueError(f"`{phrase}` is no phrase: {problem}")
    pattern, between = "", ""
    for part in folded(phrase).replace("\u2026", "...").split():
        if part == "...":
            between = _GAP + _BETWEEN
            continue
        options = (re.escape(option).replace(r"\*", r"\w*") for option in part.split("|"))
        pattern += f"{between}(?:{'|'.join(options)})"
        between = _BETWEEN
    return pattern


__all__ = ["folded", "phrase_problem", "phrases"]
