"""Schemas that several contracts share: files of the desk's folder ``schemas``, referred to by their name.

``$ref: address.yaml`` in a contract means ``schemas/address.yaml``; ``$ref: address.yaml#/$defs/city`` a part of it.
They are put into the contract's ``$defs`` as it is read, so what models, other desks and the gateway see is one whole
schema, and nothing is ever looked up later. Pure.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

_DROPPED = frozenset({"$id", "$schema"})
"""Of a shared schema: inside another one they would change what its references mean."""
_QUOTED = frozenset({"const", "enum", "default", "examples"})
"""Keywords whose values are values, in which ``$ref`` is a word like any other."""


def bundled(schema: Any, shared: Mapping[str, Any]) -> Any:
    """Return a schema with the shared schemas that it refers to, and those that they refer to, in its ``$defs``.

    A reference to a file that is not there stays as it is.
    """
    if not isinstance(schema, Mapping) or not shared:
        return schema
    wanted: list[str] = []
    result = _rewritten(schema, "", shared, wanted)
    added: dict[str, Any] = {}
    while wanted:
        name = wanted.pop()
        if name in added:
            continue
        body = shared[name]
        added[name] = _rewritten(body, name, shared, wanted)
        if isinstance(body, Mapping):
            added[name] = {key: value for key, value in added[name].items() if key not in _DROPPED}
    if added:
        own = result.get("$defs")
        result["$defs"] = {**added, **(own if isinstance(own, Mapping) else {})}
    return result


def leads(schema: Any, reference: str) -> bool:
    """Whether a reference into a schema (``#/$defs/size``, ``#size``, ``#``) leads to something there."""
    fragment = unquote(reference.removeprefix("#"))
    if not fragment:
        return True
    if not fragment.startswith("/"):
        return _anchored(schema, fragment)
    found = schema
    for step in fragment[1:].split("/"):
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(found, Mapping) and name in found:
            found = found[name]
        elif isinstance(found, list) and name.isascii() and name.isdigit() and int(name) < len(found):
            found = found[int(name)]
        else:
            return False
    return isinstance(found, Mapping | bool)


def _rewritten(schema: Any, own: str, shared: Mapping[str, Any], wanted: list[str]) -> Any:
    """Return a copy whose references lead into the bundle; ``own`` is the file it stands in, empty for the contract."""
    if isinstance(schema, list):
        return [_rewritten(item, own, shared, wanted) for item in schema]
    if not isinstance(schema, Mapping):
        return schema
    result: dict[str, Any] = {}
    for key, value in schema.items():
        if key in {"$ref", "$dynamicRef"} and isinstance(value, str):
            result[key] = _reference(value, own, shared, wanted)
        else:
            result[key] = copy.deepcopy(value) if key in _QUOTED else _rewritten(value, own, shared, wanted)
    return result


def _reference(value: str, own: str, shared: Mapping[str, Any], wanted: list[str]) -> str:
    file, _, fragment = value.partition("#")
    name = file.removeprefix("./") or own
    if name not in shared:
        return value
    wanted.append(name)
    if fragment and not fragment.startswith("/"):
        # an anchor keeps its name in the bundle
        return f"#{fragment}"
    return f"#/$defs/{name}{fragment}"


def _anchored(schema: Any, name: str) -> bool:
    if isinstance(schema, list):
        return any(_anchored(item, name) for item in schema)
    if not isinstance(schema, Mapping):
        return False
    if name in (schema.get("$anchor"), schema.get("$dynamicAnchor")):
        return True
    return any(_anchored(value, name) for key, value in schema.items() if key not in _QUOTED)
