"""The ledger from turn to turn: what is said again, what takes another's place, and what makes room."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from frontdesk.nodes.remember.details import OPEN, VALUES, Detail, Kind, parse
from frontdesk.nodes.remember.labels import head
from frontdesk.nodes.remember.tokens import count_text
from frontdesk.nodes.remember.values import value_of
from frontdesk.nodes.remember.wording import NOTED, item

TOKENS: Final = 900
"""Of the ledger as it is shown, where nobody says otherwise."""
_WEIGHTS: Final[Mapping[Kind, float]] = {
    "open": 200, "begun": 190, "waiting": 180, "done": 76, "promised": 76, "chosen": 66, "declined": 60, "number": 46,
    "given": 44, "amount": 42, "date": 42, "failed": 40, "time": 34, "asked": 30, "looked up": 24, "named": 20,
}  # fmt: skip
_LABELLED, _MENTIONED, _OF_TASK, _RECENT = 6.0, 4.0, 30.0, 20.0
_TIMES = 5
_FADES = 40
"""Turns in which what recency is worth falls to a third."""

_HISTORY = 10
"""Turns for which it is told what a value was before: nobody goes back to it later, and every prompt pays for it."""


@dataclass(frozen=True)
class News:
    """What a turn brought."""

    details: Sequence[Detail] = ()
    swapped: Sequence[tuple[Detail, Detail | None]] = ()
    """Entries that no longer hold, each with what stands in its place, if anything."""


def read(entries: Iterable[str]) -> list[Detail]:
    """Return the entries of a state, with their values."""
    found = (detail for entry in entries if (detail := parse(entry)))
    return [replace(each, value=value_of(each.kind, each.text)) if each.kind in VALUES else each for each in found]


def update(
    old: Sequence[str], news: News, turn: int, tokens: int = TOKENS, count: Callable[[str], int] = count_text
) -> list[str]:
    """Bring a ledger up to date.

    Args:
        old: The ledger in the state, newest last.
        news: What this turn brought. What is unfinished is only what is in here.
        turn: The turn's number, from 1: the age of an entry counts from here.
        tokens: What the ledger may cost as :func:`frontdesk.nodes.remember.wording.shown` words it.
        count: Counts tokens, never under.

    Returns:
        The ledger, newest last: an entry said again moves to the end, one about the same thing is replaced, what was
        corrected leaves, and what matters least makes room.
    """
    kept: dict[tuple[str, str], Detail] = {}
    swapped = {str(before): after for before, after in news.swapped}
    for detail in read(old):
        if detail.kind not in OPEN and str(detail) not in swapped:
            _put(kept, detail if turn - detail.turn <= _HISTORY else replace(detail, was=""))
    for detail in (*filter(None, swapped.values()), *news.details):
        _put(
            kept,
            replace(detail, value=detail.value or value_of(detail.kind, detail.text))
            if detail.kind in VALUES
            else detail,
        )
    _settled(kept)
    return [str(detail) for detail in _fitting(list(kept.values()), turn, tokens, count)]


def _put(kept: dict[tuple[str, str], Detail], detail: Detail) -> None:
    """Add an entry at the end; one with the same value and no other label is the same."""
    key = _same_value(kept, detail) if detail.kind in VALUES else detail.key
    before = kept.pop(key, None)
    if before is not None:
        again = detail.turn != before.turn
        label = before.text if before.label and not detail.label else detail.text
        detail = replace(
            detail, text=label, times=before.times + (detail.times if again else 0), was=detail.was or before.was
        )
    kept[detail.key] = detail


def _same_value(kept: Mapping[tuple[str, str], Detail], detail: Detail) -> tuple[str, str]:
    """Return the key of the entry that holds the same value.

    An id is one thing whatever it is called; a sum or a day may be two, if it has two names.
    """
    for key, other in kept.items():
        if other.kind != detail.kind or other.value.casefold() != detail.value.casefold():
            continue
        if (
            detail.kind in {"number", "given"}
            or not (other.label and detail.label)
            or head(other.label) == head(detail.label)
        ):
            return key
    return detail.key


def _settled(kept: dict[tuple[str, str], Detail]) -> None:
    """Drop what was tried in vain and then done."""
    done = {each.key[1] for each in kept.values() if each.kind in {"done", "looked up"}}
    for key in [key for key in kept if key[0] == "failed" and key[1] in done]:
        if any(
            other.turn >= kept[key].turn and other.key[1] == key[1] for other in kept.values() if other.kind != "failed"
        ):
            del kept[key]


def _fitting(details: list[Detail], turn: int, tokens: int, count: Callable[[str], int]) -> list[Detail]:
    """Drop history first, then the entries that matter least, until the rest fits."""
    cost = _costs(details, count)
    if cost(details) > tokens:
        details = [replace(each, was="") if turn - each.turn > 0 else each for each in details]
        cost = _costs(details, count)
    if cost(details) <= tokens:
        return details
    tasks = " ; ".join(each.text for each in details if each.kind in OPEN)
    ranked = sorted(details, key=lambda each: _importance(each, turn, tasks), reverse=True)
    while len(ranked) > 1 and cost(ranked) > tokens:
        ranked.pop()
    left = {id(each) for each in ranked}
    return [each for each in details if id(each) in left]


def _costs(details: Sequence[Detail], count: Callable[[str], int]) -> Callable[[Sequence[Detail]], int]:
    """Return what some of the entries cost together: each with its separator, a head per kind, and the note."""
    own = {id(each): count(item(each)) + 1 for each in details}
    heads = {each.kind: count(f"\n{each.kind}: ") + 1 for each in details}
    note = count(NOTED)

    def cost(some: Sequence[Detail]) -> int:
        return note + sum(own[id(each)] for each in some) + sum(heads[kind] for kind in {each.kind for each in some})

    return cost


def _importance(detail: Detail, turn: int, tasks: str) -> float:
    """Return what an entry is worth: its kind, how often and how lately it was said, and whether a task needs it."""
    labelled = _LABELLED if detail.label else 0.0
    wanted = _OF_TASK if detail.value and detail.value in tasks else 0.0
    often = _MENTIONED * min(detail.times - 1, _TIMES)
    recent = _RECENT * math.exp(-max(turn - detail.turn, 0) / _FADES)
    return _WEIGHTS[detail.kind] + labelled + wanted + often + recent


def by_importance(entries: Sequence[str], turn: int) -> list[int]:
    """Return the places of a ledger's entries, the most important first.

    Args:
        entries: As they stand in the state. A text of another form comes first: nobody knows what it is.
        turn: The turn that is running, from 1.
    """
    details = [parse(entry) for entry in entries]
    tasks = " ; ".join(each.text for each in details if each and each.kind in OPEN)
    worth = [math.inf if each is None else _importance(each, turn, tasks) for each in details]
    return sorted(range(len(entries)), key=lambda place: (-worth[place], -place))


__all__ = ["TOKENS", "News", "by_importance", "read", "update"]
