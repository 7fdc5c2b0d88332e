"""The cells of the matrix: one process is killed at a step, and another takes the same turn."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from frontdesk.evals.crash.children import Child
from frontdesk.evals.crash.databases import count, postgres, refunds
from frontdesk.evals.crash.world import KEY, REMOTES, TOOL, WHO, Around, Place, gateway, refund
from frontdesk.graph.identity import Caller
from frontdesk.graph.persistence.embedded import EmbeddedRedis
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.testing.backoffice import BackOffice
from frontdesk.testing.faults import Fault
from frontdesk.tools.arguments import canonical
from frontdesk.tools.ledger import CallId

AHEAD = 120.0
"""Seconds by which the second process comes later, by its own clock: any lease is over."""
THREAD = "0" * 32
_ONLY = {"uncommitted": "sql", "unanswered": "http"}
"""Stops that only one kind of connector comes to."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What was seen in one cell."""

    remote: str
    stop: str
    before: int
    """Effects at the remote side when the process was killed."""
    outcome: str
    """What the second process came to; ``repeated`` where it had nothing to execute."""
    effects: int
    """Effects in the end."""
    third: str
    """What a third request came to: the same, from the ledger."""

    @property
    def right(self) -> bool:
        """Exactly one effect, and a result; or unknown, left to a person, where nobody can be asked."""
        if self.outcome == "unknown":
            return REMOTES[self.remote].idempotency == {} and self.effects == self.before and self.third == "unknown"
        return self.effects == 1 and self.third == "repeated"


@dataclass
class Stage:
    """The remote sides of a run, and who counts their effects."""

    place: Place
    office: BackOffice
    engines: dict[str, Any] = field(default_factory=dict)

    async def effects(self, remote: str, turn: str) -> int:
        """Return the effects of one turn's call at a remote side."""
        key = key_of(turn)
        engine = self.engines.get(remote.partition("_")[0])
        if engine is not None:
            return await count(engine, key)
        return sum(effect.key == key for effect in self.office.effects)

    @property
    def remotes(self) -> list[str]:
        """Names of the remote sides that are there."""
        return [name for name in REMOTES if name.startswith("http") or name.partition("_")[0] in self.engines]


def key_of(turn: str) -> str:
    """Return the idempotency key of a turn's call."""
    call = CallId(Caller(WHO, THREAD, turn), turn, TOOL, canonical({"order_id": "10482"}))
    return Sealer([KEY]).pseudonym(call.text)


@asynccontextmanager
async def stage(folder: Path, *, with_postgres: bool) -> AsyncIterator[Stage]:
    """Open Redis (the embedded one, in a folder of its own), a back office over HTTP, and databases."""
    async with AsyncExitStack() as stack:
        redis = EmbeddedRedis(folder / "redis")
        stack.callback(redis.close)
        office = await stack.enter_async_context(BackOffice())
        place = Place(redis.url, office.url, sqlite=f"sqlite+aiosqlite:///{folder / 'remote.sqlite'}")
        engines = {"sqlite": await stack.enter_async_context(refunds(place.sqlite))}
        if with_postgres:
            home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fd-pg-", ignore_cleanup_errors=True)))
            place = replace(place, postgres=stack.enter_context(postgres(home / "server")))
            engines["postgres"] = await stack.enter_async_context(refunds(place.postgres))
        yield Stage(place, office, engines)


def cells(remotes: Sequence[str], stops: Sequence[str]) -> list[tuple[str, str]]:
    """Return the pairs of remote side and stop that there are."""
    return [
        (remote, stop)
        for remote in remotes
        for stop in stops
        if _ONLY.get(stop, REMOTES[remote].kind) == REMOTES[remote].kind
    ]


async def cell(stage: Stage, remote: str, stop: str) -> Cell:
    """Kill a process at a stop, and take the same turn in this one."""
    turn = f"{remote}-{stop}"
    if stop == "unanswered":
        # the remote side holds its answer back, so the process waits for it
        stage.office.plan(Fault("hang", after=True))
    child = Child(remote, stop, stage.place, turn)
    try:
        await (_served(stage, remote, turn) if stop == "unanswered" else child.stuck())
    finally:
        child.kill()
    before = await stage.effects(remote, turn)
    async with gateway(remote, stage.place, Around(ahead=AHEAD)) as second:
        outcomes = [await _outcome(lambda: refund(second, turn)) for _ in range(2)]
    return Cell(remote, stop, before, outcomes[0], await stage.effects(remote, turn), outcomes[1])


async def _served(stage: Stage, remote: str, turn: str) -> None:
    async with asyncio.timeout(60):
        while not await stage.effects(remote, turn):  # noqa: ASYNC110 - the effect is another process's
            await asyncio.sleep(0.005)


async def _outcome(call: Callable[[], Awaitable[Any]]) -> str:
    result = await call()
    return "repeated" if result.repeated else str(result.outcome)
