"""The ledger as models and colleagues read it: one line per kind, and no word more than the details need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from frontdesk.nodes.remember.details import KINDS, Detail, Kind, parse

NOTED = "(@n: turn n)"
"""What the marks behind the entries mean."""


def shown(entries: Iterable[str], *, noted: bool = True) -> str:
    """Word a ledger for a prompt.

    Args:
        entries: The ledger of the state.
        noted: Whether a first line says what the marks mean.

    Returns:
        ``kind: text @turn; text @turn`` per kind, what is unfinished first, oldest first within a kind. A text that is
        no entry stands in a line of its own. Empty for an empty ledger.
    """
    lines = lines_of(entries)
    return "\n".join([NOTED, *lines] if lines and noted else lines)


def lines_of(entries: Iterable[str]) -> list[str]:
    """Return the lines of :func:`shown` without the first one."""
    known: dict[Kind, list[Detail]] = {}
    other: list[str] = []
    for entry in entries:
        detail = parse(entry)
        if detail is None:
            other.append(entry)
        else:
            known.setdefault(detail.kind, []).append(detail)
    kinds = [kind for kind in KINDS if kind in known]
    return [*(f"{kind}: {_listed(known[kind])}" for kind in kinds), *other]


def item(detail: Detail) -> str:
    """Return one entry as it stands in its kind's line."""
    was = f", was {detail.was}" if detail.was else ""
    return f"{detail.text} @{detail.turn}{was}"


def _listed(details: Sequence[Detail]) -> str:
    return "; ".join(item(detail) for detail in details)


__all__ = ["NOTED", "item", "lines_of", "shown"]
