"""How ``frontdesk tools`` puts contracts into words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from frontdesk.desk.names import choose
from frontdesk.errors import PersonError

if TYPE_CHECKING:
    from frontdesk.tools.contract import ToolContract

COLUMNS = ("name", "effect", "scopes", "verified", "confirm", "connector")


def listed(contracts: Iterable[ToolContract]) -> list[dict[str, Any]]:
    """Return one row per tool, as plain JSON data."""
    rows = []
    for tool in contracts:
        connector = tool.connector
        rows.append(
            {
                "name": tool.name,
                "effect": tool.effect,
                "scopes": list(tool.scopes),
                "roles": list(tool.roles),
                "verified": tool.verified,
                "confirm": tool.confirm,
                "approval": tool.approval,
                "connector": f"{connector.kind}:{connector.connection}" if connector.connection else connector.kind,
            }
        )
    return rows


def table(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the rows for a terminal; ``-`` stands for nothing."""
    if not rows:
        yield "the desk has no tools"
        return
    cells = [COLUMNS, *(tuple(_cell(row, column) for column in COLUMNS) for row in rows)]
    widths = [max(len(cell) for cell in column) for column in zip(*cells, strict=True)]
    for line in cells:
        yield "  ".join(f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True)).rstrip()


def _cell(row: Mapping[str, Any], column: str) -> str:
    value = row[column]
    text = " ".join(value) if isinstance(value, list) else str(value)
    if column == "confirm" and row["approval"]:
        text += f" + second person: {row['approval']}"
    return text or "-"


def shown(contracts: Mapping[str, ToolContract], name: str) -> dict[str, Any]:
    """Return a contract with what a model is told of it and who may call it.

    Raises:
        PersonError: The desk has no such tool.
    """
    from frontdesk.tools.authority import definition

    tool = contracts.get(name)
    if tool is None:
        raise PersonError(f"there is no tool {name!r}; {choose(name, contracts)}")
    return {
        "contract": tool.model_dump(mode="json", exclude_defaults=True),
        "definition": definition(tool),
        "who": who_may(tool),
        "asked": who_is_asked(tool),
    }


def who_may(tool: ToolContract) -> str:
    """Say who may call a tool."""
    needs = [f"with the scope {scope}" for scope in tool.scopes]
    needs += [f"in the role {' or '.join(tool.roles)}"] if tool.roles else []
    needs += [f"verified at least {tool.verified}"] if tool.verified != "none" else []
    owner = tool.owner
    if owner is not None:
        fields = [f"the argument {owner.argument}"] * bool(owner.argument)
        fields += [f"the result's {owner.result}"] * bool(owner.result)
        needs.append(f"for what is theirs ({' and '.join(fields)} must be the caller's id)")
    return f"a caller {', '.join(needs)}" if needs else "anybody"


def who_is_asked(tool: ToolContract) -> str:
    """Say who is asked before a call runs."""
    asked = {"never": "nobody", "always": "the customer", "several": "the customer, where several records are meant"}
    first = asked.get(tool.confirm, f"the customer, where {tool.confirm}")
    if not tool.approval:
        return first
    return f"{first}; then a second person{'' if tool.approval == 'always' else f', where {tool.approval}'}"


def described(told: Mapping[str, Any]) -> Iterator[str]:
    """Yield what :func:`shown` returned for a terminal."""
    contract = told["contract"]
    yield f"{contract['name']} ({contract['effect']}): {contract['description']}"
    yield f"who may:  {told['who']}"
    yield f"asked:    {told['asked']}"
    if contract.get("question"):
        yield f"question: {contract['question']}"
    rest = {key: value for key, value in contract.items() if key not in {"name", "effect", "description", "question"}}
    yield from ("", "contract:", *_block(rest), "", "what a model is told:", *_block(told["definition"]))


def _block(data: Any) -> list[str]:
    return [f"  {line}" for line in json.dumps(data, ensure_ascii=False, indent=2).splitlines()]


def open_calls(found: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield what became of open calls."""
    if not found:
        yield "no call is open"
        return
    for one in found:
        since = datetime.fromtimestamp(one["begun"], UTC).isoformat(timespec="seconds")
        after = "" if one["settled"] else "  a person has to look"
        yield f"{one['key'][:12]}  {one['tool']}  {since}  {one['became']}{after}"


__all__ = ["described", "listed", "open_calls", "shown", "table", "who_is_asked", "who_may"]
