"""Ranges: two numbers that are the ends of one statement, "3 to 5 days"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from frontdesk.nodes.review.quantity import CODE, PLAIN, Quantity
from frontdesk.nodes.review.units import AFTER, BEFORE, unit

_TO = re.compile(r"\s{0,9}+(?:-|–|—|to|bis|until|till|through|à|a|hasta|up to)\s{0,9}+(?:the\s{0,9}+)?", re.IGNORECASE)
_AND = re.compile(r"\s{0,9}+(?:and|und|et|y|or|oder)\s{0,9}+", re.IGNORECASE)
_BETWEEN = re.compile(r"(?:between|zwischen|entre)\s*(?:the hours of\s*|the ages of\s*)?(?:[€$£]\s*)?$", re.IGNORECASE)


def paired(text: str, found: Sequence[Quantity]) -> Iterator[Quantity]:
    """Mark the ends of ranges; the first end takes the other's unit where it has none."""
    at = 0
    while at < len(found):
        one = found[at]
        other = found[at + 1] if at + 1 < len(found) else None
        between = text[one.end : other.start] if other else ""
        ranged = other is not None and (
            _TO.fullmatch(between) is not None
            or (
                _AND.fullmatch(between) is not None
                and _BETWEEN.search(text, max(0, one.start - 28), one.start) is not None
            )
        )
        if other is None or not ranged or (one.kind not in (PLAIN, other.kind)):
            yield one
            at += 1
            continue
        if one.kind == PLAIN and other.kind != PLAIN:
            one = _like(one, text, other)
        yield replace(one, low=True, noun=other.noun)
        yield replace(other, high=True)
        at += 2


def _like(one: Quantity, text: str, other: Quantity) -> Quantity:
    """Return a number without a unit as one of the unit of ``other``."""
    if other.kind == "clock":
        values = frozenset(int(value) * 60 for value in one.values if isinstance(value, Decimal) and value <= 24)
        return replace(one, kind="clock", values=frozenset({*values, *((value + 720) % 1440 for value in values)}))
    found = AFTER.search(text, other.start, other.end) or BEFORE.search(text, 0, other.start)
    if other.kind in ("date", CODE) or found is None:
        return one
    factor = unit(found)[1]
    return replace(one, kind=other.kind, values=frozenset(v * factor for v in one.values if isinstance(v, Decimal)))


__all__ = ["paired"]
