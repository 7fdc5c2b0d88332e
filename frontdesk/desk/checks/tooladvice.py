"""What a contract could do better, though the desk opens with it: advice of ``frontdesk tools lint``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from frontdesk.desk.checks.toolpaths import properties
from frontdesk.desk.config import ToolContract
from frontdesk.desk.draft import Draft, Entry
from frontdesk.desk.files import Place
from frontdesk.errors import Fault

LONGEST_LEAD = 5.0
"""Seconds between a write's timeout and the end of a turn below which nobody hears how the write ended."""
_BOUNDS = frozenset({"maxLength", "enum", "const", "pattern", "format", "$ref"})
_TELLING: Mapping[str, str] = {
    "email": "EMAIL", "e_mail": "EMAIL", "phone": "PHONE", "mobile": "PHONE", "address": "ADDRESS", "street": "ADDRESS",
    "iban": "IBAN", "card_number": "CARD", "birthday": "DOB", "date_of_birth": "DOB", "passport": "PASSPORT",
    "password": "SECRET", "surname": "NAME", "last_name": "NAME", "first_name": "NAME", "full_name": "NAME",
}  # fmt: skip
"""Ends of field names that tell personal data, and its label. The scrubber looks at every value besides."""


def tool_advice(draft: Draft) -> Iterator[Fault]:
    """Yield advice on each contract, at its line."""
    turn = draft.config.record.budgets.turn_seconds if draft.config else None
    for entry in draft.tools:
        yield from _write(entry, turn) if entry.record.effect == "write" else _read(entry)
        yield from _input(entry)
        yield from _output(entry)
        yield from _server(entry)


def _write(entry: Entry[ToolContract], turn: float | None) -> Iterator[Fault]:
    tool = entry.record
    yield from _beyond(entry) if tool.connector.kind != "desk" else ()
    if tool.idempotency.remote and tool.idempotency.lookup is not None:
        remedy = "remove one of the two"
        yield entry.fault(("idempotency", "lookup"), "the lookup is never asked: the same key is sent again", remedy)
    if tool.confirm == "never":
        remedy = "write `confirm: always`, or an expression, unless asking would be absurd"
        yield entry.fault(("confirm",), "the write runs without the customer's yes", remedy)
    if tool.precheck is None and tool.confirm != "never":
        remedy = "add a `precheck`, so that nobody is asked to confirm what cannot be done"
        yield entry.fault(("confirm",), "the customer is asked before anybody looked whether it is possible", remedy)
    if turn is not None and turn - LONGEST_LEAD < tool.timeout <= turn:
        remedy = f"write at most {turn - LONGEST_LEAD:g} (`budgets.turn_seconds` is {turn:g})"
        yield entry.fault(("timeout",), "the turn may end before the write does", remedy)


def _beyond(entry: Entry[ToolContract]) -> Iterator[Fault]:
    """Yield advice on a write to a system that is not the desk's own, and may fail in the middle."""
    tool = entry.record
    if not tool.idempotency.remote and tool.idempotency.lookup is None:
        remedy = "add `idempotency: {remote: true}` where the other side recognises a repeated key, or a `lookup`"
        yield entry.fault(("effect",), "a write that nobody heard back from waits for a person", remedy)
    if tool.compensation is None:
        remedy = "add `compensation:`, or leave it where nothing can undo it"
        yield entry.fault(("effect",), "nothing undoes it: a plan that fails after it goes to a person", remedy)
    if tool.rate is None:
        remedy = "add `rate: {calls: 30, seconds: 3600}`"
        yield entry.fault(("effect",), "one customer may call it without end", remedy)


