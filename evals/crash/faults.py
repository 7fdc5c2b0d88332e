"""Faults without a killed process: a line that breaks, an answer that never comes, a Redis that dies in the middle."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

from frontdesk.evals.crash.matrix import AHEAD, Cell, Stage
from frontdesk.evals.crash.world import REMOTES, Around, Place, gateway, refund
from frontdesk.graph.persistence.embedded import EmbeddedRedis
from frontdesk.testing.backoffice import BackOffice
from frontdesk.testing.faults import Fault
from frontdesk.tools.backend import Backend, Invocation
from frontdesk.tools.contract import ToolContract

LINES: Mapping[str, Fault] = {
    "no answer, done": Fault("hang", after=True),
    "no answer, not done": Fault("hang"),
    "reset, done": Fault("reset", after=True),
    "reset, not done": Fault("reset"),
    "hung up, done": Fault("hang_up", after=True),
    "half an answer, done": Fault("truncated", after=True),
}
QUICK = {"timeout": 0.3}


async def faults(stage: Stage) -> list[Cell]:
    """Break the line under each HTTP remote side; then the same turn comes again, when every lease is over."""
    found = []
    for remote in REMOTES:
        if not remote.startswith("http"):
            continue
        for name, fault in LINES.items():
            turn = f"{remote}-{name}"
            stage.office.plan(fault)
            async with gateway(remote, stage.place, Around(changes=QUICK)) as first:
                await refund(first, turn)
            before = await stage.effects(remote, turn)
            found.append(await _again(stage, remote, name, turn, before))
    return found


async def _again(stage: Stage, remote: str, name: str, turn: str, before: int) -> Cell:
    async with gateway(remote, stage.place, Around(ahead=AHEAD)) as second:
        results = [await refund(second, turn) for _ in range(2)]
    told = ["repeated" if result.repeated else str(result.outcome) for result in results]
    return Cell(remote, name, before, told[0], await stage.effects(remote, turn), told[1])


class _Killing:
    """A connector at whose call Redis is killed: before it is sent, or when the answer is there."""

    def __init__(self, inner: Backend, url: str, *, after: bool) -> None:
        self._inner, self._url, self._after = inner, url, after

    def check(self, contract: ToolContract) -> list[str]:
        return self._inner.check(contract)

    async def close(self) -> None:
        await self._inner.close()

    async def run(self, options: Mapping[str, Any], call: Invocation) -> dict[str, Any]:
        if not self._after:
            await kill_redis(self._url)
        result = await self._inner.run(options, call)
        if self._after:
            await kill_redis(self._url)
        return result


async def kill_redis(url: str) -> None:
    """Kill the server with SIGKILL, and wait until nobody answers."""
    async with Redis.from_url(url) as client:
        process = int((await client.info("server"))["process_id"])
        os.kill(process, signal.SIGKILL)
        with suppress(RedisError, OSError):
            while True:
                await client.ping()
                await asyncio.sleep(0.01)


async def redis_faults(folder: Path) -> list[Cell]:
    """Kill Redis in the middle of a write, start it again on its data, and take the same turn."""
    found = []
    async with BackOffice() as office:
        for number, (remote, after) in enumerate(
            (remote, after) for remote in ("http_key", "http_lookup", "http_bare") for after in (False, True)
        ):
            home = folder / str(number)
            server = await asyncio.to_thread(EmbeddedRedis, home)
            place, turn = Place(server.url, office.url), f"{remote}-{after}"
            stage = Stage(place, office)
            around = Around(backend=lambda inner, a=after, u=server.url: _Killing(inner, u, after=a))  # type: ignore[misc]
            async with gateway(remote, place, around) as first:
                await refund(first, turn)
            before = await stage.effects(remote, turn)
            await asyncio.to_thread(server.close)
            server = await asyncio.to_thread(EmbeddedRedis, home)
            name = "redis killed, answered" if after else "redis killed, not sent"
            found.append(await _again(stage, remote, name, turn, before))
            await asyncio.to_thread(server.close)
    return found


__all__ = ["LINES", "faults", "kill_redis", "redis_faults"]
