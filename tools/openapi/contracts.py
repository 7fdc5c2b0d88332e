"""From an operation to a contract, with a remark wherever a person has to decide. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from frontdesk.tools.contract import SCOPE
from frontdesk.tools.openapi.document import Document
from frontdesk.tools.openapi.operations import Operation, Parameter, Taken, given, statuses, taken
from frontdesk.tools.openapi.texts import argument_name, sentence, snake

UNDECIDED = "decide_which"
"""Stands for the argument of the owner rule; no argument is called so, and therefore ``frontdesk check`` refuses it."""
EXTENSION = "x-frontdesk"
"""In an operation: parts of the contract that the API's own people have decided, such as ``confirm``. The owner rule is
left to the desk's people: without it the file would pass the check with nobody having looked."""
_DECIDABLE = frozenset(
    {"description", "effect", "scopes", "roles", "verified", "confirm", "approval", "question", "missing",
     "reply", "idempotency", "timeout", "sensitive"}
)  # fmt: skip


@dataclass(slots=True)
class Contract:
    """A contract's parts in the order in which they are written, and the remarks before them."""

    parts: dict[str, Any] = field(default_factory=dict)
    remarks: dict[str, str] = field(default_factory=dict)
    """Part to what a reviewer has to decide."""

    def add(self, key: str, value: Any, remark: str = "") -> None:
        """Add a part."""
        self.parts[key] = value
        if remark:
            self.remarks[key] = remark


def contract(document: Document, operation: Operation, name: str, connection: str) -> Contract:
    """Return an operation's contract.

    Raises:
        UnfitOperationError: It takes or gives something that a contract of kind http has no word for.
    """
    takes = taken(document, operation)
    schema, names, fields = _input(takes)
    read = operation.method in {"GET", "HEAD"}
    summary = sentence(operation.data.get("summary"), 200) or sentence(operation.data.get("description"), 200)
    made = Contract()
    made.add("name", name)
    made.add(
        "description",
        summary if len(summary) >= 10 else f"Does {sentence(operation.id, 60)} of {connection}.",
        "these are the document's words, and models read them: say in your own what the tool does",
    )
    made.add("effect", "read" if read else "write", "guessed from the method: does it change anything anywhere?")
    made.add("scopes", *_scopes(document, operation, read=read))
    made.add("owner", {"argument": UNDECIDED}, _owner_remark(list(names.values()) + list(fields.values())))
    if not read:
        made.add("confirm", "always", "`never` only where no customer needs to be asked")
        made.add(
            "question",
            f"Shall I do this: {(summary or name).rstrip('.')}?",
            "what the customer is asked; `{argument}` is filled in",
        )
        made.add(
            "idempotency",
            {"remote": False},
            "true only if the other side answers a repeated Idempotency-Key with the first result; else add `lookup`",
        )
    made.add("input", schema, "bound every text (`maxLength`, `pattern`), and remove what no customer should set")
    output, result = _output(given(document, operation))
    made.add("output", output, "keep what the customer may see; `additionalProperties: false` refuses the rest")
    options: dict[str, Any] = {"method": operation.method, "path": _path(operation.path, names)}
    options |= _placed(takes, names, fields)
    options |= {"result": result} if result else {}
    options |= {} if read else {"idempotency_header": "Idempotency-Key" if takes.keyed else None}
    named = ", ".join(statuses(operation)) or "of no fault"
    remark = f"the document names the statuses {named}: say under `errors` what they mean"
    made.add("connector", {"kind": "http", "connection": connection, "options": options}, remark)
    _decided(operation, made)
    return made


