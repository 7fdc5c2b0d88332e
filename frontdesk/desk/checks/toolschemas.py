"""The JSON Schemas inside tool contracts: valid draft 2020-12, and no misspelt keyword.

JSON Schema ignores keywords that it does not know, so ``requird`` would silently allow everything.
"""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Iterator, Mapping
from typing import Any

from frontdesk.desk.config import ToolContract
from frontdesk.desk.draft import Entry
from frontdesk.desk.files import Place
from frontdesk.desk.names import choose, listed, shown
from frontdesk.desk.shared import leads
from frontdesk.errors import Fault
from frontdesk.nodes.scrub.placeholders import LABELS
from frontdesk.tools.patterns import PatternError, compiled

EXTENSIONS: Mapping[str, tuple[type, str]] = {
    "x-ask": (str, "a text"),
    "x-invalid": (str, "a text"),
    "x-cues": (list, "a list of texts"),
    "x-words": (dict, "a mapping of value to texts"),
    "x-from": (dict, "a mapping of `tool`, `list` and `field`"),
    "x-shown": (str, "the name that stands for the value in `question`"),
    "x-source": (str, "`customer`, `record` or `any`"),
    "x-personal": (str, "a label such as `EMAIL`"),
    "x-public": (bool, "true or false"),
    "x-whole": (bool, "true or false"),
    "x-masked": (bool, "true or false"),
}
"""Our own keywords on properties, all but `x-personal` of a tool's input: their types, and those in words."""
FORMATS = frozenset(
    {"date", "date-time", "duration", "email", "hostname", "idn-email", "idn-hostname", "ipv4", "ipv6", "iri",
     "iri-reference", "json-pointer", "regex", "relative-json-pointer", "time", "uri", "uri-reference", "uri-template",
     "uuid"}
)  # fmt: skip
"""Formats of draft 2020-12 that the gateway validates (``frontdesk.tools.schema``)."""
_SOURCE = {"tool", "list", "field", "code", "show"}
_ORIGINS = ("customer", "record", "any")
_MAPS = ("properties", "patternProperties", "$defs", "dependentSchemas")
_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_ONE = ("items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames")
_ONE_MORE = ("unevaluatedItems", "unevaluatedProperties", "contentSchema")
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_faults(entry: Entry[ToolContract], key: str) -> Iterator[Fault]:
    """Yield the faults of the contract's ``input`` or ``output`` schema."""
    schema: dict[str, Any] = getattr(entry.record, key)
    invalid = list(_invalid(entry, key, schema))
    yield from invalid
    if schema.get("type") != "object":
        yield entry.fault((key, "type"), f"`{key}` is no object schema", "write `type: object` and `properties:`")
    if invalid:
        return
    # inside a part with an `$id` of its own, `#` is that part
    embedded = any("$id" in part for _, part in _subschemas(schema, (key,)))
    for place, part in _subschemas(schema, (key,)):
        yield from _keywords(entry, place, part)
        yield from _reference(entry, place, part, schema if not embedded else {})
        yield from _pattern(entry, place, part)
        yield from _format(entry, place, part)
        yield from _required(entry, place, part)
        yield from _extensions(entry, place, part)


def _invalid(entry: Entry[ToolContract], key: str, schema: dict[str, Any]) -> Iterator[Fault]:
    validator = _draft()
    for error in validator(validator.META_SCHEMA).iter_errors(schema):
        place = tuple(error.absolute_path)
        where = ".".join(str(step) for step in (key, *place))
        remedy = f"`{error.validator}` of the JSON Schema standard (2020-12) says: {_rule(error)}"
        yield entry.fault((key, *place), f"`{where}` is not valid JSON Schema", remedy)


def _rule(error: Any) -> str:
    limit = error.validator_value
    return listed(str(item) for item in limit) if isinstance(limit, list) else str(limit)[:80]


def _draft() -> Any:
    # importing the gateway's schema module first: it knows how to import jsonschema without its slow part
    importlib.import_module("frontdesk.tools.schema").Schema({}, "none")
    return importlib.import_module("jsonschema").Draft202012Validator


def _known_keywords() -> set[str]:
    specifications = importlib.import_module("jsonschema_specifications")
    known: set[str] = set()
    for uri, resource in specifications.REGISTRY.items():
        if uri.startswith("https://json-schema.org/draft/2020-12/"):
            known.update(resource.contents.get("properties", {}))
    return known


def _subschemas(schema: Any, place: Place) -> Iterator[tuple[Place, dict[str, Any]]]:
    if not isinstance(schema, dict):
        return
    yield place, schema
    for key in _MAPS:
        for name, part in schema.get(key, {}).items():
            yield from _subschemas(part, (*place, key, name))
    for key in _LISTS:
        for index, part in enumerate(schema.get(key, [])):
            yield from _subschemas(part, (*place, key, index))
    for key in (*_ONE, *_ONE_MORE):
        yield from _subschemas(schema.get(key), (*place, key))


