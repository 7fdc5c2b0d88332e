"""Rows as JSON-like values, and arguments as bound ones."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import String, TextClause, bindparam

from frontdesk.tools.backend import Invocation
from frontdesk.tools.reasons import fill
from frontdesk.tools.sql.mapping import Bound, UnmappedError, stored, told
from frontdesk.tools.sql.steps import Prepared, Step


def values(call: Invocation) -> dict[str, Any]:
    """Return what statements may bind: the arguments and the built-in names."""
    now = datetime.fromtimestamp(call.now, UTC)
    return {
        **call.arguments,
        "subject": call.subject,
        "key": call.key,
        "reference": call.key[:8].upper(),
        "today": now.date().isoformat(),
        "now": now.isoformat(timespec="seconds"),
    }


def bound(prepared: Prepared, given: Mapping[str, Any]) -> TextClause:
    """Bind by name; an absent argument is null. UnmappedError: an argument that the contract cannot store."""
    rules = prepared.step.bind
    return prepared.clause.bindparams(*(_parameter(name, given.get(name), rules.get(name)) for name in prepared.names))


def _parameter(name: str, value: Any, rule: Bound | None) -> Any:
    """Null is given a type, because PostgreSQL asks for one. Lists and records go as JSON text."""
    if rule is not None:
        value = stored(name, value, rule)
    if value is None:
        return bindparam(name, None, type_=String())
    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False)
    return bindparam(name, value)


def plain(row: Mapping[Any, Any], step: Step) -> dict[str, Any]:
    """Return a row as the contract tells it: decimals as floats, dates as ISO texts.

    Raises:
        UnmappedError: a value that no rule of the contract fits, or that JSON does not have.
    """
    return {name: _plain(name, value) for name, value in told({str(k): v for k, v in row.items()}, step).items()}


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if value is None or isinstance(value, str | int | float | bool | list | dict):
        return value
    raise UnmappedError(name)


def named(step: Step, rows: Sequence[Mapping[Any, Any]]) -> str:
    """Return the rows in the words of ``each``: ``1 x lamp, 2 x chair and 1 x rug``."""
    parts = [fill(step.each, plain(row, step)) for row in rows]
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
