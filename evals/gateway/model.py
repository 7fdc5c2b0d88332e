"""The scripted model: writes a task's calls as JSON text, cleanly or damaged as models damage it."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping
from typing import Any


def clean(arguments: Mapping[str, Any]) -> str:
    """Return the arguments as JSON text."""
    return json.dumps(arguments, ensure_ascii=False)


def damaged(arguments: Mapping[str, Any], schema: Mapping[str, Any], chance: random.Random) -> tuple[str, str]:
    """Return the arguments as a careless model writes them, and what was done to them."""
    kind = chance.choice(sorted(_DAMAGES))
    return _DAMAGES[kind](arguments, schema), kind


def _fenced(arguments: Mapping[str, Any], _schema: Mapping[str, Any]) -> str:
    return f"```json\n{clean(arguments)}\n```"


def _comma(arguments: Mapping[str, Any], _schema: Mapping[str, Any]) -> str:
    return clean(arguments)[:-1] + ",}"


def _quotes(arguments: Mapping[str, Any], _schema: Mapping[str, Any]) -> str:
    """Return Python's way to write it: single quotes, True, None."""
    return repr(dict(arguments))


def _cut(arguments: Mapping[str, Any], _schema: Mapping[str, Any]) -> str:
    return clean(arguments)[:-1]


def _bare(arguments: Mapping[str, Any], _schema: Mapping[str, Any]) -> str:
    return "{" + ", ".join(f"{name}: {json.dumps(value)}" for name, value in arguments.items()) + "}"


def _twice(arguments: Mapping[str, Any], _schema: Mapping[str, Any]) -> str:
    """Return two objects: which of them is meant, nobody can say."""
    return clean(arguments) + clean(dict.fromkeys(arguments, "another"))


def _types(arguments: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    """Return numbers as texts and texts that are numbers as numbers, where nothing is lost by it."""
    declared = schema.get("properties", {})
    return clean({name: _retyped(value, declared.get(name)) for name, value in arguments.items()})


def _retyped(value: Any, declared: Any) -> Any:
    wanted = declared.get("type") if isinstance(declared, Mapping) else None
    if (
        wanted == "string"
        and isinstance(value, str)
        and value.isascii()
        and value.isdigit()
        and str(int(value)) == value
    ):
        return int(value)
    if wanted in {"integer", "boolean"} and isinstance(value, int):
        return json.dumps(value)
    return value


_DAMAGES: Mapping[str, Callable[[Mapping[str, Any], Mapping[str, Any]], str]] = {
    "bare": _bare, "comma": _comma, "cut": _cut, "fenced": _fenced, "quotes": _quotes, "twice": _twice, "types": _types
}  # fmt: skip
