"""What becomes of a customer's memories when something new is said: pure.

Of what is said about the same thing the newest holds, by the time it was said. So the order in which conversations
finish does not matter, nor which of two comes first into the store.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from frontdesk.desk.remembering import MemoryKind
from frontdesk.nodes.recall.kept import Kept

HISTORY = 3
"""What used to hold that is kept per thing."""
_WEIGHT: Mapping[MemoryKind, float] = {"preference": 3.0, "fact": 2.0, "episode": 1.0}
_HALF_LIFE = 180 * 86_400
"""Seconds after which a memory that nobody confirmed counts half, when one must make room."""
_CERTAIN = 0.99
"""Confidence that repetition comes to at most."""

Items = Mapping[str, Kept]
"""By their fields."""


def group(item: Kept) -> str:
    """Return what a memory is about; one without a key is about its own words."""
    return item.about or f"={_normal(item.text)}"


def merge(items: Items, new: Kept) -> tuple[dict[str, Kept], bool]:
    """Add what was said.

    Args:
        items: What is known.
        new: A statement; ``ends`` where it only ends what was known.

    Returns:
        What is known then, and whether more changed than that something was confirmed.
    """
    about = group(new)
    same = _by_time(item for item in items.values() if group(item) == about)
    newest = same[-1] if same else None
    after = dict(items)
    if newest and _same(newest, new) and not newest.ended:
        after[newest.field] = _confirmed(newest, new)
        return after, False
    if newest and new.at < newest.at and any(_same(item, new) for item in same):
        return after, False
    after[new.field] = new
    # of two said at once the one that comes later holds
    line = [*(item for item in same if item.at <= new.at), new, *(item for item in same if item.at > new.at)]
    for item, following in pairwise(line):
        after[item.field] = replace(item, ended=min(item.ended or following.at, following.at))
    for item in line[: -1 - HISTORY]:
        del after[item.field]
    return after, True


def standing(items: Iterable[Kept]) -> list[Kept]:
    """Return what holds now, newest first: of each thing the newest statement, unless it ended it."""
    newest: dict[str, Kept] = {}
    for item in _by_time(items):
        newest[group(item)] = item
    return [item for item in reversed(_by_time(newest.values())) if not item.ended and not item.ends]


def told(items: Iterable[Kept]) -> list[Kept]:
    """Return everything that was said, newest first, each with when it ended; without what only ended something."""
    after: dict[str, Kept] = {}
    line: list[Kept] = []
    for item in reversed(_by_time(items)):
        following = after.get(group(item))
        after[group(item)] = item
        ended = item.ended or (following.at if following else 0.0)
        line += [] if item.ends else [replace(item, ended=ended)]
    return line


def bounded(items: Items, most: int, now: float) -> dict[str, Kept]:
    """Return at most ``most`` memories: history goes first, oldest first, then what matters least.

    Args:
        items: All.
        most: Memories, history included.
        now: Unix time in seconds.
    """
    if len(items) <= most:
        return dict(items)
    current = {item.field for item in standing(items.values())}
    order = sorted(items.values(), key=lambda item: (item.field in current, _importance(item, now), item.at))
    going = {item.field for item in order[: len(items) - most]}
    return {field: item for field, item in items.items() if field not in going}


def _importance(item: Kept, now: float) -> float:
    recency = 0.5 ** (max(0.0, now - item.at) / _HALF_LIFE)
    return float(_WEIGHT[item.kind] * item.confidence * recency)


def _confirmed(old: Kept, new: Kept) -> Kept:
    sure = min(max(_CERTAIN, old.confidence), 1 - (1 - old.confidence) * (1 - new.confidence))
    return replace(
        old,
        at=max(old.at, new.at),
        expires=max(old.expires, new.expires),
        confidence=max(old.confidence, sure),
        consent=new.consent,
    )


def _by_time(items: Iterable[Kept]) -> Sequence[Kept]:
    """Of two of the same time the one that holds comes last; a store has no order of its own."""
    return sorted(items, key=lambda item: (item.at, not item.ended, item.id))


def _same(one: Kept, other: Kept) -> bool:
    return one.ends == other.ends and (one.ends or _normal(one.text) == _normal(other.text))


def _normal(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".!")


__all__ = ["HISTORY", "Items", "bounded", "group", "merge", "standing", "told"]
