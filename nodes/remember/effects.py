"""What a turn asked for and brought about, as details."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

from langchain_core.messages import AIMessage, AnyMessage, ToolMessage

from frontdesk.graph.state import Proposal
from frontdesk.nodes.remember.details import Detail, Kind, parse

_FIELDS = 6
"""Fields kept of a tool's result; its first ones are its identity and state by convention of the contracts."""
_VALUE = 60
"""Characters of a field's value that is kept; longer ones are prose."""


def of_tools(messages: Sequence[AnyMessage], writes: Set[str], pending: Proposal | None, turn: int) -> list[Detail]:
    """Return what the turn's tool calls came to.

    Args:
        messages: The messages since the customer's.
        writes: Names of the tools that change something.
        pending: The proposal that still waits: its call has not happened.
        turn: The turn's number, from 1.
    """
    results = {m.tool_call_id: m for m in messages if isinstance(m, ToolMessage)}
    details: list[Detail] = []
    for call in (call for m in messages if isinstance(m, AIMessage) for call in m.tool_calls):
        result = results.get(call["id"] or "")
        if result is None or (pending and pending["tool"] == call["name"] and pending["arguments"] == call["args"]):
            continue
        what = named(call["name"], call["args"])
        if result.status == "error":
            details.append(Detail("failed", what, turn))
            continue
        came = _record(str(result.text))
        if came is None:
            continue
        kind: Kind = "done" if call["name"] in writes else "looked up"
        details.append(Detail(kind, f"{what} = {came}" if came else what, turn))
    return details


def of_proposals(old: Sequence[str], pending: Proposal | None, rejected: bool, turn: int) -> list[Detail]:
    """Return what waits for a yes, and what the customer said no to."""
    details: list[Detail] = []
    if rejected:
        open_ones = [detail for entry in old if (detail := parse(entry)) and detail.kind == "open"]
        details.extend(Detail("declined", detail.text, turn) for detail in open_ones)
    if pending:
        details.append(Detail("open", named(pending["tool"], pending["arguments"]), turn))
    return details


def named(tool: str, arguments: Mapping[str, Any]) -> str:
    """Return a call in words: the tool's name in plain words and its scalar arguments."""
    given = [f"{name} {value}" for name, value in _scalars(arguments)]
    words = tool.replace("_", " ")
    return f"{words} ({', '.join(given)})" if given else words


def _record(content: str) -> str | None:
    """Return ``name value`` of the first scalar fields of a result; None for a sentence, which is no result.

    The gateway's results are JSON; a call that waits for the customer's yes is answered by a sentence.
    """
    try:
        result = json.loads(content)
    except ValueError:
        return None
    fields = list(_scalars(result))[:_FIELDS] if isinstance(result, dict) else []
    return ", ".join(f"{name} {value}" for name, value in fields)


def _scalars(values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        if isinstance(value, str | int | float) and 0 < len(str(value)) <= _VALUE:
            yield name.replace("_", " "), value
