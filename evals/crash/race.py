"""Two processes take the same turn at the same moment, many times; effects are counted at the remote side.

    python -m frontdesk.evals.crash.race --rounds 1000
    python -m frontdesk.evals.crash.race --rounds 1000 --remote postgres_bare

Prints one JSON object. ``effects`` must equal ``rounds``, and ``different`` (rounds with two answers) must be 0.
Leaves with 1 otherwise.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections import Counter
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from typing import Any

from frontdesk.evals.crash.children import context
from frontdesk.evals.crash.databases import count
from frontdesk.evals.crash.matrix import Stage, stage
from frontdesk.evals.crash.world import REMOTES, Around, Place, gateway, refund


class Racer:
    """One process that takes a turn whenever it is told."""

    def __init__(self, remote: str, place: Place) -> None:
        """Start it, and wait until it is ready."""
        made = context()
        self._ours, theirs = made.Pipe()
        self._process = made.Process(target=_race, args=(theirs, remote, place), daemon=True)
        self._process.start()
        theirs.close()
        self._ours.recv()

    def go(self, turn: str) -> None:
        """Tell it the turn."""
        self._ours.send(turn)

    def result(self) -> tuple[str, str, bool]:
        """Return outcome, content, and whether it was repeated."""
        found: tuple[str, str, bool] = self._ours.recv()
        return found

    def end(self) -> None:
        """Let it go."""
        self._ours.send("")
        self._process.join(30)


def _race(pipe: Pipe, remote: str, place: Place) -> None:
    async def run() -> None:
        async with gateway(remote, place, Around()) as opened:
            pipe.send("ready")
            while turn := await asyncio.to_thread(pipe.recv):
                result = await refund(opened, turn)
                pipe.send((result.outcome, result.content, result.repeated))

    asyncio.run(run())


async def race(remote: str, rounds: int, *, folder: Path, racers: int = 2) -> dict[str, Any]:
    """Run the rounds; return the figures."""
    async with stage(folder, with_postgres=remote.startswith("postgres")) as opened:
        return await _rounds(opened, remote, rounds, racers)


async def _rounds(opened: Stage, remote: str, rounds: int, racers: int) -> dict[str, Any]:
    before = time.monotonic()
    running = [await asyncio.to_thread(Racer, remote, opened.place) for _ in range(racers)]
    outcomes: Counter[str] = Counter()
    different = 0
    for number in range(rounds):
        for racer in running:
            racer.go(f"race-{number}")
        results = [await asyncio.to_thread(racer.result) for racer in running]
        outcomes.update("repeated" if repeated else outcome for outcome, _, repeated in results)
        different += len({content for _, content, _ in results}) > 1
    for racer in running:
        await asyncio.to_thread(racer.end)
    engine = opened.engines.get(remote.partition("_")[0])
    effects = await count(engine) if engine is not None else len(opened.office.effects)
    return {
        "remote": remote,
        "racers": racers,
        "rounds": rounds,
        "effects": effects,
        "different": different,
        "outcomes": dict(outcomes),
        "seconds": round(time.monotonic() - before, 1),
    }


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog="python -m frontdesk.evals.crash.race", description="Two processes, the same turn."
    )
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--racers", type=int, default=2, help="processes")
    parser.add_argument("--remote", choices=sorted(REMOTES), default="sqlite_bare")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fd-race-", ignore_cleanup_errors=True) as folder:
        found = asyncio.run(race(given.remote, given.rounds, folder=Path(folder), racers=given.racers))
    print(json.dumps(found, indent=1))  # noqa: T201 - the command's answer
    return 0 if found["effects"] == given.rounds and not found["different"] else 1


if __name__ == "__main__":
    sys.exit(main())
