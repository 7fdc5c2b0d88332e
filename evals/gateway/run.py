"""Replays a back office's tasks through the gateway and beside it, and counts."""

from __future__ import annotations

import random
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from frontdesk.desk.load import Desk
from frontdesk.errors import DataError
from frontdesk.evals.gateway import retail
from frontdesk.evals.gateway.contracts import Named, named
from frontdesk.evals.gateway.folder import TENANT, write_desk
from frontdesk.evals.gateway.loading import binder, load_module, loader
from frontdesk.evals.gateway.material import Task, ToolSpec, read_tasks, read_tools
from frontdesk.evals.gateway.offices import Bind, Office, recorded
from frontdesk.evals.gateway.replay import Outcome, Replay
from frontdesk.evals.gateway.tables import frozen, read_tables
from frontdesk.evals.lines import check_target, write_records
from frontdesk.graph.persistence.connect import connect
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.stores import stores_for
from frontdesk.tools.audit import MemoryAudit
from frontdesk.tools.backend import Resources
from frontdesk.tools.gateway import ToolGateway
from frontdesk.tools.ledger import MemoryLedger
from frontdesk.tools.registry import backends


@dataclass(frozen=True)
class Options:
    """What is run."""

    schemas: Path
    tasks: Path
    db: Path
    out: Path
    tools: str = ""
    """A file or a dotted module; empty: our own retail functions where they are all there, else a recording office."""
    mangle: int | None = None
    """Seed of the damage that the model does to its JSON text; None: none."""
    redis: bool = False
    """Ledger and audit in the embedded Redis instead of in memory."""


@dataclass(frozen=True)
class _Functions:
    bind: Bind
    source: str
    """``builtin``, ``module`` or ``recorded``."""
    missing: Sequence[str]
    tables: Any


async def evaluate(options: Options, progress: Callable[[str], None]) -> dict[str, Any]:
    """Run, write the records, and return the figures.

    Raises:
        DataError: A file or the module is wrong. DeskError: The desk that was made of the schemas has faults.
    """
    check_target(options.out)
    specs = read_tools(options.schemas)
    tasks = read_tasks(options.tasks)
    functions = _functions(options, specs)
    tools = named(specs)
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="frontdesk-gateway-") as home:
        root = Path(home) / "desk"
        root.mkdir()
        desk = write_desk(root, tools)
        progress(f"a desk with {len(desk.tools)} tools, {functions.source} functions")
        async with _gateway(desk, options, Path(home)) as gateway:
            chance = random.Random(options.mangle) if options.mangle is not None else None  # noqa: S311 - damage, not keys
            outcomes = await _played(Replay(gateway, tools, chance), tasks, functions, specs, progress)
    seconds = time.perf_counter() - begun
    write_records(options.out, (outcome.record() for outcome in outcomes))
    return {**_told(options, functions, tools), **figures(outcomes), "seconds": round(seconds, 2)}


def _functions(options: Options, specs: Sequence[ToolSpec]) -> _Functions:
    if options.tools:
        module = load_module(options.tools)
        read = loader(module)
        bind, missing = binder(module, specs)
        return _Functions(bind, "module", missing, read(options.db) if read else read_tables(options.db))
    tables = read_tables(options.db)
    names = [spec.name for spec in specs]
    if all(hasattr(retail, name) for name in names):
        return _Functions(binder(retail, specs)[0], "builtin", [], tables)
    return _Functions(recorded(names), "recorded", [], tables)


@asynccontextmanager
async def _gateway(desk: Desk, options: Options, home: Path) -> AsyncIterator[ToolGateway]:
    served = backends({contract.connector.kind for contract in desk.tools.values()}, Resources(root=desk.root))
    if not options.redis:
        yield ToolGateway(desk.tools, served, MemoryLedger(), MemoryAudit(), tenant=TENANT)
        return
    async with connect(None, "auto", home) as connection:
        if connection.client is None:
            raise DataError("--redis: there is no Redis; see FRONTDESK_REDIS")
        stores = stores_for(connection.client, Sealer.generate(), connection.where, desk)
        yield ToolGateway(desk.tools, served, stores.ledger, stores.audit, tenant=TENANT)


async def _played(
    replay: Replay,
    tasks: Sequence[Task],
    functions: _Functions,
    specs: Sequence[ToolSpec],
    progress: Callable[[str], None],
) -> list[Outcome]:
    """Give every task two fresh copies of the data, and run it on both."""
    fresh = frozen(functions.tables)
    writes = {spec.name for spec in specs if spec.effect == "write"}
    outcomes = []
    for number, task in enumerate(tasks):
        offices = [Office(functions.bind, fresh, writes) for _ in range(2)]
        outcomes.append(await replay.play(number, task, *offices))
        if number % 50 == 49:
            progress(f"{number + 1} of {len(tasks)} tasks")
    return outcomes


def figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return the counts over all tasks."""
    calls = [call for outcome in outcomes for call in outcome.calls]
    ran = [call for call in calls if call.gateway == "done"]
    wrong = Counter(word for call in calls for word in call.wrong)
    return {
        "tasks": len(outcomes),
        "equal": sum(outcome.equal for outcome in outcomes),
        "calls": len(calls),
        "executed": len(ran),
        "executed_writes": sum(call.effect == "write" for call in ran),
        "confirmed": sum(call.confirmed for call in calls),
        "repeated": sum(call.repeated for call in calls),
        "refused": sum(call.gateway.startswith("refused") for call in calls),
        "reasons": dict(Counter(call.gateway for call in calls if call.gateway not in {"done", "user"})),
        "raised": dict(Counter(call.plain for call in calls if call.plain not in {"done", "user", "unknown_tool"})),
        "user_side": sum(call.plain == "user" for call in calls),
        "unknown_tools": sum(call.plain == "unknown_tool" for call in calls),
        "repaired": sum("repaired:json" in call.repairs for call in calls),
        "coerced": sum(any(code.startswith("coerced") for code in call.repairs) for call in calls),
        "asked_again": sum(call.asked_again for call in calls),
        "damaged": dict(Counter(call.damage for call in calls if call.damage)),
        "ran_unasked": wrong["ran_unasked"],
        "ran_twice": wrong["ran_twice"],
        "altered": wrong["altered"],
        "disagreed": sum((call.plain == "done") != (call.gateway == "done") for call in calls if call.effect),
    }


def _told(options: Options, functions: _Functions, tools: Mapping[str, Named]) -> dict[str, Any]:
    return {
        "capability": "gateway",
        "tools": functions.source,
        "ledger": "redis" if options.redis else "memory",
        "missing": list(functions.missing),
        "renamed": {tool.spec.name: tool.alias for tool in tools.values() if tool.alias != tool.spec.name},
        "weakened": {name: list(tool.weak) for name, tool in tools.items() if tool.weak},
    }
