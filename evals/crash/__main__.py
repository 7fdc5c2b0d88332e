"""Kill a process at each step of a write, and take the same turn in another; effects are counted at the remote side.

    python -m frontdesk.evals.crash                 HTTP and SQLite
    python -m frontdesk.evals.crash --full          and PostgreSQL (a server of its own, from the machine's packages)

Prints one JSON object. ``wrong`` must be 0: a cell is right with exactly one effect and the first result, or
``unknown`` and no further effect where the remote side recognises no key and cannot be asked. Leaves with 1 otherwise.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from frontdesk.evals.crash.faults import faults, redis_faults
from frontdesk.evals.crash.matrix import Cell, cell, cells, stage
from frontdesk.evals.crash.stops import STOPS


async def run(*, full: bool) -> dict[str, Any]:
    """Run every cell; return the figures."""
    with tempfile.TemporaryDirectory(prefix="fd-crash-", ignore_cleanup_errors=True) as folder:
        async with stage(Path(folder), with_postgres=full) as opened:
            killed = []
            for remote, stop in cells(opened.remotes, STOPS):
                killed.append(await cell(opened, remote, stop))
                print(f"{remote} {stop}: {killed[-1].outcome}, {killed[-1].effects}", file=sys.stderr)  # noqa: T201
            broken = await faults(opened)
        broken += await redis_faults(Path(folder) / "faults")
    return figures(killed, broken)


def figures(killed: Sequence[Cell], broken: Sequence[Cell]) -> dict[str, Any]:
    """Return what is printed."""
    every = [*killed, *broken]
    return {
        "cells": len(every),
        "wrong": sum(not each.right for each in every),
        "exactly_one": sum(each.effects == 1 and each.outcome != "unknown" for each in every),
        "unknown": sum(each.outcome == "unknown" for each in every),
        "by_remote": {
            remote: dict(Counter(each.outcome for each in every if each.remote == remote))
            for remote in dict.fromkeys(each.remote for each in every)
        },
        "killed": [asdict(each) for each in killed],
        "faults": [asdict(each) for each in broken],
    }


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m frontdesk.evals.crash", description="Crash matrix.")
    parser.add_argument("--full", action="store_true", help="PostgreSQL, too")
    found = asyncio.run(run(full=parser.parse_args().full))
    print(json.dumps(found, indent=1))  # noqa: T201 - the command's answer
    return 1 if found["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
