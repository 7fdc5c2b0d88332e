"""The sql connector: statements stand in the contract, values are bound, everything runs in one transaction.

``options: {steps: [...]}``, each step one of

* ``one: SELECT …`` its row's columns become fields of the result; no row: ``not_found``; two: refused;
* ``many: SELECT …`` with ``into: name``: its rows become a list under that name; more than ``limit`` (200) are
  refused unless ``truncated: name`` names a field that says so;
* ``write: INSERT/UPDATE/DELETE …`` with ``rows: 1`` (or ``[fewest, most]``): another number of rows rolls everything
  back and refuses with ``otherwise`` (a closed reason) and ``message`` (what the customer reads).

Bound names are the tool's arguments (absent: null), and ``:subject``, ``:key`` (idempotency key), ``:reference`` (its
first eight digits, for people), ``:today`` and ``:now`` (UTC, ISO 8601). ``map``, ``trim``, ``codes``, ``dates``,
``scale`` and ``bind`` of a step translate a legacy schema (``tools/sql/mapping.py``). ``keys: table`` beside ``steps``
has the write's key inserted in the same transaction (``tools/sql/keys.py``). Other databases than the desk's own are
``connections`` of kind ``sql`` (``tools/sql/databases.py``). For SQLite and PostgreSQL, through asyncio.
"""

from __future__ import annotations

import json
import logging
import math
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from frontdesk.errors import ConfigurationError, ToolFailedError
from frontdesk.tools.backend import Invocation, Resources
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.reasons import TEXTS, failed, refused, unknown
from frontdesk.tools.sql import checking, faults, keys
from frontdesk.tools.sql.databases import Database, databases
from frontdesk.tools.sql.mapping import UnmappedError
from frontdesk.tools.sql.rows import values
from frontdesk.tools.sql.running import run_step
from frontdesk.tools.sql.steps import Prepared, Program, program
from frontdesk.tools.sql.transactions import Transaction, transaction

logger = logging.getLogger(__name__)
DATABASE = (SQLAlchemyError, OSError)
"""What a database's faults are raised as; TimeoutError is an OSError."""


@dataclass(frozen=True, slots=True)
class _Use:
    database: Database
    timeout: float = math.inf
    """Seconds, of the contract."""