def _read(entry: Entry[ToolContract]) -> Iterator[Fault]:
    tool = entry.record
    if tool.owner is None and (tool.scopes or tool.sensitive or _personal(tool.output)):
        remedy = "add `owner:` unless the record belongs to nobody"
        yield entry.fault(("effect",), "a read that not everybody may make has no owner rule", remedy)
    if tool.retry.attempts == 1 and tool.connector.kind in {"http", "mcp"}:
        remedy = "add `retry: {attempts: 2}`"
        yield entry.fault(("effect",), "a read over the network is tried once", remedy)
    if tool.retry.attempts * tool.retry.backoff > tool.timeout:
        remedy = "shorten `backoff`, or give it a longer `timeout`: all tries share it"
        yield entry.fault(("retry",), "there is no time for all tries", remedy)


def _input(entry: Entry[ToolContract]) -> Iterator[Fault]:
    tool = entry.record
    hidden = tool.owner.argument if tool.owner else None
    if tool.input.get("additionalProperties") is not False and "unevaluatedProperties" not in tool.input:
        remedy = "add `additionalProperties: false` to `input`"
        yield entry.fault(("input",), "arguments that the contract does not name are let through", remedy)
    for name, spec in properties(tool.input).items():
        if not isinstance(spec, Mapping):
            continue
        place = ("input", "properties", name)
        if name != hidden and not spec.get("description") and "$ref" not in spec:
            yield entry.fault(place, f"`{name}` has no description, which models read", "add `description:`")
        for inner, part in _strings(spec, place):
            if not _BOUNDS & set(part):
                remedy = "add `maxLength`, or better `pattern` or `enum`"
                yield entry.fault(inner, f"`{inner[-1]}` may be a text of any length", remedy)


def _strings(spec: Mapping[str, Any], place: Place) -> Iterator[tuple[Place, Mapping[str, Any]]]:
    kinds = spec.get("type")
    if kinds == "string" or (isinstance(kinds, list) and "string" in kinds):
        yield place, spec
    for name, inner in properties(spec).items():
        if isinstance(inner, Mapping):
            yield from _strings(inner, (*place, "properties", name))
    if isinstance(spec.get("items"), Mapping):
        yield from _strings(spec["items"], (*place, "items"))


def _output(entry: Entry[ToolContract]) -> Iterator[Fault]:
    tool = entry.record
    for path, place, part in _fields(tool.output, "", ("output",)):
        label = _label(path)
        if label and "x-personal" not in part and path not in tool.sensitive and "string" in str(part.get("type")):
            remedy = f"add `x-personal: {label}`, or name it under `sensitive`"
            yield entry.fault(place, f"`{path}` looks like personal data, and is not marked as such", remedy)
    if not properties(tool.output):
        remedy = "name the fields that may come back; `additionalProperties: false` refuses the rest"
        yield entry.fault(("output",), "whatever the other side answers is taken", remedy)


def _fields(schema: Any, path: str, place: Place) -> Iterator[tuple[str, Place, Mapping[str, Any]]]:
    if isinstance(schema, Mapping) and isinstance(schema.get("items"), Mapping):
        yield from _fields(schema["items"], path, (*place, "items"))
    for name, part in properties(schema).items():
        if isinstance(part, Mapping):
            inner = (*place, "properties", name)
            yield f"{path}{name}", inner, part
            yield from _fields(part, f"{path}{name}.", inner)


def _label(path: str) -> str:
    name = path.rpartition(".")[2].lower()
    return next((label for end, label in _TELLING.items() if name == end or name.endswith(f"_{end}")), "")


def _personal(schema: Mapping[str, Any]) -> bool:
    return any("x-personal" in part for _, _, part in _fields(schema, "", ()))


def _server(entry: Entry[ToolContract]) -> Iterator[Fault]:
    tool = entry.record
    if tool.connector.kind == "mcp" and "digest" not in tool.connector.options:
        remedy = "add `digest:` (`frontdesk tools import-mcp` writes it)"
        problem = "the server may change what the tool does, and nobody would notice"
        yield entry.fault(("connector", "options"), problem, remedy)


__all__ = ["tool_advice"]
