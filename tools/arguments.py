"""From what a model wrote to arguments that a schema may judge: parse, bound, fill in defaults.

Everything here is pure and never raises anything but ToolRefusedError; no message repeats a value.
"""

from __future__ import annotations

import importlib
import json
import math
import re
from collections.abc import Mapping
from typing import Any, Literal

from frontdesk.errors import ToolRefusedError
from frontdesk.tools.reasons import refused

MAX_CHARS = 20_000
"""Of the JSON text of one call."""
MAX_DEPTH = 16
MAX_NODES = 2_000
_INT64 = 2**63
_SURROGATE_OR_NUL = re.compile("[\ud800-\udfff\x00]")
_FENCE = "```"

Effect = Literal["read", "write"]


def parse(tool: str, raw: Any, effect: Effect) -> tuple[dict[str, Any], list[str]]:
    """Read a call's arguments.

    Args:
        tool: Its name, for the error.
        raw: A mapping, or JSON text. Malformed text is repaired for a read only, and only when it holds one top-level
            object (json-repair returns the last of several: an order became another order). The arguments of a write
            are never guessed.
        effect: ``read`` or ``write``.

    Returns:
        The arguments, and the repairs made, as closed codes.

    Raises:
        ToolRefusedError: ``malformed`` or ``too_large``.
    """
    repairs: list[str] = []
    if isinstance(raw, str):
        raw, repairs = _from_text(tool, raw, effect)
    if not isinstance(raw, Mapping):
        raise refused(tool, "malformed")
    _bound(tool, raw)
    return dict(raw), repairs


def canonical(value: Any) -> str:
    """Return the one JSON text of a value: keys sorted, no spaces, ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def with_defaults(arguments: Mapping[str, Any], schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments with the schema's top-level defaults where a property is absent."""
    defaults = {
        name: declared["default"]
        for name, declared in schema.get("properties", {}).items()
        if isinstance(declared, Mapping) and "default" in declared
    }
    return {**defaults, **arguments}


def strict(text: str) -> Any:
    """Return what a text says as strict JSON within the bounds; None where it is not that."""
    if len(text) > MAX_CHARS:
        return None
    try:
        found = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
        _bound("", {"": found})
    except (ValueError, RecursionError, ToolRefusedError):
        return None
    return found


def _from_text(tool: str, text: str, effect: Effect) -> tuple[Any, list[str]]:
    if len(text) > MAX_CHARS:
        raise refused(tool, "too_large")
    try:
        return json.loads(text or "{}", object_pairs_hook=_unique, parse_constant=_no_constant), []
    except (ValueError, RecursionError):
        if effect == "write":
            raise refused(tool, "malformed") from None
    body = _unfenced(text.strip())
    if not _one_object(body):
        raise refused(tool, "malformed")
    try:
        return importlib.import_module("json_repair").loads(body), ["repaired:json"]
    except (ValueError, RecursionError, IndexError, TypeError, KeyError, AttributeError):
        # json-repair is a lenient parser without a list of its exceptions; whatever it trips over is not JSON.
        raise refused(tool, "malformed") from None


def _unfenced(text: str) -> str:
    """Return what stands in a Markdown fence. No expression: one with blanks on both sides takes cubic time."""
    if len(text) < 2 * len(_FENCE) or not (text.startswith(_FENCE) and text.endswith(_FENCE)):
        return text
    return text[len(_FENCE) : -len(_FENCE)].removeprefix("json").strip()


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("a key stands twice")
    return result


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _one_object(text: str) -> bool:
    """Whether the text is one object from its first to its last character (its end may be cut off)."""
    if not text.startswith("{"):
        return False
    depth = 0
    quoted = escaped = False
    for index, char in enumerate(text):
        if escaped:
            escaped = False
        elif char == "\\":
            escaped = quoted
        elif char == '"':
            quoted = not quoted
        elif not quoted and char in "{}":
            depth += 1 if char == "{" else -1
            if depth == 0:
                return index == len(text) - 1
    return text.count("{") == 1


def _bound(tool: str, value: Mapping[Any, Any]) -> None:
    """Refuse what no backend or JSON text can carry: depth, size, NaN, 65-bit numbers, NUL, lone surrogates."""
    pending: list[tuple[Any, int]] = [(value, 1)]
    nodes = chars = 0
    while pending:
        item, depth = pending.pop()
        nodes += 1
        if isinstance(item, str):
            chars += len(item)
        if depth > MAX_DEPTH or nodes > MAX_NODES or chars > MAX_CHARS:
            raise refused(tool, "too_large")
        if isinstance(item, Mapping):
            pending.extend((part, depth + 1) for pair in item.items() for part in pair)
            if not all(isinstance(key, str) for key in item):
                raise refused(tool, "malformed")
        elif isinstance(item, list | tuple):
            pending.extend((part, depth + 1) for part in item)
        elif not _plain(item):
            raise refused(tool, "malformed")


def _plain(item: Any) -> bool:
    if isinstance(item, str):
        return _SURROGATE_OR_NUL.search(item) is None
    if isinstance(item, float):
        return math.isfinite(item)
    if isinstance(item, int):
        return -_INT64 <= item < _INT64
    return item is None