class SqlBackend:
    """Runs the statements of contracts on the desk's databases."""

    def __init__(self, engine: AsyncEngine | None = None, named: Mapping[str, Database] | None = None) -> None:
        """Take the desk's own engine (who made it disposes of it), or all databases by connection's name."""
        own = {"": Database(engine)} if engine is not None else {}
        self._databases: Mapping[str, Database] = {**own, **(named or {})}
        self._uses: dict[str, _Use] = {}
        self._keys: set[tuple[str, str]] = set()
        self._programs: dict[int, tuple[Mapping[str, Any], Program]] = {}

    def check(self, contract: ToolContract) -> list[str]:
        """See :class:`~frontdesk.tools.backend.Backend`. Contacts nothing; notes which database the tool is for."""
        database = self._databases.get(contract.connector.connection)
        if database is None:
            known = ", ".join(sorted(name for name in self._databases if name)) or "none"
            return [f"connector.connection must name a connection of kind sql; there are: {known}"]
        self._uses[contract.name] = _Use(database, contract.timeout)
        found = checking.problems(contract, database.options.keys)
        named = checking.keys_of(contract, database.options.keys)
        if named and not found:
            self._keys.add((contract.connector.connection, named))
        return found

    async def ready(self) -> None:
        """See that the tables of keys are there. ConfigurationError: lists those that are not, with what to run."""
        lacking = [(where, name) for where, name in sorted(self._keys) if await self._lacks(where, name)]
        if lacking:
            raise ConfigurationError("\n".join(checking.lacking(where, name) for where, name in lacking))

    async def _lacks(self, where: str, name: str) -> bool:
        try:
            return await keys.missing(self._databases[where].engine, name)
        except DATABASE as error:
            place = f"connections.{where}" if where else "the desk's database"
            raise ConfigurationError(f"{place} cannot be used ({faults.meaning(error)})") from None

    async def close(self) -> None:
        """See :class:`~frontdesk.tools.backend.Backend`."""
        for database in self._databases.values():
            if database.ours:
                await database.engine.dispose()

    async def run(self, options: Mapping[str, Any], call: Invocation) -> dict[str, Any]:
        """See :class:`~frontdesk.tools.backend.Backend`. Nothing is committed unless there was a ``write`` step."""
        use = self._uses.get(call.tool) or _Use(self._databases[""])
        asked = self._program(options)
        deadline = min(call.deadline, time.monotonic() + use.timeout)
        try:
            async with transaction(use.database, deadline, writes=asked.writes) as opened:
                result = await self._steps(opened, asked, use.database, call)
                if asked.writes:
                    await _commit(opened, call.tool)
        except UnmappedError as error:
            logger.warning("tool %s: the database holds a value that the contract does not know: %s", call.tool, error)
            raise failed(call.tool, "bad_output") from None
        except DATABASE as error:
            # Before the commit: the connection's close rolls back, so nothing happened.
            raise _failed(call.tool, error) from error
        return result

    async def _steps(self, opened: Transaction, asked: Program, database: Database, call: Invocation) -> dict[str, Any]:
        given, result = values(call), dict[str, Any]()
        repeated = asked.writes and await _repeated(
            opened, asked.keys or database.options.keys, call, str(given["now"])
        )
        for prepared in asked.steps[asked.telling if repeated else 0 :]:
            await _step(opened, prepared, given, call.tool, result)
        if len(json.dumps(result, default=str)) > database.options.max_bytes:
            logger.warning("tool %s: the result has more than %d bytes", call.tool, database.options.max_bytes)
            raise ToolFailedError(call.tool, "result_too_large", TEXTS["unavailable"])
        return result

    def _program(self, options: Mapping[str, Any]) -> Program:
        """Prepare a contract's options once; the contract keeps them alive, and so does this."""
        found = self._programs.get(id(options))
        if found is None or found[0] is not options:
            found = (options, program(options))
            self._programs[id(options)] = found
        return found[1]


async def _repeated(opened: Transaction, table: str, call: Invocation, now: str) -> bool:
    """Note the key. Return whether it was there, so that the write happened already."""
    return bool(table and call.key) and not await keys.first(opened.connection, table, call.key, call.tool, now)


async def _step(
    opened: Transaction, prepared: Prepared, given: Mapping[str, Any], tool: str, result: dict[str, Any]
) -> None:
    try:
        await run_step(opened.connection, prepared, given, tool, result)
    except SQLAlchemyError as error:
        if prepared.step.form != "write" or faults.meaning(error) != "constraint":
            raise
        raise refused(tool, prepared.step.otherwise, prepared.step.message) from error


async def _commit(opened: Transaction, tool: str) -> None:
    try:
        await opened.commit()
    except TimeoutError:
        raise
    except DATABASE as error:
        if faults.undone(error):
            raise
        logger.warning("tool %s: nobody knows whether the commit went through (%s)", tool, faults.meaning(error))
        raise unknown(tool) from error


def _failed(tool: str, error: BaseException) -> ToolFailedError:
    kind = faults.meaning(error)
    if kind == "read_only":
        logger.error("tool %s: a read of its contract writes; the database refused it", tool)
        return ToolFailedError(tool, "read_only", TEXTS["unavailable"])
    logger.warning("tool %s: the database said no (%s %s)", tool, kind, faults.sqlstate(error))
    return failed(tool)


def build(resources: Resources) -> SqlBackend:
    """Build the connector.

    Raises:
        ConfigurationError: there is no database, or a connection's options are wrong.
    """
    found = databases(resources)
    if not found:
        raise ConfigurationError("the sql connector needs a database: the desk's own, or a connection of kind sql")
    return SqlBackend(named=found)
