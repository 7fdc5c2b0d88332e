"""Tool schemas of any make as a contract takes them: draft 2020-12, an object, no stray keyword. Pure."""

from __future__ import annotations

import copy
import functools
import importlib
from collections.abc import Mapping
from typing import Any

from frontdesk.desk.shared import leads
from frontdesk.errors import ConfigurationError
from frontdesk.tools.schema import Schema

_TYPES: Mapping[str, str] = {
    "str": "string", "text": "string", "date": "string", "datetime": "string", "int": "integer", "long": "integer",
    "float": "number", "double": "number", "decimal": "number", "bool": "boolean", "list": "array", "tuple": "array",
    "set": "array", "dict": "object", "map": "object", "hashmap": "object", "none": "null",
}  # fmt: skip
"""Names of types that people write where JSON Schema has others; any other name says nothing."""
_KNOWN_TYPES = frozenset({"string", "integer", "number", "boolean", "array", "object", "null"})
_MAPS = frozenset({"properties", "patternProperties", "$defs", "dependentSchemas"})
_LISTS = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
_ONE = frozenset(
    {"items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames",
     "unevaluatedItems", "unevaluatedProperties", "contentSchema"}
)  # fmt: skip
_DROPPED = frozenset({"$schema", "$id", "default", "$comment"})
"""``default`` too: a contract's default is filled in, where the function has one of its own."""


@functools.cache
def _keywords() -> frozenset[str]:
    registry = importlib.import_module("jsonschema_specifications").REGISTRY
    base = "https://json-schema.org/draft/2020-12/"
    return frozenset(
        name for uri, found in registry.items() if uri.startswith(base) for name in found.contents.get("properties", {})
    )


def normal(parameters: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return an object schema that says what ``parameters`` says.

    Returns:
        The schema, and the properties whose schema could not be kept: those take anything.
    """
    cleaned = _cleaned(parameters)
    schema = _resolved(cleaned if isinstance(cleaned, dict) else {})
    schema["type"] = "object"
    schema.setdefault("properties", {})
    _repaired_references(schema, schema)
    weak = []
    for name, part in schema["properties"].items():
        if not _sound({"$defs": schema.get("$defs", {}), "properties": {name: part}}):
            schema["properties"][name] = {}
            weak.append(name)
    if not _sound(schema):
        weak.append("*")
        schema = {"type": "object", "properties": dict.fromkeys(schema["properties"], True)}
        schema["properties"] = {name: {} for name in schema["properties"]}
    return schema, weak


def _sound(schema: Mapping[str, Any]) -> bool:
    try:
        Schema(schema, "a tool")
    except ConfigurationError:
        return False
    return True


def _cleaned(schema: Any) -> Any:
    if isinstance(schema, bool):
        return schema
    if not isinstance(schema, Mapping):
        return {}
    result: dict[str, Any] = {}
    for key, value in _modern(schema).items():
        if key not in _keywords() or key in _DROPPED:
            continue
        if key in _MAPS and isinstance(value, Mapping):
            result[key] = {str(name): _cleaned(part) for name, part in value.items()}
        elif key in _LISTS and isinstance(value, list):
            result[key] = [_cleaned(part) for part in value]
        else:
            result[key] = _cleaned(value) if key in _ONE else copy.deepcopy(value)
    _required(result)
    return result


def _modern(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keywords of older drafts, of OpenAPI and of people as today's."""
    result = dict(schema)
    if isinstance(result.get("definitions"), Mapping):
        result["$defs"] = {**result.pop("definitions"), **(result.get("$defs") or {})}
    if isinstance(result.get("$ref"), str):
        result["$ref"] = result["$ref"].replace("#/definitions/", "#/$defs/")
    if isinstance(result.get("items"), list):
        result["prefixItems"] = result.pop("items")
    for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if isinstance(result.get(exclusive), bool) and result.pop(exclusive) and bound in result:
            result[exclusive] = result.pop(bound)
    _typed(result)
    return result


def _typed(schema: dict[str, Any]) -> None:
    given = schema.get("type")
    names = [given] if isinstance(given, str) else list(given) if isinstance(given, list) else []
    known = [_TYPES.get(str(name).lower(), str(name).lower()) for name in names]
    if not known or not _KNOWN_TYPES.issuperset(known):
        schema.pop("type", None)
    else:
        if schema.get("nullable") is True and "null" not in known:
            known.append("null")
        schema["type"] = known[0] if len(set(known)) == 1 else sorted(set(known))
    if schema.get("nullable") is True and isinstance(schema.get("enum"), list) and None not in schema["enum"]:
        schema["enum"] = [*schema["enum"], None]


def _required(schema: dict[str, Any]) -> None:
    """Keep to names, each once, that are properties: one that is not may hold anything."""
    if "required" not in schema:
        return
    given = schema["required"]
    names = list(dict.fromkeys(name for name in given if isinstance(name, str))) if isinstance(given, list) else []
    properties = schema.get("properties")
    if not names or not isinstance(properties, dict):
        schema.pop("required")
        return
    schema["required"] = names
    for name in names:
        properties.setdefault(name, {})


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """Put in place of a reference at the top what it leads to: a contract names its arguments at the top."""
    for _ in range(5):
        reference = schema.get("$ref")
        name = reference.removeprefix("#/$defs/") if isinstance(reference, str) else ""
        target = schema.get("$defs", {}).get(name) if name else None
        if not isinstance(target, dict):
            break
        rest = {key: value for key, value in schema.items() if key != "$ref"}
        schema = {**copy.deepcopy(target), **rest}
    return schema


def _repaired_references(part: Any, whole: Mapping[str, Any]) -> None:
    """Drop references that lead nowhere: what they meant is not known, so it may be anything."""
    if isinstance(part, list):
        for item in part:
            _repaired_references(item, whole)
    elif isinstance(part, dict):
        reference = part.get("$ref")
        if isinstance(reference, str) and (not reference.startswith("#") or not leads(whole, reference)):
            del part["$ref"]
        for value in part.values():
            _repaired_references(value, whole)
