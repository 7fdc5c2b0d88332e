"""What read tools told of the customer's own records in this thread, and which row of it the customer meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.messages import AIMessage, AnyMessage, ToolMessage

from frontdesk.models.keyless.conversation import parsed
from frontdesk.models.keyless.words import stems
from frontdesk.nodes.act.said import Said

_POSITIONS = (
    (0, re.compile(r"\b(?:first|1st|newest|latest|last|most recent|recent)\b", re.I)),
    (1, re.compile(r"\b(?:second|2nd)\b", re.I)),
    (2, re.compile(r"\b(?:third|3rd)\b", re.I)),
    (3, re.compile(r"\b(?:fourth|4th)\b", re.I)),
    (-1, re.compile(r"\b(?:last|oldest|earliest|bottom)\b", re.I)),
)
"""Where in a list a customer points; "last" may mean either end."""
POINTED = 2
"""Newest messages of the customer that may point at a place in a list."""


@dataclass(frozen=True, slots=True)
class Read:
    """One answered call of a tool."""

    tool: str
    arguments: Mapping[str, Any]
    data: Any
    """The parsed result, masked."""


def reads_of(messages: Sequence[AnyMessage]) -> list[Read]:
    """Return the calls that were answered with data, oldest first."""
    calls: dict[str, tuple[str, Mapping[str, Any]]] = {}
    found: list[Read] = []
    for message in messages:
        if isinstance(message, AIMessage):
            calls.update({str(call["id"]): (call["name"], call["args"]) for call in message.tool_calls})
        elif isinstance(message, ToolMessage) and message.status != "error":
            name, arguments = calls.get(message.tool_call_id, ("", {}))
            data = parsed(str(message.text))
            if name and data is not None:
                found.append(Read(name, arguments, data))
    return found


def rows_with(data: Any, field: str) -> list[Mapping[str, Any]]:
    """Return the records at any depth that have a plain value in a field, in order."""
    return [row for row in _records(data) if isinstance(row.get(field), str | int | float)]


def meant(value: str, field: str, rows: Sequence[Mapping[str, Any]], said: Said, code: str = "") -> bool:
    """Whether the customer chose the row of a value.

    Args:
        value: What a model gives.
        field: The rows' field that it is said to come from.
        rows: Records of the customer's own.
        said: The customer's words.
        code: Another field of the rows whose value names a row as well; empty for none. No other cell of a row names
            it, not even by looking like an id: what stands there may be anybody's words.

    Returns:
        True where all rows have this one value and the customer speaks of a thing of theirs; where their words fit
        this row better than any other; and where they point at its place. False where only the model chose.
    """
    values = list(dict.fromkeys(str(row[field]) for row in rows))
    named = list(dict.fromkeys(str(row[field]) for row in rows if _names(row, value, (field, code))))
    if len(named) != 1:
        return False
    if len(values) == 1:
        return said.refers
    for age, text in enumerate(said.texts):
        chosen = _worded(values, field, rows, text)
        if not chosen and age < POINTED:
            chosen = [values[at] for at, pattern in _POSITIONS if at < len(values) and pattern.search(text)]
            if named[0] in chosen:
                return True
        if chosen:
            return chosen == named
    return False


def _names(row: Mapping[str, Any], value: str, fields: Sequence[str]) -> bool:
    """Whether a value is one of a row's fields, in any case."""
    cells = [row.get(field) for field in fields if field]
    return any(str(cell).casefold() == value.casefold() for cell in cells if isinstance(cell, str | int | float))


def _worded(values: Sequence[str], field: str, rows: Sequence[Mapping[str, Any]], text: str) -> list[str]:
    """Return the values of the rows that a message has most words in common with; none where all have as many."""
    words = set(stems(text))
    counts = {
        value: len(words & {term for row in rows if str(row[field]) == value for term in _terms(row)})
        for value in values
    }
    best = max(counts.values())
    return [value for value in values if counts[value] == best] if best > min(counts.values()) else []


def _terms(row: Mapping[str, Any]) -> list[str]:
    return stems(" ".join(cell for cell in row.values() if isinstance(cell, str)))


def _records(data: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(data, Mapping):
        yield data
        for part in data.values():
            yield from _records(part)
    elif isinstance(data, list):
        for part in data:
            yield from _records(part)


__all__ = ["Read", "meant", "reads_of", "rows_with"]
