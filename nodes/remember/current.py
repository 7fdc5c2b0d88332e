"""A summary that says what holds: a value that the customer corrected gives way to the one in its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from frontdesk.nodes.remember.details import CUSTOMERS
from frontdesk.nodes.remember.ledger import read

DESK = " | Desk: "
"""Between a request and our answer."""
CORRECTED = "(corrected)"
"""Stands for a former value where the line has the new one as well."""
_DEEDS = ("- Done: ", "- Promised: ", "- Refused: ")
"""Lines on what we did or said: a correction changes nothing of that."""


@dataclass(frozen=True, slots=True)
class Change:
    """A value, and what the customer put in its place."""

    old: str
    new: str


def changes_of(details: Iterable[str]) -> list[Change]:
    """Return what a ledger's entries replaced; nothing whose former value another entry still has."""
    entries = [each for each in read(details) if each.kind in CUSTOMERS]
    return [
        Change(each.was, each.value or each.text)
        for each in entries
        if each.was and not any(_places(each.was).search(other.text) for other in entries)
    ]


def current(summary: str, changes: Sequence[Change]) -> str:
    """Return a summary whose lines on the customer name no value that was corrected as if it held.

    Args:
        summary: Lines, each from a customer's request and our answer, or of a model's notes.
        changes: Of :func:`changes_of`.

    Returns:
        The lines, each former value replaced by the new one. Where a line has both, ``(corrected)`` stands for the
        former one; where our answer named it, the line keeps it, with the new one behind it: what we did with it, we
        did.
    """
    return "\n".join(_changed(line, changes) for line in summary.splitlines()) if changes else summary


def _changed(line: str, changes: Sequence[Change]) -> str:
    if line.startswith(_DEEDS):
        return line
    said, sign, told = line.partition(DESK)
    for change in changes:
        old, new = _places(change.old), change.new
        if told and old.search(told):
            instead = f"{change.old} (corrected: {new})"
            said = said if f"(corrected: {new})" in said else old.sub(lambda _, by=instead: by, said)  # type: ignore[misc]
        else:
            by = CORRECTED if _places(new).search(old.sub(" ", said)) else new
            said = old.sub(lambda _, by=by: by, said)  # type: ignore[misc]
    return f"{said}{sign}{told}"


def _places(value: str) -> re.Pattern[str]:
    """Return what finds a value as a token of its own: not 42 in 1042, nor in 42.50."""
    return re.compile(rf"(?<![\w-])(?<!\d[.,]){re.escape(value)}(?![\w-]|[.,]\d)", re.IGNORECASE)


__all__ = ["CORRECTED", "DESK", "Change", "changes_of", "current"]
