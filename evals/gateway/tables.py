"""A back office's tables: read from a folder, copied for each task, put back where a call fails, and compared."""

from __future__ import annotations

import json
import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from frontdesk.errors import DataError
from frontdesk.evals.gateway.material import whole
from frontdesk.evals.lines import read_records

_KEY = "_key"
_VALUES = ("_value", "value")


class Tables(dict[str, Any]):
    """All tables by name; ``tables.orders`` is ``tables["orders"]``, as some functions are written."""

    def __getattr__(self, name: str) -> Any:
        """Return a table."""
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


def read_tables(folder: Path) -> Tables:
    """Read ``db_NAME.jsonl`` and ``db_NAME.json`` (and ``db.json``: all tables in one) of a folder.

    Lines with ``_key`` make a mapping from it to the rest of the record (or to its ``_value``); lines without it make a
    list; a JSON file is taken as it is.

    Raises:
        DataError: There is no such file, or one cannot be read.
    """
    found = Tables()
    for path in sorted([*folder.glob("db_*.jsonl"), *folder.glob("db_*.json"), *folder.glob("db.json")]):
        name = path.stem.removeprefix("db_")
        table = _lines(path) if path.suffix == ".jsonl" else whole(path)
        if path.name == "db.json" and isinstance(table, dict):
            found.update(table)
        else:
            found[name] = table
    if not found:
        raise DataError(f"{folder}: no tables; write db_NAME.jsonl or db_NAME.json")
    return found


def _lines(path: Path) -> Any:
    rows = [record for _, record in read_records(path)]
    if not rows or not all(_KEY in row for row in rows):
        return rows
    return {row[_KEY]: _row({name: value for name, value in row.items() if name != _KEY}) for row in rows}


def _row(row: dict[str, Any]) -> Any:
    return next(iter(row.values())) if len(row) == 1 and next(iter(row)) in _VALUES else row


def frozen(state: Any) -> bytes:
    """Return a copy of a state that nothing can change."""
    return pickle.dumps(state, protocol=pickle.HIGHEST_PROTOCOL)


def thawed(copy: bytes) -> Any:
    """Return a state of its own from :func:`frozen`; never anything that came from outside this process."""
    return pickle.loads(copy)  # noqa: S301 - our own bytes, made a moment ago in this process


def put_back(state: Any, before: Any) -> None:
    """Make ``state`` what it was, in place: tools may hold on to any container in it."""
    if isinstance(state, dict):
        for name in [name for name in state if name not in before]:
            del state[name]
        for name, value in before.items():
            if name in state and type(state[name]) is type(value) and isinstance(value, dict | list):
                put_back(state[name], value)
            else:
                state[name] = value
        # the order of a mapping is what a listing shows
        for name in before:
            state[name] = state.pop(name)
    elif isinstance(state, list):
        kept = [_same_place(state[index], value) if index < len(state) else value for index, value in enumerate(before)]
        state[:] = kept
    elif hasattr(state, "__dict__"):
        state.__dict__.clear()
        state.__dict__.update(before.__dict__)


def _same_place(now: Any, before: Any) -> Any:
    if type(now) is type(before) and isinstance(before, dict | list):
        put_back(now, before)
        return now
    return before


def same(one: Any, other: Any) -> bool:
    """Whether two states are equal through and through: also in type, so that 1 is not true and not 1.0."""
    return _text(one) == _text(other) or _same(one, other)


def _text(state: Any) -> str:
    """Return a state as JSON, or a text of its own where JSON cannot hold it."""
    try:
        return json.dumps(state, sort_keys=True)
    except (TypeError, ValueError, RecursionError):
        return f"?{id(state)}"


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_same(value, other[name]) for name, value in one.items())
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    if hasattr(one, "model_dump") and hasattr(other, "model_dump"):
        return _same(one.model_dump(), other.model_dump())
    return type(one) is type(other) and bool(one == other or (one != one and other != other))


def plain(value: Any) -> Any:
    """Return a function's result as JSON holds it; what JSON has no form for becomes its text."""
    if hasattr(value, "model_dump"):
        return plain(value.model_dump())
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if json.dumps(value) not in {"NaN", "Infinity", "-Infinity"} else str(value)
    return str(value)
