"""Whether two choices are about the same thing, by the stems of their words."""

from __future__ import annotations

import re

from frontdesk.models.keyless.words import stem

_WORD = re.compile(r"[^\W_]{2,}")
LITTLE = frozenset(
    {"the", "a", "an", "any", "that", "this", "my", "our", "one", "your", "of", "in", "with", "for", "to", "and"}
)
"""Words that make no difference."""


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word.casefold()) for word in _WORD.findall(text)) - LITTLE


def about_same(one: str, other: str) -> bool:
    """Whether one says no more than the other: "the sofa" and "the blue sofa"."""
    left, right = _stems(one), _stems(other)
    return bool(left and right) and (left <= right or right <= left)


def equal(one: str, other: str) -> bool:
    """Whether two choices are the same."""
    return _stems(one) == _stems(other)


def names_both(text: str, old: str, new: str) -> bool:
    """Whether a message names a former choice beside the new one: "… instead of the blue sofa"."""
    rest = _stems(text.replace(new, " "))
    return bool(_stems(old)) and _stems(old) <= rest and not equal(old, new)


__all__ = ["LITTLE", "about_same", "equal", "names_both"]
