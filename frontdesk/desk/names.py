"""Words for remedies: the allowed names of a closed list, and the nearest one first."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_LIST_LIMIT = 40


def listed(allowed: Iterable[str]) -> str:
    """Return ``a, b, c``, shortened when the list is long; ``none are defined`` for an empty one."""
    names = list(allowed)
    if not names:
        return "none are defined"
    more = len(names) - _LIST_LIMIT
    return ", ".join(names[:_LIST_LIMIT]) + (f" and {more} more" if more > 0 else "")


def choose(given: str, allowed: Iterable[str]) -> str:
    """Return a remedy for an unknown name: the nearest allowed one, if any is near, and the whole list."""
    names = list(allowed)
    near = difflib.get_close_matches(given, names, n=1, cutoff=0.6)
    hint = f"did you mean `{near[0]}`? " if near else ""
    return f"{hint}allowed: {listed(names)}"


def shown(value: object, limit: int = 60) -> str:
    """Return a short, single-line rendering of a desk author's own value for a fault's text."""
    text = " ".join(str(value).split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
