"""Contracts out of what a server says of its tools, written down for a person to review."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from mcp import types

from frontdesk.errors import DataError
from frontdesk.tools.mcp.session import digest
from frontdesk.tools.openapi.contracts import UNDECIDED, Contract
from frontdesk.tools.openapi.document import UnfitOperationError
from frontdesk.tools.openapi.drafts import Draft, as_yaml
from frontdesk.tools.openapi.texts import sentence, tool_name

DEPTH = 30
_TEXT = 200
_MAPS = ("properties", "$defs", "patternProperties", "dependentSchemas")
_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_PARTS = ("items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames")
_PLAIN = frozenset(
    {"type", "enum", "const", "required", "default", "pattern", "minLength", "maxLength", "minimum", "maximum",
     "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minItems", "maxItems", "uniqueItems", "minProperties",
     "maxProperties"}
)  # fmt: skip
_FORMATS = frozenset({"date", "date-time", "time", "duration", "email", "hostname", "ipv4", "ipv6", "uri", "uuid"})


def drafts(tools: Mapping[str, types.Tool], connection: str, wanted: Collection[str] = ()) -> list[Draft]:
    """Make one contract per tool. Nothing is written.

    Every contract has an owner rule that names no argument, so ``frontdesk check`` refuses it until someone decides.

    Args:
        tools: What the server lists.
        connection: Name of the desk's connection.
        wanted: Names on the server; empty: all.

    Returns:
        In the server's order; those that cannot be made have a ``problem``.

    Raises:
        DataError: The server has none of the tools named; says which there are.
    """
    missing = sorted(set(wanted) - set(tools))
    if missing:
        known = ", ".join(sentence(name, 60) for name in tools)
        raise DataError(f"the server has no tool {', '.join(missing)}; there are: {known or 'none'}")
    taken: set[str] = set()
    chosen = [tool for name, tool in tools.items() if not wanted or name in wanted]
    return [_draft(tool, tool_name(tool.name, taken), connection) for tool in chosen]


def _draft(tool: types.Tool, name: str, connection: str) -> Draft:
    shown = sentence(tool.name, 100)
    try:
        made = _contract(tool, name, connection)
    except UnfitOperationError as error:
        return Draft(shown, name, problem=str(error))
    lines = [
        f"# {shown} of the MCP server {connection}, imported from its own list.",
        "# Decide whatever stands below `review:`, then remove the remark. Until there is an owner rule, `frontdesk",
        "# check` refuses the file. Once the server describes the tool in other words, or takes something else, the",
        "# digest no longer fits, and the tool is not called until somebody has looked.",
    ]
    for key, value in made.parts.items():
        lines += [f"# review: {made.remarks[key]}"] if key in made.remarks else []
        lines.append(as_yaml({key: value}).rstrip("\n"))
    return Draft(shown, name, "\n".join(lines) + "\n")


def _contract(tool: types.Tool, name: str, connection: str) -> Contract:
    hints = tool.annotations
    read = bool(hints and hints.readOnlyHint)
    summary = sentence(tool.description, _TEXT)
    made = Contract()
    made.add("name", name)
    made.add(
        "description",
        summary if len(summary) >= 10 else f"Does {sentence(tool.name, 60)} of {connection}.",
        "these are the server's words, and models read them: say in your own what the tool does",
    )
    made.add("effect", "read" if read else "write", "by the server's own hint: does it change anything anywhere?")
    made.add("scopes", [f"{name[:40]}:{'read' if read else 'write'}"], "guessed")
    remark = "which argument or which field of the result (`result: …`) holds the customer's id?"
    made.add("owner", {"argument": UNDECIDED}, f"{remark} Remove the rule only for what belongs to nobody")
    if not read:
        made.add("confirm", "always", "`never` only where no customer needs to be asked")
        question = f"Shall I do this: {(summary or name).rstrip('.')}?"
        made.add("question", question, "what the customer is asked; a name in braces stands for an argument")
        known = bool(hints and hints.idempotentHint)
        made.add(
            "idempotency",
            {"remote": False},
            f"the server calls itself {'' if known else 'not '}idempotent: true only if it answers a repeated key "
            "(`_meta` frontdesk/idempotency-key, or `arguments` with the place `key`) with the first result",
        )
    given = _cleaned(tool.inputSchema, 0)
    whole = {"type": "object", "properties": {}, **given, "additionalProperties": False}
    made.add("input", whole, "bound every text (`maxLength`, `pattern`), and remove what no customer should set")
    output = _cleaned(tool.outputSchema or {}, 0)
    made.add(
        "output",
        {"type": "object", "properties": {}, **output},
        "keep what the customer may see; `additionalProperties: false` refuses the rest",
    )
    options = {"tool": tool.name, "digest": digest(tool)}
    remark = "say under `errors` what the server's error texts mean, by a part of each"
    made.add("connector", {"kind": "mcp", "connection": connection, "options": options}, remark)
    return made


def _cleaned(schema: Any, depth: int) -> dict[str, Any]:
    """Return a schema with the keywords that a contract takes. UnfitOperationError: it leads elsewhere, or too deep."""
    if not isinstance(schema, Mapping) or depth > DEPTH:
        raise UnfitOperationError("a schema is no mapping, or nested too deeply")
    made: dict[str, Any] = {key: value for key, value in schema.items() if key in _PLAIN}
    if isinstance(schema.get("$ref"), str):
        if not schema["$ref"].startswith("#/$defs/"):
            raise UnfitOperationError("a schema leads out of itself")
        made["$ref"] = schema["$ref"]
    if schema.get("format") in _FORMATS:
        made["format"] = schema["format"]
    if sentence(schema.get("description"), _TEXT):
        made["description"] = sentence(schema["description"], _TEXT)
    for key in _MAPS:
        if isinstance(schema.get(key), Mapping):
            made[key] = {str(name): _part(part, depth) for name, part in schema[key].items()}
    for key in _LISTS:
        if isinstance(schema.get(key), list):
            made[key] = [_part(part, depth) for part in schema[key]]
    made |= {key: _part(schema[key], depth) for key in _PARTS if key in schema}
    return made


def _part(part: Any, depth: int) -> Any:
    return part if isinstance(part, bool) else _cleaned(part, depth + 1)
