"""Overlapping matches become spans that do not overlap: the more certain kind wins, nothing found is left bare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from frontdesk.nodes.scrub.detection import Match

_STRONG = 0.85
"""Score from which the wider match wins over what it contains: an e-mail address over the name inside it."""
_BARE_DIGITS = 3
"""Digits in the rest of an overlapped match from which that rest stays masked."""


def resolve(text: str, matches: Iterable[Match]) -> list[Match]:
    """Return the matches to mask, in order of position.

    Args:
        text: The text that the matches' offsets refer to.
        matches: In any order; empty ones are ignored.
    """
    taken = bytearray(len(text))
    kept: list[Match] = []
    for match in sorted(_outermost(matches), key=lambda item: (-item.score, item.start - item.end, item.start)):
        free = list(_free(taken, match.start, match.end))
        whole = free == [(match.start, match.end)]
        for start, end in free:
            if whole or sum(char.isdigit() for char in text[start:end]) >= _BARE_DIGITS:
                start, end = (start, end) if whole else _trimmed(text, start, end)
                kept.append(replace(match, start=start, end=end, placeholder=match.placeholder if whole else ""))
                taken[start:end] = b"\x01" * (end - start)
    return sorted(kept, key=lambda item: item.start)


def _outermost(matches: Iterable[Match]) -> Iterator[Match]:
    outer: Match | None = None
    for match in sorted(matches, key=lambda item: (item.start, -item.end, -item.score)):
        if match.end <= match.start:
            continue
        inside = outer is not None and match.end <= outer.end
        if inside and outer is not None and (match.start, match.end) != (outer.start, outer.end):
            continue
        if match.score >= _STRONG and not inside:
            outer = match
        yield match


def _free(taken: bytearray, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        first = taken.find(b"\x00", start, end)
        if first < 0:
            return
        last = taken.find(b"\x01", first, end)
        last = end if last < 0 else last
        yield first, last
        start = last


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while not text[start].isalnum():
        start += 1
    while not text[end - 1].isalnum():
        end -= 1
    return start, end
