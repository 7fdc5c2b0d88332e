"""Dotted paths such as ``payments.card`` within a contract's schemas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_MIXED = ("allOf", "anyOf", "oneOf")


def properties(schema: Any) -> dict[str, Any]:
    """Return a schema's properties; empty when there are none or they are not a mapping."""
    found = schema.get("properties") if isinstance(schema, Mapping) else None
    return found if isinstance(found, dict) else {}


def unknown_step(schema: Mapping[str, Any], path: Sequence[str]) -> tuple[str, list[str]] | None:
    """Follow a path through records and lists; return the step that does not exist and what would, or None.

    Args:
        schema: The contract's ``input`` or ``output``; ``$ref`` into it is followed.
        path: Names of fields; a list is passed through.
    """
    places: list[Any] = [schema]
    for step in path:
        known: dict[str, list[Any]] = {}
        for place in places:
            for part in _records(place, schema, 0):
                for name, value in properties(part).items():
                    known.setdefault(name, []).append(value)
        if step not in known:
            return step, list(known)
        places = known[step]
    return None


def _records(part: Any, whole: Mapping[str, Any], depth: int) -> list[Mapping[str, Any]]:
    """Return the schemas of records that stand at a place: behind references and lists, and side by side."""
    if not isinstance(part, Mapping) or depth > 20:
        return []
    found: list[Mapping[str, Any]] = [part] if properties(part) else []
    inner = [item for key in _MIXED if isinstance(part.get(key), list) for item in part[key]]
    inner += [part["items"]] if "items" in part and not properties(part) else []
    inner += [_referred(part["$ref"], whole)] if isinstance(part.get("$ref"), str) else []
    for item in inner:
        found += _records(item, whole, depth + 1)
    return found


def _referred(reference: str, whole: Mapping[str, Any]) -> Any:
    place: Any = whole
    for step in reference.removeprefix("#").split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if not isinstance(place, Mapping) or name not in place:
            return None
        place = place[name]
    return place


__all__ = ["properties", "unknown_step"]
