"""Lossless coercions: a value becomes what the schema wants where that can mean one thing only. Pure.

It goes by what the validator objects to, so references, nesting, nullable types and alternatives (``anyOf``) need no
reading of their own. A change stays only where the value at its place is valid afterwards. What is changed can be told
back from the result: nothing is cut off, rounded or guessed, so a write may be coerced too; the customer is shown the
result.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from frontdesk.tools.patterns import bounded
from frontdesk.tools.readings import readings, reads
from frontdesk.tools.schema import Schema

Path = tuple[str | int, ...]
Edits = dict[Path, Any]
"""New value by place; ``_ABSENT`` takes the property out."""

_ABSENT = object()
_MOST = 32
"""Places mended one by one, where mending all at once does not give a valid value; more than that are left alone."""
_WORK = 6000
"""Values that are looked at again at most for that: a long list of alternatives would take the process for seconds."""
_DEEP = 3
"""Changes at one place, each because of the one before: a list's only item, then the item."""
_EXACT = 2.0**53
"""Whole numbers up to this are the same as floats and as integers."""


def coerce(
    arguments: Mapping[str, Any], schema: Schema, defaults: frozenset[str] = frozenset()
) -> tuple[dict[str, Any], list[str]]:
    """Change values to what the schema makes unambiguous: ``"3"`` to 3, 10482 to ``"10482"``, ``"open"`` to ``"OPEN"``.

    Also ``"true"`` to true, one item to a list of it, JSON text of a list or an object to that, null to absent.

    Args:
        arguments: Within the bounds of ``frontdesk.tools.arguments.parse``.
        schema: Of the arguments.
        defaults: Properties for which null is not taken for absent, because something else would take its place.

    Returns:
        New arguments, and the changes as ``coerced:<property>`` codes, in the schema's names only, each once.
    """
    value: Any = _plain(dict(arguments))
    codes: list[str] = []
    with bounded():  # the event loop waits for it
        errors = schema.errors(value)
        if errors:
            value, codes = _all(value, errors, schema, defaults)
    return value, list(dict.fromkeys(codes))


def _plain(value: Any) -> Any:
    """Return the same with whole floats as integers: to JSON Schema they are one number."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) <= _EXACT else value


def _all(value: Any, errors: list[Any], schema: Schema, defaults: frozenset[str]) -> tuple[Any, list[str]]:
    together: Edits = {}
    codes = []
    for error in errors:
        options = list(_options(error, defaults))
        if len(options) == 1:
            together |= options[0]
            codes.append(_code(error))
    if together:
        changed = _edited(value, together)
        if schema.errors(changed) == []:
            return changed, codes
    return _each(value, errors, schema, defaults)


def _each(value: Any, errors: list[Any], schema: Schema, defaults: frozenset[str]) -> tuple[Any, list[str]]:
    codes: list[str] = []
    if len(errors) > _MOST:
        return value, codes
    looks = _Looks(schema, max(_DEEP, _WORK // _size(value)))
    for error in errors:
        better = _mended(value, error, looks, defaults)
        if better is not None:
            value = better
            codes.append(_code(error))
    return value, codes


@dataclass
class _Looks:
    """The validator, asked a bounded number of times."""

    schema: Schema
    left: int

    def errors(self, value: Any) -> list[Any] | None:
        """Return what it objects to; None where that cannot be told, or it was asked too often."""
        self.left -= 1
        return self.schema.errors(value) if self.left >= 0 else None


def _size(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + sum(map(_size, value.values()))
    return 1 + sum(map(_size, value)) if isinstance(value, list) else 1


def _mended(value: Any, error: Any, schema: _Looks, defaults: frozenset[str]) -> Any:
    """Return the whole value with one fault mended; None where that cannot be done, or in more than one way."""
    found: dict[str, Any] = {}
    path, before = tuple(error.absolute_path), len(schema.errors(value) or ())
    for edits in _options(error, defaults):
        changed = _edited(value, edits)
        for _ in range(_DEEP):
            errors = schema.errors(changed)
            if errors is None:
                break
            rest = [item for item in errors if tuple(item.absolute_path)[: len(path)] == path]
            if not rest:
                if len(errors) < before:  # else it has only moved, such as to an object that lacks the property now
                    found[json.dumps(changed, sort_keys=True)] = changed
                break
            deeper = [option for item in rest for option in _options(item, defaults)]
            if len(deeper) != len(rest):
                break
            for option in deeper:
                changed = _edited(changed, option)
    # asked too often: there may be a second way
    return next(iter(found.values())) if len(found) == 1 and schema.left >= 0 else None


def _options(error: Any, defaults: frozenset[str]) -> Iterator[Edits]:
    """Yield the changes that would answer one objection of the validator."""
    value, path = error.instance, tuple(error.absolute_path)
    if error.validator in {"anyOf", "oneOf"}:
        for branch in {item.schema_path[0]: None for item in error.context}:
            each = [list(_options(item, defaults)) for item in error.context if item.schema_path[0] == branch]
            if all(len(options) == 1 for options in each):
                yield {place: new for (edits,) in each for place, new in edits.items()}
    elif error.validator in {"enum", "const"}:
        allowed = error.validator_value if error.validator == "enum" else [error.validator_value]
        same = [item for item in allowed if reads(value) == reads(item) is not None]
        if len(same) == 1:
            yield {path: same[0]}
    elif error.validator == "type":
        if value is None and path and isinstance(path[-1], str) and not (len(path) == 1 and path[0] in defaults):
            yield {path: _ABSENT}
        wanted = error.validator_value
        for kind in [wanted] if isinstance(wanted, str) else wanted:
            for new in readings(value, kind):
                yield {path: new}


def _edited(value: Any, edits: Edits) -> Any:
    for path, new in edits.items():
        value = _replaced(value, path, new)
    return value


def _replaced(value: Any, path: Path, new: Any) -> Any:
    """Return a copy with another value at a place; the same where the place is not there any more."""
    if not path:
        return new
    first, rest = path[0], path[1:]
    if isinstance(value, dict) and first in value:
        if not rest and new is _ABSENT:
            return {key: item for key, item in value.items() if key != first}
        return {**value, first: _replaced(value[first], rest, new)}
    if isinstance(value, list) and isinstance(first, int) and first < len(value):
        return [*value[:first], _replaced(value[first], rest, new), *value[first + 1 :]]
    return value


def _code(error: Any) -> str:
    """Name the place by the schema's own words: a name in the value may be anybody's text."""
    parts = [str(part) for part in error.absolute_schema_path]
    names = [part for before, part in pairwise(parts) if before == "properties"]
    return f"coerced:{'.'.join(names) or 'arguments'}"


__all__ = ["coerce"]
