"""What a turn asked for and brought about, as details."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

from langchain_core.messages import AIMessage, AnyMessage, ToolMessage

from frontdesk.desk.config import Intent
from frontdesk.graph.approved import ApprovalNews
from frontdesk.graph.state import Command, PlannedCall, Proposal, Task
from frontdesk.nodes.remember.details import OPEN, Detail, Kind, parse

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
    open_calls = [(step["tool"], step["arguments"]) for step in _steps(pending)]
    details: list[Detail] = []
    for call in (call for m in messages if isinstance(m, AIMessage) for call in m.tool_calls):
        result = results.get(call["id"] or "")
        if result is None or (call["name"], call["args"]) in open_calls:
            continue
        what = named(call["name"], call["args"])
        if result.status == "error":
            details.append(Detail("failed", what, turn))
            continue
        came = _record(str(result.text), call["args"])
        if came is None:
            continue
        kind: Kind = "done" if call["name"] in writes else "looked up"
        details.append(Detail(kind, f"{what} = {came}" if came else what, turn))
    return details


def of_news(news: Sequence[ApprovalNews], turn: int) -> list[Detail]:
    """Return what became of calls that waited for a second person, as this turn's reply says it."""
    kinds: Mapping[str, Kind] = {"done": "done", "denied": "failed", "refused": "failed", "expired": "failed"}
    return [
        Detail(kinds[each["became"]], named(each["tool"], each["arguments"]), turn)
        for each in news
        if each["became"] in kinds
    ]


def of_proposals(old: Sequence[str], pending: Proposal | None, rejected: bool, turn: int) -> list[Detail]:
    """Return what waits for a yes, and what the customer said no to."""
    details: list[Detail] = []
    if rejected:
        open_ones = [detail for entry in old if (detail := parse(entry)) and detail.kind == "open"]
        details.extend(Detail("declined", detail.text, turn) for detail in open_ones)
    details.extend(Detail("open", named(step["tool"], step["arguments"]), turn) for step in _steps(pending))
    return details


def _steps(pending: Proposal | None) -> Sequence[Proposal | PlannedCall]:
    """Return the calls of a proposal, in order."""
    return (pending.get("calls") or [pending]) if pending else []


def of_tasks(
    task: Task | None, waiting: Sequence[Task], intents: Mapping[str, Intent], turn: int, *, proposed: bool
) -> list[Detail]:
    """Return the requests that are not finished, with what the customer has given for them.

    Args:
        task: The one in hand; one that nothing was given for and nothing is asked of is no form.
        waiting: Those whose turn will come, or that a digression interrupted; the next one first.
        intents: By name; a request is called by its intent's title.
        turn: From 1.
        proposed: Whether a call waits for a yes: then the one in hand is that call.
    """
    details: list[Detail] = []
    if task and not proposed and (task.get("slots") or task.get("asked")) and task["intent"] in intents:
        details.append(Detail("begun", _form(task, intents[task["intent"]].title), turn))
    for each in waiting:
        if each["intent"] in intents:
            details.append(Detail("waiting", _form(each, intents[each["intent"]].title), turn))
    return details


def of_cancelled(
    old: Sequence[str], commands: Sequence[Command], intents: Mapping[str, Intent], turn: int
) -> list[Detail]:
    """Return the half-filled requests that the customer gave up."""
    titles = {intents[name].title for command in commands if (name := _cancelled(command)) in intents}
    left = [detail for entry in old if (detail := parse(entry)) and detail.kind in {"begun", "waiting"}]
    given_up = [detail for detail in left if detail.text.split(" (", 1)[0] in titles]
    return [
        Detail("declined", re.sub(r"[,(] ?asked for [^,)]*\)$", ")", detail.text).replace(" )", ""), turn)
        for detail in given_up
    ]


def slots_of(old: Sequence[str], names: Sequence[str]) -> dict[str, str]:
    """Return the values that the unfinished requests of a ledger have, by property."""
    texts = [detail.text for entry in old if (detail := parse(entry)) and detail.kind in OPEN]
    found = (
        (name, re.search(rf"[(,] ?{re.escape(name.replace('_', ' '))} ([^,()]+)", text))
        for text in texts
        for name in names
    )
    return {name: match[1].strip() for name, match in found if match}


def _form(task: Task, title: str) -> str:
    asked = [f"asked for {task['asked'].replace('_', ' ')}"] if task.get("asked") else []
    given = [f"{name} {value}" for name, value in _scalars(task.get("slots") or {})]
    return f"{title} ({', '.join([*given, *asked])})" if given or asked else title


def _cancelled(command: Command) -> str:
    return command.get("intent", "") if command["kind"] == "cancel" else ""


def named(tool: str, arguments: Mapping[str, Any]) -> str:
    """Return a call in words: the tool's name in plain words and its scalar arguments."""
    given = [f"{name} {value}" for name, value in _scalars(arguments)]
    words = tool.replace("_", " ")
    return f"{words} ({', '.join(given)})" if given else words


def _record(content: str, arguments: Mapping[str, Any]) -> str | None:
    """Return ``name value`` of a result's first scalar fields that the call does not say; None for a sentence.

    The gateway's results are JSON; a call that waits for the customer's yes is answered by a sentence.
    """
    try:
        result = json.loads(content)
    except ValueError:
        return None
    known = set(_scalars(arguments))
    fields = [pair for pair in _scalars(result) if pair not in known][:_FIELDS] if isinstance(result, dict) else []
    return ", ".join(f"{name} {value}" for name, value in fields)


def _scalars(values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        if isinstance(value, str | int | float) and 0 < len(str(value)) <= _VALUE:
            yield name.replace("_", " "), value
