"""Schemas of OpenAPI 3.0 and 3.1 as JSON Schema 2020-12, each whole in itself. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from frontdesk.tools.openapi.document import DEPTH, Document, UnfitOperationError
from frontdesk.tools.openapi.texts import sentence

HOME = "#/components/schemas/"
TEXT = 200
"""Characters of a description."""
_SUBSCHEMAS = frozenset(
    {"items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames", "unevaluatedItems",
     "unevaluatedProperties"}
)  # fmt: skip
_LISTS = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
_MAPS = frozenset({"properties", "patternProperties", "dependentSchemas", "$defs"})
_PLAIN = frozenset(
    {"type", "enum", "const", "default", "examples", "multipleOf", "minimum", "maximum", "exclusiveMinimum",
     "exclusiveMaximum", "minLength", "maxLength", "pattern", "minItems", "maxItems", "uniqueItems", "minProperties",
     "maxProperties", "required", "dependentRequired", "minContains", "maxContains", "deprecated", "readOnly",
     "writeOnly"}
)  # fmt: skip
_FORMATS = frozenset(
    {"date", "date-time", "time", "duration", "email", "hostname", "ipv4", "ipv6", "uri", "uri-reference", "uuid"}
)
"""OpenAPI's others (int64, float, password, binary …) say nothing that a validator of JSON Schema knows."""


def convert(document: Document, schema: Any) -> dict[str, Any]:
    """Return a schema as JSON Schema 2020-12.

    Args:
        document: In which it stands.
        schema: OpenAPI's. What is referred to under ``components/schemas`` comes along in ``$defs``, also where it
            refers to itself.

    Raises:
        UnfitOperationError: A reference leads elsewhere or nowhere, or the schema is nested too deeply.
    """
    wanted: list[str] = []
    made = _converted(document, schema, wanted, 0)
    definitions: dict[str, Any] = {}
    while wanted:
        name = wanted.pop()
        if name not in definitions:
            definitions[name] = {}
            definitions[name] = _converted(document, document.at(HOME + name), wanted, 0)
    if definitions:
        made["$defs"] = {**dict(sorted(definitions.items())), **made.get("$defs", {})}
    return made


def _converted(document: Document, schema: Any, wanted: list[str], depth: int) -> dict[str, Any]:
    if isinstance(schema, bool):
        return {} if schema else {"not": {}}
    if not isinstance(schema, Mapping) or depth > DEPTH:
        raise UnfitOperationError("a schema is no mapping, or nested too deeply")
    made: dict[str, Any] = {}
    if isinstance(schema.get("$ref"), str):
        made["$ref"] = _reference(document, schema["$ref"], wanted)
        if document.version == "3.0":
            return made  # what stands beside it is ignored there

    def inner(part: Any) -> dict[str, Any]:
        return _converted(document, part, wanted, depth + 1)

    for key, value in schema.items():
        made.update(_keyword(key, value, inner))
    if "required" in made and "properties" in made:
        made["required"] = [name for name in made["required"] if name in made["properties"]]
    made = _exclusive(made)
    return _nullable(made) if document.version == "3.0" and schema.get("nullable") is True else made


def _keyword(key: str, value: Any, inner: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
    if key in _SUBSCHEMAS:
        return {key: value if isinstance(value, bool) else inner(value)}
    if key in _LISTS and isinstance(value, list):
        return {key: [inner(part) for part in value]}
    if key in _MAPS and isinstance(value, Mapping):
        return {key: {str(name): inner(part) for name, part in value.items()}}
    if key in _PLAIN:
        return {key: value}
    if key == "format" and value in _FORMATS:
        return {key: value}
    if key == "example":
        return {"examples": [value]}
    if key in {"description", "title"} and sentence(value, TEXT):
        return {key: sentence(value, TEXT)}
    return {}  # xml, discriminator, externalDocs, extensions: nothing that a validator looks at


def _reference(document: Document, reference: str, wanted: list[str]) -> str:
    name, slash, rest = reference.removeprefix(HOME).partition("/")
    if not reference.startswith(HOME):
        raise UnfitOperationError("a schema's reference leads to another place than components/schemas")
    document.at(reference)
    wanted.append(name)
    return f"#/$defs/{name}{slash}{rest}"


def _exclusive(schema: dict[str, Any]) -> dict[str, Any]:
    """Turn 3.0's ``exclusiveMinimum: true`` beside ``minimum`` into the number that it is since."""
    for word, limit in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(schema.get(word), bool):
            exclusive = schema.pop(word)
            if exclusive and limit in schema:
                schema[word] = schema.pop(limit)
    return schema


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(schema.get("type"), str):
        return {"anyOf": [schema, {"type": "null"}]} if schema else schema
    schema["type"] = [schema["type"], "null"]
    if "enum" in schema and None not in schema["enum"]:
        schema["enum"] = [*schema["enum"], None]
    return schema
