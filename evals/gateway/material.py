"""Reads a back office as others have written it down: tool schemas, signatures, tasks and tables."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from frontdesk.errors import DataError
from frontdesk.evals.gateway.signatures import from_signature
from frontdesk.evals.lines import read_records

READS = frozenset(
    {
        "calculate", "check", "compare", "compute", "count", "describe", "estimate", "exists", "fetch",
        "find", "get", "has", "have", "is", "list", "locate", "look", "lookup", "query", "quote", "read",
        "retrieve", "search", "show", "status", "think", "track", "validate", "verify", "view", "who",
        "whoami"
    }
)  # fmt: skip
"""First words of a tool that only looks; any other tool is a write until its signature says otherwise."""
_PARTICLES = frozenset({"in", "off", "out"})
"""After a first word: ``check_out`` only looks as if it looked."""
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_PARAMETERS = ("parameters", "input_schema", "inputSchema", "args_schema", "schema", "input", "arguments")
_OWN = frozenset({"name", "description", "title", "strict", "type"})

Effect = Literal["read", "write"]


@dataclass(frozen=True, slots=True)
class ToolSpec:
    """One tool as the back office describes it."""

    name: str
    description: str
    parameters: Mapping[str, Any]
    """JSON Schema as it was found."""
    effect: Effect


@dataclass(frozen=True, slots=True)
class Action:
    """One call of a task."""

    name: str
    arguments: Mapping[str, Any] = field(repr=False)
    by_user: bool = False
    """The customer's own doing (``requestor: user``): no call of the desk's."""


@dataclass(frozen=True, slots=True)
class Task:
    """One request with the calls that serve it."""

    id: str
    actions: Sequence[Action]
    faults: Sequence[str] = ()
    """What could not be read of it, in closed words."""


def words_of(name: str) -> list[str]:
    """Return the words of a name, small: ``GetOrder-v2`` gives get, order, v, 2."""
    return [word.lower() for word in _WORDS.findall(name)]


def records(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON Lines file, or of a JSON file that holds a list (or one under any key).

    Raises:
        DataError: The file cannot be read, or holds something else.
    """
    if path.suffix != ".json":
        yield from (record for _, record in read_records(path))
        return
    value = whole(path)
    if isinstance(value, dict):
        lists = [item for item in value.values() if isinstance(item, list)]
        value = lists[0] if len(lists) == 1 else [value]
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise DataError(f"{path}: no list of objects; write JSON Lines, or one list of objects")
    yield from value


def whole(path: Path) -> Any:
    """Return what a JSON file holds. DataError: it cannot be read."""
    try:
        return json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({type(error).__name__})") from None
    except (ValueError, RecursionError):
        raise DataError(f"{path}: not JSON") from None


def read_tools(path: Path) -> list[ToolSpec]:
    """Read tool schemas, and beside them ``tool_signatures`` (``kind``: read, write or generic) where there are any.

    Raises:
        DataError: A file cannot be read, a tool has no name, or a name stands twice.
    """
    signatures = _signatures(path.parent)
    found: dict[str, ToolSpec] = {}
    for number, record in enumerate(records(path), 1):
        inner = record.get("function")
        function = inner if isinstance(inner, Mapping) else record
        name = function.get("name") or function.get("title")
        if not isinstance(name, str) or not name.strip() or name in found:
            raise DataError(f"{path}: tool {number} has no name of its own; write `name`, each once")
        description = function.get("description")
        text = description if isinstance(description, str) else ""
        found[name] = ToolSpec(name, text, _parameters(function), effect_of(name, _kind(signatures.get(name))))
    if not found:
        raise DataError(f"{path}: no tools; write one tool per line")
    for name, record in signatures.items():
        # a tool that has a signature and no schema: its parameters say what the schema would
        if name not in found and isinstance(record.get("params"), list) and not record.get("user_side"):
            text = str(record.get("description") or "")
            found[name] = ToolSpec(name, text, from_signature(record["params"]), effect_of(name, _kind(record)))
    return list(found.values())


def effect_of(name: str, kind: str) -> Effect:
    """Return what a tool does to the data: as its signature says, else by its first word; unknown is a write."""
    if kind in {"read", "write"}:
        return "read" if kind == "read" else "write"
    words = words_of(name)
    return "read" if words and words[0] in READS and not _PARTICLES.intersection(words[1:2]) else "write"


def _signatures(folder: Path) -> dict[str, dict[str, Any]]:
    for name in ("tool_signatures.jsonl", "tool_signatures.json"):
        if (folder / name).is_file():
            return {str(item.get("name")): item for item in records(folder / name)}
    return {}


def _kind(record: Mapping[str, Any] | None) -> str:
    return str((record or {}).get("kind", "")).lower()


def _parameters(function: Mapping[str, Any]) -> Mapping[str, Any]:
    for key in _PARAMETERS:
        if isinstance(function.get(key), Mapping):
            return dict(function[key])
    if "properties" in function:
        return {key: value for key, value in function.items() if key not in _OWN}
    return {}


def read_tasks(path: Path) -> list[Task]:
    """Read tasks: ``actions`` (or ``evaluation_criteria.actions``) with ``name`` and ``arguments`` (or ``kwargs``).

    Raises:
        DataError: The file cannot be read. What is odd in one task is a fault of that task.
    """
    return [_task(number, record) for number, record in enumerate(records(path))]


def _task(number: int, record: Mapping[str, Any]) -> Task:
    criteria = record.get("evaluation_criteria")
    given = record.get("actions")
    if given is None and isinstance(criteria, Mapping):
        given = criteria.get("actions")
    faults = ["initial_state"] if record.get("initial_state") else []
    actions = []
    for item in given if isinstance(given, list) else []:
        action = _action(item)
        if action is None:
            faults.append("unreadable_action")
        else:
            actions.append(action)
    return Task(str(record.get("id", record.get("task_id", number))), actions, faults)


def _action(item: Any) -> Action | None:
    if not isinstance(item, Mapping):
        return None
    inner = item.get("function")
    call = inner if isinstance(inner, Mapping) else item
    name = call.get("name") or call.get("tool") or (inner if isinstance(inner, str) else None)
    given: Any = next(
        (call[key] for key in ("arguments", "kwargs", "args", "parameters") if call.get(key) is not None), {}
    )
    if isinstance(given, str):
        try:
            given = json.loads(given or "{}")
        except ValueError:
            return None
    if not isinstance(name, str) or not isinstance(given, Mapping):
        return None
    return Action(name, dict(given), by_user=item.get("requestor", item.get("actor", "assistant")) == "user")