def _input(takes: Taken) -> tuple[dict[str, Any], dict[tuple[str, str], str], dict[str, str]]:
    """Return the input's schema, the argument of each parameter, and that of each field of the body."""
    used: set[str] = set()
    properties: dict[str, Any] = {}
    required: list[str] = []
    definitions: dict[str, Any] = {}

    def add(text: str, schema: Mapping[str, Any], *, needed: bool) -> str:
        argument = argument_name(text, used)
        properties[argument] = {key: value for key, value in schema.items() if key != "$defs"}
        definitions.update(schema.get("$defs", {}))
        required.extend([argument] if needed else [])
        return argument

    names: dict[tuple[str, str], str] = {}
    for one in takes.parameters:
        names[one.name, one.where] = add(one.name, one.schema, needed=one.required)
    fields: dict[str, str] = {}
    body = takes.body
    if body is not None and isinstance(body.get("properties"), dict):
        definitions.update(body.get("$defs", {}))
        needed = body.get("required", [])
        for text, schema in body["properties"].items():
            if not (isinstance(schema, dict) and schema.get("readOnly") is True):
                fields[text] = add(text, schema, needed=takes.body_required and text in needed)
    elif body is not None:
        fields[""] = add("body", body, needed=takes.body_required)
    whole = {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
    return {**whole, **({"$defs": definitions} if definitions else {})}, names, fields


def _output(schema: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the output's schema, and the mapping of the result where the answer is no record."""
    if not schema:
        return {"type": "object", "properties": {}}, {}
    if schema.get("type") == "object" or "properties" in schema:
        return {"type": "object", **{key: value for key, value in schema.items() if key != "type"}}, {}
    definitions = schema.pop("$defs", {})
    name = "items" if schema.get("type") == "array" else "answer"
    whole = {"type": "object", "properties": {name: schema}, "required": [name]}
    return {**whole, **({"$defs": definitions} if definitions else {})}, {name: ""}


def _path(path: str, names: Mapping[tuple[str, str], str]) -> str:
    return re.sub(r"\{([^{}]*)\}", lambda match: "{" + names.get((match[1], "path"), match[1]) + "}", path)


def _placed(takes: Taken, names: Mapping[tuple[str, str], str], fields: Mapping[str, str]) -> dict[str, Any]:
    def of(where: str) -> dict[str, str]:
        chosen: list[Parameter] = [one for one in takes.parameters if one.where == where]
        return {one.name: "{" + names[one.name, where] + "}" for one in chosen}

    placed: dict[str, Any] = {"query": of("query"), "headers": of("header")}
    if fields:
        whole = "{" + fields[""] + "}" if "" in fields else {text: "{" + name + "}" for text, name in fields.items()}
        placed["body"] = {takes.body_kind: whole}
    return {key: value for key, value in placed.items() if value}


def _scopes(document: Document, operation: Operation, *, read: bool) -> tuple[list[str], str]:
    security = operation.data.get("security", document.data.get("security"))
    named = [
        scope
        for one in (security if isinstance(security, list) else [])
        if isinstance(one, Mapping)
        for scopes in one.values()
        for scope in (scopes if isinstance(scopes, list) else [])
        if isinstance(scope, str)
    ]
    fitting = list(dict.fromkeys(scope for scope in named if re.fullmatch(SCOPE, scope)))
    if fitting:
        return fitting, "these are the document's own: does your sign-in give customers the same?"
    topic = snake((operation.tags or operation.path.strip("/").split("/"))[0]) or "api"
    topic = topic if topic[0].isalpha() else f"api_{topic}"
    other = sentence(", ".join(dict.fromkeys(named)), 100)
    return [f"{topic}:{'read' if read else 'write'}"], f"guessed{f'; the document names {other}' if other else ''}"


def _owner_remark(arguments: list[str]) -> str:
    likely = [
        name for name in arguments if re.search(r"customer|user|member|account|client|owner", name, re.IGNORECASE)
    ]
    hint = f" ({', '.join(likely)}?)" if likely else ""
    return (
        f"which argument{hint} or which field of the result (`result: …`) holds the customer's id? "
        "Remove the rule only for what belongs to nobody"
    )


def _decided(operation: Operation, made: Contract) -> None:
    """Take over what the document's own extension decides."""
    extension = operation.data.get(EXTENSION)
    for key, value in extension.items() if isinstance(extension, Mapping) else ():
        if key in _DECIDABLE:
            made.parts[key] = value
            made.remarks[key] = f"from the document's `{EXTENSION}`"
