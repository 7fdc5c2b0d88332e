"""Runs one step in an open transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.tools.reasons import refused
from frontdesk.tools.sql.mapping import UnmappedError
from frontdesk.tools.sql.rows import bound, named, plain
from frontdesk.tools.sql.steps import Prepared, Step

MAX_NAMED = 12
"""Rows that a refusal names for the customer to choose from."""
TOO_MANY = "There are more entries than I can show at once. Please tell me more exactly what you are looking for."

UNKNOWN = "That is not a value that this system knows. Nothing was done."


async def run_step(
    connection: AsyncConnection, prepared: Prepared, given: Mapping[str, Any], tool: str, result: dict[str, Any]
) -> None:
    """Run a step and put what it tells into ``result``.

    Raises:
        ToolRefusedError: no row, too many, or another number than a change must have.
        UnmappedError: a value that no rule of the contract fits.
        sqlalchemy.exc.SQLAlchemyError, OSError: the database's fault.
    """
    step = prepared.step
    try:
        statement = bound(prepared, given)
    except UnmappedError:
        raise refused(tool, "not_valid", UNKNOWN) from None
    done = await connection.execute(statement)
    if step.form == "write":
        rows = list(done.mappings().fetchmany(MAX_NAMED)) if done.returns_rows else []
        touched = len(rows) if done.returns_rows else done.rowcount
        if not step.allows(touched):
            raise refused(tool, step.otherwise, step.message)
        if len(rows) == 1:
            result.update(plain(rows[0], step))
    elif step.form == "many":
        _many(step, list(done.mappings().fetchmany(step.limit + 1)), tool, result)
    else:
        result.update(_one(step, list(done.mappings().fetchmany(MAX_NAMED)), tool))


def _many(step: Step, rows: list[RowMapping], tool: str, result: dict[str, Any]) -> None:
    """A list that was cut short says so, or is not given at all: whoever reads it would take it for the whole."""
    if len(rows) > step.limit and not step.truncated:
        raise refused(tool, "too_many", TOO_MANY)
    if step.truncated:
        result[step.truncated] = len(rows) > step.limit
    result[step.into] = [plain(row, step) for row in rows[: step.limit]]


def _one(step: Step, rows: list[RowMapping], tool: str) -> dict[str, Any]:
    if not rows:
        raise refused(tool, "not_found")
    if len(rows) > 1:
        raise refused(tool, step.otherwise, step.message.replace("{each}", named(step, rows)))
    return plain(rows[0], step)
