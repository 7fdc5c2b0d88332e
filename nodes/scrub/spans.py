"""Overlapping matches become spans that do not overlap: the more certain kind wins, nothing found is left bare."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from frontdesk.nodes.scrub.address.stops import STOP
from frontdesk.nodes.scrub.detection import Match
from frontdesk.nodes.scrub.number_words import spelled

_STRONG = 0.85
"""Score from which the wider match wins over what it contains: an e-mail address over the name inside it."""
_BARE_DIGITS = 3
"""Digits in the rest of an overlapped match from which that rest stays masked."""
_DISGUISED = re.compile(r"\W*(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[\dOoIlSBZ]{2,4}\W*")
"""A rest with a letter for a digit, as in "8o9": nothing else is written so."""
_WORDY = frozenset({"NAME", "ADDRESS"})
"""Labels of words: several detectors find different parts of one, and a rest in letters counts."""
_BARE_LETTERS = 2


def resolve(text: str, matches: Iterable[Match]) -> list[Match]:
    """Return the matches to mask, in order of position.

    Args:
        text: The text that the matches' offsets refer to.
        matches: In any order; empty ones are ignored.
    """
    taken = bytearray(len(text))
    kept: list[Match] = []
    outermost = _outermost(_united(text, (match for match in matches if not _said_number(text, match))))
    for match in sorted(outermost, key=lambda item: (-item.score, item.start - item.end, item.start)):
        free = list(_free(taken, match.start, match.end))
        whole = free == [(match.start, match.end)]
        for start, end in free:
            if whole or _worth(text[start:end], match.label):
                start, end = (start, end) if whole else _trimmed(text, start, end)
                kept.append(replace(match, start=start, end=end, placeholder=match.placeholder if whole else ""))
                taken[start:end] = b"\x01" * (end - start)
    return sorted(kept, key=lambda item: item.start)


def _said_number(text: str, match: Match) -> bool:
    """Whether what was taken for a name is a number in words: "sette uno nove" looks like one to a model."""
    if match.label not in _WORDY or match.placeholder:
        return False
    words = text[match.start : match.end].lower().split()
    return len(words) > 1 and all(word.isdigit() or spelled(word) for word in words)


def _united(text: str, matches: Iterable[Match]) -> Iterator[Match]:
    # "Anna" after a cue and "Anna Schmidt" of the model are one name; the placeholder of a known value stays its own.
    last: dict[str, Match] = {}
    for match in sorted(matches, key=lambda item: item.start):
        if match.label not in _WORDY or match.placeholder:
            yield match
            continue
        before = last.get(match.label)
        if before is None or match.start >= before.end:
            if before is not None:
                yield before
            last[match.label] = match
        else:
            surer = max(before, match, key=lambda item: item.score)
            end = _end(text, surer, max(before.end, match.end))
            last[match.label] = replace(surer, start=before.start, end=end)
    yield from last.values()


def _end(text: str, surer: Match, end: int) -> int:
    """Return how far two matches reach: an ordinary word behind an address ("… LS1 4AP instead") is no part of it, and
    would go to the carrier with it.
    """
    rest = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d", text[surer.end : end].lower())
    return surer.end if surer.label == "ADDRESS" and all(word in STOP for word in rest) else end


def _worth(rest: str, label: str) -> bool:
    if sum(char.isdigit() for char in rest) >= _BARE_DIGITS or _DISGUISED.fullmatch(rest):
        return True
    if sum(len(spelled(word)) for word in rest.lower().split()) >= _BARE_DIGITS:
        return True
    letters = sum(char.isalpha() for char in rest) >= _BARE_LETTERS
    return letters and (label == "NAME" or (label == "ADDRESS" and any(map(str.isdigit, rest))))


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
