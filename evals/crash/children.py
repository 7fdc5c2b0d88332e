"""Real processes that stop where they are told, to be killed with SIGKILL.

They come from one server process that has imported everything (multiprocessing's forkserver), so that a cell of the
matrix does not wait for imports.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection as Pipe
from typing import Any

from frontdesk.evals.crash.stops import stopping
from frontdesk.evals.crash.world import Place, gateway, refund

SECONDS = 60.0
"""For a child to come to its stop, on a busy machine."""


def context() -> Any:
    """Return the multiprocessing context of all children."""
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(["frontdesk.evals.crash.children"])
    return made


class Child:
    """One process that takes one turn, and stops."""

    def __init__(self, remote: str, stop: str, place: Place, turn: str, changes: dict[str, Any] | None = None) -> None:
        """Start it."""
        made = context()
        self._ours, theirs = made.Pipe()
        self._process = made.Process(target=_take_turn, args=(theirs, remote, stop, place, turn, changes or {}))
        self._process.start()
        theirs.close()

    async def stuck(self) -> None:
        """Wait until it has come to its stop. TimeoutError: it has not."""
        async with asyncio.timeout(SECONDS):
            while not self._ours.poll():
                if not self._process.is_alive():
                    raise ChildProcessError("the process ended before its stop")
                await asyncio.sleep(0.005)
        told = self._ours.recv()
        if told != "stuck":
            raise ChildProcessError(f"the process went past its stop: {told}")

    def kill(self) -> None:
        """Kill it as a power cut would, and see that it is gone."""
        with suppress(ProcessLookupError):
            os.kill(self._process.pid, signal.SIGKILL)
        self._process.join(10)
        if self._process.exitcode != -signal.SIGKILL:
            raise ChildProcessError(f"the process ended by itself: {self._process.exitcode}")
        self._ours.close()


def _take_turn(pipe: Pipe, remote: str, stop: str, place: Place, turn: str, changes: dict[str, Any]) -> None:
    async def run() -> None:
        around = replace(stopping(stop, lambda: pipe.send("stuck")), changes=changes)
        async with gateway(remote, place, around) as opened:
            pipe.send((await refund(opened, turn)).outcome)

    asyncio.run(run())
