"""Results of tools, field by field: what a contract's output calls personal is masked, whatever it looks like."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from frontdesk.graph.deps import Scrubbed, Scrubber
from frontdesk.nodes.scrub.origin import is_foreign, marked, seen
from frontdesk.nodes.scrub.placeholders import escape_placeholders, label_of

Put = Callable[[str, str], str]
"""Label and text to what takes the text's place."""
Schema = Mapping[str, Any]
_BARE = re.compile(r"(?<=[:\[,] )(<[A-Z_]+_\d+>)(?=[,}\]])")
"""A placeholder where a number stood."""
_ALSO = ("allOf", "anyOf", "oneOf")
_BRANCHES = ("if", "then", "else")


def masked_result(content: str, schema: Schema, scrubber: Scrubber, known: Mapping[str, str]) -> Scrubbed:
    """Mask a tool's result.

    Args:
        content: JSON, as the gateway gives it; any other text is searched as text.
        schema: The contract's ``output``. ``x-personal: LABEL`` on a field masks each text and number in it, at any
            depth, as one value of that kind; ``x-public: true`` says that its text is nobody's, such as a product's
            name, and stays; all other texts are searched.
        scrubber: Finds personal data, and names what a field is known to hold.
        known: The session's placeholders with their values.

    Returns:
        The masked JSON, whose field names stay where the schema declares them, and the new values as the vault keeps
        them (``origin.py``). The contract answers for what it labels, and for a number of no known kind that is all
        that a field holds, such as a parcel's: there are no words beside it that say what it is for.
        A placeholder that the record itself spells is disarmed.
    """
    fresh: dict[str, str] = {}
    own = [value for value in known.values() if not is_foreign(value)]

    def put(label: str, text: str) -> str:
        named = scrubber.named(label, text, {**known, **fresh})
        fresh.update(named.values)
        own.append(text)
        return named.text

    try:
        record = mapped(_disarmed(json.loads(content)), schema, put)
    except (ValueError, RecursionError):
        found = scrubber.scrub(escape_placeholders(content), seen(known))
        return replace(found, values=marked(found.values, _parts_of(own, found.values)))
    scrubbed = scrubber.scrub(json.dumps(record, ensure_ascii=False), seen({**known, **fresh}))
    text = _with_own_names(scrubbed.text, record, schema)
    new = {placeholder: value for placeholder, value in scrubbed.values.items() if placeholder in text}
    answered_for = _parts_of(own, new) | {key for key in whole_texts(text) if label_of(key) == "NUMBER"}
    return Scrubbed(text, scrubbed.findings, {**fresh, **marked(new, answered_for)})


def _parts_of(own: Sequence[str], values: Mapping[str, str]) -> set[str]:
    """Return the placeholders of values that are the customer's own, or a line or another part of one."""
    return {key for key, value in values.items() if any(value in text for text in own)}


def whole_texts(masked: str) -> set[str]:
    """Return the texts of masked JSON, each a whole field."""
    found: set[str] = set()
    try:
        waiting: list[Any] = [json.loads(masked)]
    except ValueError:
        return found
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            found.add(value)
        elif isinstance(value, Mapping | list):
            waiting += value.values() if isinstance(value, Mapping) else value
    return found


def mapped(value: Any, schema: Any, put: Put) -> Any:
    """Return JSON data in which ``put`` has replaced every personal text and number.

    Args:
        value: JSON data.
        schema: Its JSON Schema; ``$ref`` within it, branches, and labels on whole objects and lists are followed.
        put: Called with label and text, in order of the data.
    """
    return _mapped(value, _parts([schema], schema), "", put, schema)


def _with_own_names(masked: str, record: Any, schema: Any) -> str:
    """Return masked JSON with the field names that the schema declares: those are words of the desk, not of a person.

    The whole is searched as one text, because a field's name announces its value; a number that was masked is quoted.
    """
    try:
        shown = json.loads(_BARE.sub(r'"\1"', masked))
        return json.dumps(_renamed(shown, record, _parts([schema], schema), schema), ensure_ascii=False)
    except ValueError:
        return masked


def _renamed(shown: Any, record: Any, schemas: Sequence[Schema], root: Any) -> Any:
    if isinstance(record, Mapping):
        renamed: dict[str, Any] = {}
        for (got, item), (name, original) in zip(shown.items(), record.items(), strict=True):
            declared = any(name in (schema.get("properties") or {}) for schema in schemas)
            below = _parts(_field(schemas, name), root)
            renamed[name if declared else got] = _renamed(item, original, below, root)
        return renamed
    if isinstance(record, list):
        pairs = enumerate(zip(shown, record, strict=True))
        return [_renamed(item, original, _parts(_item(schemas, at), root), root) for at, (item, original) in pairs]
    return record if any(schema.get("x-public") is True for schema in schemas) else shown


def _mapped(value: Any, schemas: Sequence[Schema], label: str, put: Put, root: Any) -> Any:
    label = next((given for schema in schemas if (given := _label(schema))), label)
    if isinstance(value, Mapping):
        return {
            name: _mapped(item, _parts(_field(schemas, str(name)), root), label, put, root)
            for name, item in value.items()
        }
    if isinstance(value, list):
        return [
            _mapped(item, _parts(_item(schemas, index), root), label, put, root) for index, item in enumerate(value)
        ]
    plain = isinstance(value, str) and value.strip()
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return put(label, str(value)) if label and (plain or number) else value


def _label(schema: Schema) -> str:
    given = schema.get("x-personal")
    return given if isinstance(given, str) else ""


def _field(schemas: Sequence[Schema], name: str) -> list[Any]:
    own = [
        fields[name] for schema in schemas if isinstance(fields := schema.get("properties"), Mapping) and name in fields
    ]
    return own or [schema.get("additionalProperties") for schema in schemas]


def _item(schemas: Sequence[Schema], index: int) -> list[Any]:
    found: list[Any] = []
    for schema in schemas:
        first = schema.get("prefixItems")
        first = first if isinstance(first, list) else []
        found.append(first[index] if index < len(first) else schema.get("items"))
    return found


def _parts(schemas: Sequence[Any], root: Any) -> list[Schema]:
    """Return the schemas with all that they refer to and branch into; each once, so that a circle ends."""
    found: dict[int, Schema] = {}
    waiting = list(schemas)
    while waiting:
        schema = waiting.pop(0)
        if not isinstance(schema, Mapping) or id(schema) in found:
            continue
        found[id(schema)] = schema
        waiting += [part for key in _ALSO for part in schema.get(key, ())]
        waiting += [schema[key] for key in _BRANCHES if key in schema]
        waiting += list(_referred(schema.get("$ref"), root))
    return list(found.values())


def _referred(reference: Any, root: Any) -> Iterator[Any]:
    if not isinstance(reference, str) or not reference.startswith("#"):
        return
    place = root
    for step in reference.removeprefix("#").strip("/").split("/"):
        name = step.replace("~1", "/").replace("~0", "~")
        if name and isinstance(place, Mapping):
            place = place.get(name)
    yield place


def _disarmed(value: Any) -> Any:
    if isinstance(value, str):
        return escape_placeholders(value)
    if isinstance(value, Mapping):
        return {escape_placeholders(str(name)): _disarmed(item) for name, item in value.items()}
    return [_disarmed(item) for item in value] if isinstance(value, list) else value
