"""What else a value can be read as: a text as the number that it spells, JSON text as what it says. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from frontdesk.tools.arguments import strict

_INTEGER = re.compile(r"0|-?[1-9]\d{0,17}", re.ASCII)
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?", re.ASCII)


def readings(value: Any, kind: str) -> Iterator[Any]:
    """Yield what a value says as a type of JSON Schema, without loss; nothing where it does not say that."""
    yield from _AS.get(kind, _nothing)(value)


def reads(value: Any) -> str | None:
    """Return how a value of a closed list reads, whatever its case; None for what is no text or whole number."""
    if isinstance(value, str):
        return value.strip().casefold()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def _nothing(_value: Any) -> Iterator[Any]:
    yield from ()


def _integer(value: Any) -> Iterator[int]:
    if isinstance(value, str) and _INTEGER.fullmatch(value):
        yield int(value)


def _number(value: Any) -> Iterator[float]:
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        number = float(value) if "." in value else int(value)
        if Decimal(repr(number)) == Decimal(value):
            yield number


def _boolean(value: Any) -> Iterator[bool]:
    if isinstance(value, str) and value.lower() in {"true", "false"}:
        yield value.lower() == "true"


def _string(value: Any) -> Iterator[str]:
    if isinstance(value, int) and not isinstance(value, bool):
        yield str(value)


def _array(value: Any) -> Iterator[list[Any]]:
    if isinstance(value, str) and value.strip().startswith("["):
        yield from _told(value, list)
    elif value is not None:
        yield [value]


def _object(value: Any) -> Iterator[dict[str, Any]]:
    yield from _told(value, dict)


def _told(value: Any, kind: type) -> Iterator[Any]:
    """Yield what a text says as strict JSON within bounds, where that is of a kind."""
    found = strict(value) if isinstance(value, str) else None
    if isinstance(found, kind):
        yield found


_AS: Mapping[str, Callable[[Any], Iterator[Any]]] = {
    "integer": _integer, "number": _number, "boolean": _boolean, "string": _string, "array": _array, "object": _object,
}  # fmt: skip

__all__ = ["readings", "reads"]
