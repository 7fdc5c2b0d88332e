"""Places in a text: [start, end) in characters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def without(text: str, spans: Sequence[Sequence[int]], mark: str = "") -> str:
    """Return ``text`` with ``mark`` in place of each span; nothing of it where there are no spans.

    Args:
        text: As it was given to the check.
        spans: [start, end) in characters, in any order; overlapping ones count as one.
        mark: What stands there instead.
    """
    if not spans:
        return mark
    kept, at = [], 0
    for start, end in joined(spans):
        kept += [text[at:start], mark]
        at = end
    return "".join([*kept, text[at:]])


def joined(spans: Iterable[Sequence[int]]) -> list[list[int]]:
    """Return spans sorted, with those that overlap or touch made one."""
    found: list[list[int]] = []
    for start, end in sorted((span[0], span[1]) for span in spans):
        if found and start <= found[-1][1]:
            found[-1][1] = max(found[-1][1], end)
        else:
            found.append([start, end])
    return found


__all__ = ["joined", "without"]
