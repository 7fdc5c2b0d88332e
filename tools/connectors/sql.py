"""The sql connector: statements stand in the contract, values are bound, everything runs in one transaction.

``options: {steps: [...]}``, each step one of

* ``one: SELECT …`` its row's columns become fields of the result; no row: ``not_found``; two: refused;
* ``many: SELECT …`` with ``into: name``: its rows become a list under that name;
* ``write: INSERT/UPDATE/DELETE …`` with ``rows: 1``: another number of rows rolls everything back and refuses with
  ``otherwise`` (a closed reason) and ``message`` (what the customer reads).

Bound names are the tool's arguments (absent: null), and ``:subject``, ``:key`` (idempotency key), ``:reference`` (its
first eight digits, for people), ``:today`` and ``:now`` (UTC, ISO 8601). For SQLite and PostgreSQL, through asyncio.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import String, TextClause, bindparam, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from frontdesk.errors import ConfigurationError
from frontdesk.tools.backend import Invocation, Resources
from frontdesk.tools.contract import NAME, ToolContract
from frontdesk.tools.reasons import failed, fill, refused, unknown

BUILT_IN = frozenset({"subject", "key", "reference", "today", "now"})
MAX_ROWS = 200
"""Of one ``many`` step: a result is read by a model."""
MAX_NAMED = 12
"""Rows that a refusal names for the customer to choose from."""


class Step(BaseModel):
    """One statement."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    one: str | None = None
    many: str | None = None
    write: str | None = None
    into: str = ""
    """Name of the list that a ``many`` step fills."""
    rows: int = Field(default=1, ge=0)
    """How many rows a ``write`` step must touch."""
    otherwise: str = Field(default="not_possible", pattern=NAME)
    """Closed reason when it touches another number, or when a ``one`` step finds two rows."""
    each: str = ""
    """One of several rows of a ``one`` step in words, ``{quantity} x {product}``: ``{each}`` in ``message``."""
    message: str = "That is not possible any more. Nothing was changed."
    """What the customer reads then; ``{argument}`` stands for an argument."""

    @property
    def form(self) -> Literal["one", "many", "write"]:
        """Which kind of step it is."""
        return "one" if self.one else "many" if self.many else "write"

    @property
    def clause(self) -> TextClause:
        """The statement."""
        return text(self.one or self.many or self.write or "")


class SqlBackend:
    """Runs the statements of contracts on one database."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Take the engine; who made it disposes of it."""
        self._engine = engine

    def check(self, contract: ToolContract) -> list[str]:
        """See :class:`~frontdesk.tools.backend.Backend`. Contacts nothing."""
        allowed = set(contract.input.get("properties", {})) | BUILT_IN
        problems = _problems(contract.connector.options, allowed, writes=contract.effect == "write")
        if contract.precheck is not None:
            problems += [f"precheck: {item}" for item in _problems(contract.precheck.options, allowed, writes=False)]
        return problems

    async def run(self, options: Mapping[str, Any], call: Invocation) -> dict[str, Any]:
        """See :class:`~frontdesk.tools.backend.Backend`. Nothing is committed unless there was a ``write`` step."""
        steps = _steps(options)
        values = _values(call)
        result: dict[str, Any] = {}
        async with self._engine.connect() as connection:
            try:
                for step in steps:
                    await _do(connection, step, values, call.tool, result)
            except (SQLAlchemyError, OSError) as error:
                # Before the commit: the connection's close rolls back, so nothing happened.
                raise failed(call.tool) from error
            if any(step.form == "write" for step in steps):
                try:
                    await connection.commit()
                except (SQLAlchemyError, OSError) as error:
                    raise unknown(call.tool) from error
        return result


async def _do(
    connection: AsyncConnection, step: Step, values: Mapping[str, Any], tool: str, result: dict[str, Any]
) -> None:
    done = await connection.execute(_bound(step.clause, values))
    if step.form == "write":
        if done.rowcount != step.rows:
            raise refused(tool, step.otherwise, step.message)
    elif step.form == "many":
        result[step.into] = [_plain(row) for row in done.mappings().fetchmany(MAX_ROWS)]
    else:
        rows = done.mappings().fetchmany(MAX_NAMED)
        if not rows:
            raise refused(tool, "not_found")
        if len(rows) > 1:
            raise refused(tool, step.otherwise, step.message.replace("{each}", _named(step, rows)))
        result.update(_plain(rows[0]))


def _named(step: Step, rows: Sequence[Mapping[Any, Any]]) -> str:
    parts = [fill(step.each, _plain(row)) for row in rows]
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


def _bound(clause: TextClause, values: Mapping[str, Any]) -> TextClause:
    """Bind by name. Null is given a type, because PostgreSQL asks for one."""
    names = clause.compile().params
    return clause.bindparams(
        *(
            bindparam(name, values.get(name), type_=String())
            if values.get(name) is None
            else bindparam(name, values[name])
            for name in names
        )
    )


def _values(call: Invocation) -> dict[str, Any]:
    now = datetime.fromtimestamp(call.now, UTC)
    return {
        **call.arguments,
        "subject": call.subject,
        "key": call.key,
        "reference": call.key[:8].upper(),
        "today": now.date().isoformat(),
        "now": now.isoformat(timespec="seconds"),
    }


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Return a row as JSON-like values: decimals as floats, dates as ISO texts."""
    return {
        str(name): float(value)
        if isinstance(value, Decimal)
        else value.isoformat()
        if isinstance(value, date | datetime)
        else value
        for name, value in row.items()
    }


def _steps(options: Mapping[str, Any]) -> list[Step]:
    return [Step.model_validate(step) for step in options["steps"]]


def _problems(options: Mapping[str, Any], allowed: set[str], *, writes: bool) -> list[str]:
    if set(options) != {"steps"} or not isinstance(options["steps"], list) or not options["steps"]:
        return ["options must be {steps: [...]} with at least one step"]
    problems = []
    for number, raw in enumerate(options["steps"], start=1):
        try:
            step = Step.model_validate(raw)
        except ValidationError as error:
            fields = ", ".join(".".join(str(part) for part in item["loc"]) for item in error.errors())
            problems.append(f"step {number}: wrong or unknown field: {fields}")
            continue
        problems += [f"step {number}: {problem}" for problem in _step_problems(step, allowed, writes=writes)]
    return problems


def _step_problems(step: Step, allowed: set[str], *, writes: bool) -> list[str]:
    problems = []
    if sum(part is not None for part in (step.one, step.many, step.write)) != 1:
        return ["must have exactly one of one, many, write"]
    if step.form == "many" and not step.into:
        problems.append("many needs into")
    if step.form == "write" and not writes:
        problems.append("a read may not write")
    strange = sorted(set(step.clause.compile().params) - allowed)
    if strange:
        problems.append(f"binds {', '.join(strange)}; allowed: {', '.join(sorted(allowed))}")
    return problems


def build(resources: Resources) -> SqlBackend:
    """Build the connector. ConfigurationError: there is no database."""
    if not isinstance(resources.engine, AsyncEngine):
        raise ConfigurationError("the sql connector needs a database")
    return SqlBackend(resources.engine)