def _keywords(entry: Entry[ToolContract], place: Place, schema: dict[str, Any]) -> Iterator[Fault]:
    known = _known_keywords()
    for key in schema:
        if key.startswith("x-") and key not in EXTENSIONS:
            yield entry.fault((*place, key), f"unknown keyword `{key}`", choose(key, EXTENSIONS))
        elif not key.startswith("x-") and key not in known:
            near = difflib.get_close_matches(key, sorted(known), n=1)
            remedy = f"did you mean `{near[0]}`?" if near else "use the keywords of JSON Schema (2020-12), or remove it"
            yield entry.fault((*place, key), f"unknown keyword `{key}`", remedy)


def _reference(
    entry: Entry[ToolContract], place: Place, part: dict[str, Any], whole: dict[str, Any]
) -> Iterator[Fault]:
    reference = part.get("$ref", "#")
    if reference.startswith("#"):
        if whole and not leads(whole, reference):
            problem = f"`$ref` leads nowhere: `{shown(reference)}`"
            parts = listed(f"`#/$defs/{name}`" for name in whole.get("$defs", {}))
            yield entry.fault((*place, "$ref"), problem, f"name a part of this schema; under `$defs`: {parts}")
    elif reference != _DIALECT:
        problem = f"`$ref` leads out of the file: `{reference}`"
        remedy = (
            "write the schema here, or under `$defs`, or as `schemas/NAME.yaml` of the desk (`$ref: NAME.yaml`): "
            "nothing is downloaded"
        )
        yield entry.fault((*place, "$ref"), problem, remedy)


def _pattern(entry: Entry[ToolContract], place: Place, part: dict[str, Any]) -> Iterator[Fault]:
    own = [("pattern", part["pattern"])] if isinstance(part.get("pattern"), str) else []
    for key, pattern in [*own, *(("patternProperties", name) for name in part.get("patternProperties", {}))]:
        try:
            compiled(pattern)
        except PatternError:
            problem = f"`{key}`: the pattern `{shown(pattern)}` cannot be read"
            yield entry.fault((*place, key), problem, "write a regular expression as JavaScript (ECMA 262) reads it")


def _format(entry: Entry[ToolContract], place: Place, part: dict[str, Any]) -> Iterator[Fault]:
    given = part.get("format")
    if isinstance(given, str) and given not in FORMATS:
        # a validator that does not know a format lets everything through
        yield entry.fault((*place, "format"), f"unknown format `{shown(given)}`", choose(given, sorted(FORMATS)))


def _required(entry: Entry[ToolContract], place: Place, schema: dict[str, Any]) -> Iterator[Fault]:
    properties = schema.get("properties")
    if properties is None:
        return
    for index, name in enumerate(schema.get("required", [])):
        if name not in properties:
            fault_place = (*place, "required", index)
            yield entry.fault(fault_place, f"`{name}` is required but not a property", choose(name, properties))


def _personal(entry: Entry[ToolContract], place: Place, schema: dict[str, Any]) -> Iterator[Fault]:
    label = schema.get("x-personal")
    if label and schema.get("x-public") is True:
        yield entry.fault((*place, "x-public"), "a field is personal and public", "keep one of the two")
    if isinstance(label, str) and label not in LABELS:
        yield entry.fault(
            (*place, "x-personal"), f"`{shown(label)}` is no kind of personal data", choose(label, sorted(LABELS))
        )


def _extensions(entry: Entry[ToolContract], place: Place, schema: dict[str, Any]) -> Iterator[Fault]:
    for key, (kind, words) in EXTENSIONS.items():
        if key in schema and not isinstance(schema[key], kind):
            yield entry.fault((*place, key), f"`{key}` is of the wrong type", f"write {words}")
    yield from _personal(entry, place, schema)
    origin = schema.get("x-source")
    if isinstance(origin, str) and origin not in _ORIGINS:
        yield entry.fault((*place, "x-source"), f"`{shown(origin)}` is no source", choose(origin, list(_ORIGINS)))
    source = schema.get("x-from")
    if isinstance(source, dict) and not {"tool", "list", "field"} <= set(source) <= _SOURCE:
        yield entry.fault((*place, "x-from"), "`x-from` does not say where", "write `{tool: …, list: …, field: …}`")
    words_of = schema.get("x-words")
    if isinstance(words_of, dict) and "enum" in schema:
        values = [str(value) for value in schema["enum"]]
        for value, words in words_of.items():
            if value not in values:
                yield entry.fault((*place, "x-words", value), f"`{value}` is not in `enum`", choose(value, values))
            elif not isinstance(words, list):
                yield entry.fault((*place, "x-words", value), "the words are no list", "write `value: [word, word]`")
