"""What a judge reads of a text: all of it, or the most suspicious sentences of a long one, wherever they stand.

What tier 1 found in a hidden reading (base64, turned round, rot13 …) is written out, so that a judge does not clear
what it could not read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from frontdesk.nodes.guard.decode import decoded
from frontdesk.nodes.guard.rules.catalogue import matches, weigh
from frontdesk.nodes.guard.sentences import sentences
from frontdesk.nodes.guard.views import LIMIT, views

GAP = " […] "
"""Stands where sentences were left out."""
READINGS = 1_500
"""Characters of one hidden reading that are written out."""
_KINDS = 6
"""Hidden readings that are written out."""

Suspicion = Callable[[str], float]
"""How suspicious a sentence is; only the order counts."""


def by_rules(sentence: str) -> float:
    """Return the weight of the named rules that fire in any reading of a sentence, 0 to 1."""
    return max(weigh(matches(view.text)) for view in views(sentence))


def excerpt(text: str, limit: int, suspicion: Suspicion = by_rules) -> str:
    """Return what a judge reads of ``text``.

    Args:
        text: Any text.
        limit: Characters that the judge reads.
        suspicion: Scores a sentence.

    Returns:
        The text itself when it is short enough. Else sentences in their order, with :data:`GAP` between those that do
        not follow each other: the most suspicious ones first, each with both neighbours, then from both ends inwards.
    """
    if len(text) <= limit:
        return text
    source = text if len(text) <= LIMIT else _ends(text)
    places = sentences(source)
    scores = [suspicion(source[start:end]) for start, end in places]
    kept = _chosen(places, scores, limit)
    return _joined(source, places, kept)


def _ends(text: str) -> str:
    return text[: LIMIT * 3 // 4] + "\n" + text[-LIMIT // 4 :]


def _chosen(places: Sequence[tuple[int, int]], scores: Sequence[float], limit: int) -> set[int]:
    kept: set[int] = set()
    left = limit
    for index in _order(scores):
        for near in (index, index - 1, index + 1) if scores[index] > 0 else (index,):
            if near in kept or not 0 <= near < len(places):
                continue
            cost = places[near][1] - places[near][0] + len(GAP)
            if cost <= left:
                kept.add(near)
                left -= cost
    return kept


def _order(scores: Sequence[float]) -> list[int]:
    """Most suspicious first; among equals the ends before the middle, where a text is rarely read."""
    last = len(scores) - 1
    return sorted(range(len(scores)), key=lambda index: (-scores[index], min(index, last - index), -index))


def _joined(text: str, places: Sequence[tuple[int, int]], kept: set[int]) -> str:
    parts: list[str] = []
    before = -1
    for index in sorted(kept):
        start, end = places[index]
        parts += [GAP if index != before + 1 else " " if before >= 0 else "", text[start:end]]
        before = index
    return "".join([*parts, GAP if before < len(places) - 1 else ""]).strip(" ")


def hidden(text: str) -> list[tuple[str, str]]:
    """Return (kind, reading) of what a reader of ``text`` would miss: decoded parts, and readings in which rules fire.

    Args:
        text: Any text.

    Returns:
        At most six, each of at most :data:`READINGS` characters; empty for text that hides nothing.
    """
    found: dict[str, str] = {}
    for kind, plain in (*_decoded(text), *_firing(text)):
        found.setdefault(plain[:READINGS], kind)
        if len(found) == _KINDS:
            break
    return [(kind, plain) for plain, kind in found.items()]


def _decoded(text: str) -> Iterator[tuple[str, str]]:
    for kind, plain in decoded(text[:LIMIT]):
        yield kind, plain
        yield from decoded(plain)


def _firing(text: str) -> Iterator[tuple[str, str]]:
    plain, *others = views(text)
    open_weight = weigh(matches(plain.text))
    for view in others:
        weight = weigh(matches(view.text))
        if weight > open_weight:
            yield view.kind, _around(view.text)


def _around(text: str) -> str:
    """Return the part of a long reading in which a rule fires."""
    places = [found.start() for rule in matches(text) if (found := rule.pattern.search(text))]
    start = max(0, min(places) - READINGS // 3) if places else 0
    return text[start : start + READINGS]


__all__ = ["GAP", "READINGS", "Suspicion", "by_rules", "excerpt", "hidden"]
