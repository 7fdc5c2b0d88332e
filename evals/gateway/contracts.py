"""From tool schemas to contracts, and the names on both sides. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from frontdesk.evals.gateway.material import ToolSpec, words_of
from frontdesk.evals.gateway.normal import normal
from frontdesk.tools.contract import NAME

FUNCTION = "frontdesk.evals.gateway.served:run"
OWNER = "caller_id"
"""The owner argument of every write. A back office that says nothing of owners is told who asks, and no more."""
SECONDS = 30.0
SCOPES: Mapping[str, str] = {"read": "backoffice:read", "write": "backoffice:write"}
_ARGUMENT = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")


@dataclass(frozen=True, slots=True)
class Named:
    """One tool under both its names."""

    spec: ToolSpec
    alias: str
    """The contract's name."""
    schema: Mapping[str, Any] = field(repr=False)
    """The contract's input, without the owner."""
    renamed: Mapping[str, str]
    """Argument as the back office calls it to the contract's name for it, where they differ."""
    owner: str
    """The owner argument; empty for a read."""
    weak: Sequence[str] = ()
    """Properties whose schema could not be kept."""

    def asked(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Return a call's arguments under the contract's names."""
        return {self.renamed.get(name, name): value for name, value in arguments.items()}

    def meant(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Return the contract's arguments under the back office's names, without the owner."""
        back = {ours: theirs for theirs, ours in self.renamed.items()}
        return {back.get(name, name): value for name, value in arguments.items() if name != self.owner}


def named(specs: Sequence[ToolSpec]) -> dict[str, Named]:
    """Return the tools by the back office's name, each with a contract's name of its own."""
    taken = {spec.name for spec in specs if re.fullmatch(NAME, spec.name)}
    result: dict[str, Named] = {}
    for spec in specs:
        fits = re.fullmatch(NAME, spec.name) is not None
        alias = spec.name if fits else _free("_".join(words_of(spec.name))[:50] or "tool", taken)
        taken.add(alias)
        result[spec.name] = _named(spec, alias)
    return result


def _named(spec: ToolSpec, alias: str) -> Named:
    schema, weak = normal(spec.parameters)
    names = list(schema["properties"])
    taken = {name for name in names if _ARGUMENT.fullmatch(name)}
    renamed: dict[str, str] = {}
    for name in names:
        if not _ARGUMENT.fullmatch(name):
            renamed[name] = _free("_".join(words_of(name)) or "argument", taken)
            taken.add(renamed[name])
    schema["properties"] = {renamed.get(name, name): part for name, part in schema["properties"].items()}
    if "required" in schema:
        schema["required"] = [renamed.get(name, name) for name in schema["required"]]
    owner = _free(OWNER, taken) if spec.effect == "write" else ""
    return Named(spec, alias, schema, renamed, owner, weak)


def _free(wanted: str, taken: set[str]) -> str:
    base = wanted if re.fullmatch(r"[a-z].+", wanted) else f"x_{wanted}"
    return next(name for name in (base, *(f"{base}_{number}" for number in range(2, 9999))) if name not in taken)


def contract(tool: Named) -> dict[str, Any]:
    """Return the tool's contract as it stands in a desk's file."""
    schema = dict(tool.schema)
    result: dict[str, Any] = {
        "name": tool.alias,
        "description": _text(tool.spec.description, tool.alias),
        "effect": tool.spec.effect,
        "scopes": [SCOPES[tool.spec.effect]],
        "input": schema,
        "output": {"type": "object", "properties": {"result": {}}, "required": ["result"]},
        "timeout": SECONDS,
        "connector": {"kind": "python", "options": {"function": FUNCTION}},
    }
    if tool.spec.effect == "write":
        own = {tool.owner: {"type": "string", "description": "Who asks"}}
        shown = ", ".join(f"{name}: {{{name}}}" for name in schema["properties"])
        result["input"] = {
            **schema,
            "properties": {**own, **schema["properties"]},
            "required": [tool.owner, *schema.get("required", ())],
        }
        result |= {"confirm": "always", "owner": {"argument": tool.owner}}
        result["question"] = f"Shall I run {tool.alias}?" + (f" {shown}" if shown else "")
    return result


def _text(description: str, alias: str) -> str:
    text = description.strip()
    return text if len(text) >= 10 else f"{text} ({alias} of the back office)".strip()
