"""Tool definitions as a hosted model may see them: without our own ``x-`` keywords."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_NAMED = frozenset({"properties", "patternProperties", "$defs", "dependentSchemas"})
"""Keywords whose keys are names chosen by the author; a property may be called ``x-ray``."""


def hosted_tool(tool: Mapping[str, Any]) -> dict[str, Any]:
    """Return a copy of an OpenAI tool definition in which every schema keyword that begins with ``x-`` is gone."""
    stripped = _strip(tool)
    assert isinstance(stripped, dict)
    return stripped


def _strip(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _entry(key, item) for key, item in value.items() if not str(key).startswith("x-")}
    if isinstance(value, list | tuple):
        return [_strip(item) for item in value]
    return value


def _entry(key: str, item: Any) -> Any:
    if key in {"const", "default", "enum", "examples"}:
        return item
    if key in _NAMED and isinstance(item, Mapping):
        return {name: _strip(schema) for name, schema in item.items()}
    return _strip(item)
