"""What a tool result allows to reckon: how many there are, what they come to, what is left. Nothing else is."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from frontdesk.nodes.review.quantities import CODE, PLAIN, Quantity, quantities

ANY = "any"
"""Kind of a number in a tool result whose key does not say what it counts: it grounds every unit."""
MONEY = "amount"
"""Kind of a sum of money in a tool result: it grounds every currency."""
_AMOUNTS = (
    "price",
    "total",
    "amount",
    "cost",
    "shipping",
    "refund",
    "fee",
    "balance",
    "value",
    "subtotal",
    "discount",
    "paid",
)
_COUNTS = ("quantity", "count", "qty", "number_of", "pieces")
_IDS = ("_id", "sku", "number", "reference", "tracking", "code", "zip", "postcode", "phone")
_MOST = 8
"""Amounts that are combined: bounds the work on a long result."""


def _kind(key: str) -> str:
    low = key.casefold()
    if any(low.endswith(part) or low == part.strip("_") for part in _IDS) or any(part in low for part in _COUNTS):
        return PLAIN
    return MONEY if any(part in low for part in _AMOUNTS) else ANY


def _leaves(value: Any, key: str = "", names: str = "") -> Iterator[tuple[str, Any, str]]:
    """Yield (key, value, the words of the row that it stands in) of everything that is no list or mapping."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _leaves(inner, str(name), names)
    elif isinstance(value, list):
        for inner in value:
            row = inner.values() if isinstance(inner, Mapping) else ()
            yield from _leaves(inner, key, " ".join(part for part in row if isinstance(part, str)).casefold())
    else:
        yield key, value, names


def _lists(value: Any, key: str = "") -> Iterator[tuple[str, list[Any]]]:
    """Yield (key, list) of every list."""
    if isinstance(value, list):
        yield key, value
    pairs = (
        value.items() if isinstance(value, Mapping) else (("", one) for one in value) if isinstance(value, list) else ()
    )
    for name, inner in pairs:
        yield from _lists(inner, str(name))


def _decimal(value: Any) -> Decimal | None:
    return Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _sums(key: str, items: Sequence[Any]) -> Iterator[Quantity]:
    """Yield how many items a list has, and per key what they come to, alone and times their quantity."""
    yield _made(PLAIN, Decimal(len(items)))
    if key:
        yield replace(_made(PLAIN, Decimal(len(items))), noun=key.casefold(), bound=True)
    rows = [item for item in items if isinstance(item, Mapping)]
    times = [_decimal(row.get("quantity")) or Decimal(1) for row in rows]
    for column in sorted({str(name) for row in rows for name in row}):
        values = [_decimal(row.get(column)) for row in rows]
        known = [value for value in values if value is not None]
        if len(known) < len(rows) or not known or (_kind(column) == PLAIN and not _counts(column)):
            continue
        total = _made(_kind(column), sum(known, Decimal(0)))
        yield total
        if total.kind == PLAIN:
            yield replace(total, noun=key.casefold(), bound=bool(key))
            continue
        products = [value * count for value, count in zip(known, times, strict=True)]
        yield from (_made(total.kind, value) for value in (*products, sum(products, Decimal(0))))


def _counts(key: str) -> bool:
    return any(part in key.casefold() for part in _COUNTS)


def _made(kind: str, value: Decimal) -> Quantity:
    return Quantity(0, 0, kind, frozenset({value}), derived=True)


def of_result(text: str) -> list[Quantity]:
    """Return the quantities of a tool result, written and reckoned; text that is no JSON is read as prose."""
    try:
        result = json.loads(text)
    except ValueError:
        return quantities(text)
    found: list[Quantity] = []
    for key, value, names in _leaves(result):
        amount = _decimal(value)
        if amount is not None:
            found.append(
                Quantity(0, 0, _kind(key), frozenset({amount}), noun=names, bound=bool(names) and _counts(key))
            )
        elif isinstance(value, str):
            found += quantities(value)
            found.append(Quantity(0, 0, CODE, frozenset({value.casefold().replace("-", "").replace(" ", "")})))
    for key, items in _lists(result):
        found += _sums(key, items)
    for record in _records(result):
        found += _differences(record)
    return found


def _records(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        yield value
    for inner in value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ():
        yield from _records(inner)


def _differences(record: Mapping[str, Any]) -> Iterator[Quantity]:
    """Yield what is left of one amount of a record when another is taken off, and what two of them come to."""
    amounts = [_decimal(value) for key, value in record.items() if _kind(str(key)) == MONEY]
    known = sorted({value for value in amounts if value})[:_MOST]
    for small, large in itertools.combinations(known, 2):
        yield _made(MONEY, large - small)
        yield _made(MONEY, large + small)


__all__ = ["ANY", "MONEY", "of_result"]
