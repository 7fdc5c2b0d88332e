"""Fields of a result that nobody beyond the gateway sees: taken out before a model, a store or a text gets it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def without(record: Mapping[str, Any], paths: Iterable[str]) -> dict[str, Any]:
    """Return a copy without some fields.

    Args:
        record: A result, or a record that a precheck looked up.
        paths: The contract's ``sensitive``; dots lead into nested records and lists. A path that is not there is none.
    """
    result = dict(record)
    for path in paths:
        result = _without(result, path.split("."))
    return result


def _without(value: Any, path: list[str]) -> Any:
    if isinstance(value, list | tuple):
        return [_without(item, path) for item in value]
    if not isinstance(value, Mapping) or path[0] not in value:
        return value
    if len(path) == 1:
        return {key: item for key, item in value.items() if key != path[0]}
    return {**value, path[0]: _without(value[path[0]], path[1:])}


__all__ = ["without"]
