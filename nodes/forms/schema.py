"""The form of an intent: the properties that its tools take, and whose they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from frontdesk.graph.deps import DeskView
from frontdesk.models.keyless.choice import Tool, name_of
from frontdesk.tools.authority import definition
from frontdesk.tools.contract import ToolContract


@dataclass(frozen=True)
class Form:
    """What one intent can be given."""

    tools: tuple[Tool, ...]
    """Whose properties these are: the tools that change something, where there are any."""
    offered: tuple[Tool, ...]
    """All tools of the intent."""
    contracts: Mapping[str, ToolContract]
    properties: Mapping[str, Mapping[str, Any]]
    """JSON Schema by name, in the contracts' order; the first contract that names a property says what it is."""
    writes: bool
    """Whether the form is that of a change."""

    def required(self, tool: str) -> list[str]:
        """Return what one tool needs; without a choice what all of them need. The owner's argument is none of it."""
        needs = [list(each["function"]["parameters"].get("required") or ()) for each in self.chosen(tool)]
        return [name for name in needs[0] if all(name in need for need in needs)] if needs else []

    def focused(self, tool: str) -> Form:
        """Return the form of the one change that the customer chose; the whole where nothing was chosen yet."""
        if not self.writes or all(name_of(each) != tool for each in self.tools):
            return self
        chosen = self.chosen(tool)
        return replace(self, tools=chosen, properties=_properties(chosen))

    def specs(self, name: str) -> list[Mapping[str, Any]]:
        """Return what each of the tools that take a property says of it."""
        found = [tool["function"]["parameters"].get("properties") or {} for tool in self.tools]
        return [properties[name] for properties in found if name in properties]

    def chosen(self, tool: str) -> tuple[Tool, ...]:
        """Return the tool of a name; all tools of the form where there is no such."""
        return tuple(each for each in self.tools if name_of(each) == tool) or self.tools


def contracts_of(intent: str, desk: DeskView) -> list[ToolContract]:
    """Return the contracts of an intent's tools, in the desk's order; none for an unknown intent."""
    known = desk.intents.get(intent)
    return [desk.tools[name] for name in (known.tools if known else ()) if name in desk.tools]


def form_of(contracts: Sequence[ToolContract]) -> Form:
    """Return the form of an intent's contracts, in the desk's order."""
    defined = [(contract, definition(contract)) for contract in contracts]
    changing = [tool for contract, tool in defined if contract.effect == "write"]
    tools = changing or [tool for _, tool in defined]
    return Form(
        tools=tuple(tools),
        offered=tuple(tool for _, tool in defined),
        contracts={contract.name: contract for contract in contracts},
        properties=_properties(tools),
        writes=bool(changing),
    )


def _properties(tools: Sequence[Tool]) -> dict[str, Mapping[str, Any]]:
    properties: dict[str, Mapping[str, Any]] = {}
    for tool in tools:
        for name, spec in (tool["function"]["parameters"].get("properties") or {}).items():
            if "const" not in spec:
                properties.setdefault(name, spec)
    return properties


__all__ = ["Form", "contracts_of", "form_of"]
