"""Values that a read lists: an item is one of those that the order holds.

A property with ``x-from: {tool: get_order, list: items, field: name}`` is not read out of the customer's words alone:
the tool is called with what is known already, and the words choose among what it lists. ``show`` words a row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from frontdesk.models.keyless.choice import Tool, name_of
from frontdesk.models.keyless.conversation import Conversation, Result
from frontdesk.models.keyless.pointing import position_said
from frontdesk.models.keyless.slots import Filled, asked_for, excerpt
from frontdesk.models.keyless.words import stems
from frontdesk.tools.reasons import fill as fill_in

_NOT_THAT = re.compile(r"\b(?:not|except|instead of|rather than)\s+(?:the|my|a|an)\s+\w+(?:\s+\w+)?", re.I)
_CODE = re.compile(r"(?=.*\d)[\w-]+")
_ALL = re.compile(r"\b(?:all|both|everything|each|every)\b", re.I)


@dataclass(frozen=True, slots=True)
class Source:
    """Where one property's values are listed."""

    name: str
    """The property."""
    tool: str
    rows: str
    """Field of the tool's result that holds the list."""
    field: str
    """Field of a row that is the value."""
    show: str
    """How a row reads to the customer, such as ``{quantity} x {name}``."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the lists say of a tool's arguments."""

    arguments: Mapping[str, Any]
    lookup: str = ""
    """Name of the read to call first; empty for none."""
    given: Mapping[str, Any] | None = None
    """Its arguments."""
    name: str = ""
    """Property for which only the customer can choose among the options."""
    options: tuple[str, ...] = ()
    several: bool = False
    """Whether the customer wants more than one of them."""
    unheard: bool = False
    """Whether the customer was asked to choose, and the answer fits none."""


def sources(tool: Tool) -> list[Source]:
    """Return the tool's properties whose values another tool lists."""
    properties = (tool["function"].get("parameters") or {}).get("properties") or {}
    return [
        Source(name, given["tool"], given["list"], given["field"], given.get("show") or f"{{{given['field']}}}")
        for name, spec in properties.items()
        if (given := spec.get("x-from"))
    ]


def names_found(results: Sequence[Result]) -> set[str]:
    """Return the names of all values that results hold."""
    names: set[str] = set()
    stack: list[Any] = [result.data for result in results]
    while stack:
        value = stack.pop()
        if isinstance(value, Mapping):
            names |= {str(key) for key in value}
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)
    return names


def choose(
    conversation: Conversation,
    tool: Tool,
    tools: Sequence[Tool],
    filled: Filled,
    *,
    kept: Mapping[str, Any] | None = None,
) -> Choice:
    """Settle the properties that are chosen from lists.

    Args:
        conversation: The reading; results of this turn and of earlier ones are looked at.
        tool: The tool that is to be called.
        tools: All that are offered: a source that is not among them settles nothing.
        filled: What the words alone give.
        kept: What was given before, where the words count only as far as they change it.

    Returns:
        The arguments, or what is needed first: a lookup, or the customer's choice. A list of one row needs none, and
        the property is left out.
    """
    arguments = dict(filled.arguments)
    offered = {name_of(each): each for each in tools}
    for source in sources(tool):
        if source.tool not in offered:
            continue
        schema = offered[source.tool]["function"].get("parameters") or {}
        given = {key: arguments[key] for key in schema.get("properties", {}) if key in arguments}
        if not set(schema.get("required") or ()) <= set(given):
            continue
        rows = _rows(conversation, source, given)
        if rows is None:
            if any(result.tool == source.tool for result in conversation.results):
                continue  # it was called and lists nothing: the gateway has the last word
            return Choice(arguments, lookup=source.tool, given=given)
        settled = arguments.pop(source.name, None)
        if len(rows) < 2:
            continue
        found = _kept(settled, source, rows) if conversation.given is not None else ()
        found = found or _meant(conversation, tool, source, rows) or _kept((kept or {}).get(source.name), source, rows)
        if len(found) == 1:
            arguments[source.name] = str(found[0][source.field])
            continue
        options = tuple(fill_in(source.show, row) for row in found or rows)
        asked = asked_for(conversation, tool["function"]["parameters"]["properties"][source.name], source.name)
        several = asked and bool(_ALL.search(conversation.latest))
        unheard = asked and not found and not conversation.results
        return Choice(arguments, name=source.name, options=options, several=several, unheard=unheard)
    return Choice(arguments)


def _kept(value: Any, source: Source, rows: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """Return the row of a value that was settled before; none where it is no row's."""
    return [row for row in rows if value is not None and str(row[source.field]) == value][:1]


def _rows(conversation: Conversation, source: Source, given: Mapping[str, Any]) -> list[Mapping[str, Any]] | None:
    """Return what the newest call with the same arguments listed; None when there was none."""
    results: list[Result] = [*reversed(conversation.results), *conversation.earlier]
    for result in results:
        same = all(result.arguments.get(key) == value for key, value in given.items())
        listed = result.data.get(source.rows) if isinstance(result.data, Mapping) else None
        if result.tool == source.tool and same and isinstance(listed, list):
            return [row for row in listed if isinstance(row, Mapping) and source.field in row]
    return None


def _meant(
    conversation: Conversation, tool: Tool, source: Source, rows: Sequence[Mapping[str, Any]]
) -> Sequence[Mapping[str, Any]]:
    """Return the rows that the newest message naming any has most words in common with; none when none does."""
    spec = tool["function"]["parameters"]["properties"][source.name]
    terms = [set(stems(_names(source, row))) for row in rows]
    for age, text in enumerate(map(excerpt, conversation.task)):
        said = set(stems(_NOT_THAT.sub(" ", text)))
        counts = [len(said & own) for own in terms]
        if max(counts):
            return [row for row, count in zip(rows, counts, strict=True) if count == max(counts)]
        shown = any(result.tool == source.tool for result in conversation.earlier[:1])
        loose = age == 0 and (shown or asked_for(conversation, spec, source.name))
        at = position_said(text, alone=not loose)
        if at is not None and (loose or age < len(conversation.task) - 1):
            return rows[at : at + 1]
    return []


def _names(source: Source, row: Mapping[str, Any]) -> str:
    """Return what a customer may call a row: its value, and codes such as an article number."""
    codes = [value for value in row.values() if isinstance(value, str) and _CODE.fullmatch(value)]
    return " ".join([str(row[source.field]), *codes])
