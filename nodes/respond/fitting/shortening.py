"""A tool's result that is too long to be shown whole: shortened, so that JSON stays JSON and says what is missing."""

from __future__ import annotations

import json
from typing import Any, Final

from frontdesk.graph.placeholders import whole
from frontdesk.nodes.respond.fitting.counting import count

_STEPS: Final = ((60, 1200), (30, 600), (15, 300), (8, 150), (4, 80), (2, 40), (1, 20))
"""Entries of a list or object, and characters of a text, that are left: the first pair whose result fits is taken."""
_MISSING: Final = "left_out"
_NOTE: Final = "… (shortened: the rest did not fit)"


def shortened(text: str, most: int) -> str:
    """Return a result in at most ``most`` tokens (estimated, never under), or as short as it gets.

    Args:
        text: As the gateway gave it: JSON, or a sentence.
        most: Tokens.

    Returns:
        The text itself where it fits. Otherwise JSON with fewer entries and shorter texts, which counts what was left
        out; of a text its beginning with a note.
    """
    if count(text) <= most:
        return text
    data = _parsed(text)
    if data is None:
        return _cut_to(text, most)
    for entries, chars in _STEPS:
        shorter = json.dumps(_pruned(data, entries, chars), ensure_ascii=False)
        if count(shorter) <= most:
            return shorter
    return json.dumps({_MISSING: "all of it, for lack of room"})


def _parsed(text: str) -> Any:
    if text[:1] not in {"{", "["}:
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _pruned(value: Any, entries: int, chars: int) -> Any:
    if isinstance(value, str):
        return whole(value[:chars]) + "…" if len(value) > chars else value
    if isinstance(value, list):
        kept = [_pruned(part, entries, chars) for part in value[:entries]]
        return [*kept, {_MISSING: len(value) - entries}] if len(value) > entries else kept
    if isinstance(value, dict):
        some = {name: _pruned(part, entries, chars) for name, part in list(value.items())[: 2 * entries]}
        return {**some, _MISSING: len(value) - 2 * entries} if len(value) > 2 * entries else some
    return value


def _cut_to(text: str, most: int) -> str:
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if count(text[:middle] + _NOTE) <= most else (low, middle - 1)
    return whole(text[:low]).rstrip() + _NOTE


__all__ = ["shortened"]
