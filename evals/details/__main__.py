"""``python -m frontdesk.evals.details``: what of known details is still in the context at the end, and what it costs.

    python -m frontdesk.evals.details                          200 talks of 60 turns, 20 of 500
    python -m frontdesk.evals.details --talks 20 --long 2      fewer
    python -m frontdesk.evals.details --plot tokens.svg        and tokens per turn against the whole history

One JSON object on standard output. Talks are made of templates by a seed; no model is asked.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from frontdesk.errors import FrontdeskError
from frontdesk.evals.details.making import talk
from frontdesk.evals.details.measuring import Tally
from frontdesk.evals.details.plot import averaged, plotted
from frontdesk.evals.details.running import opened, run
from frontdesk.evals.details.talks import BANKS, Bank
from frontdesk.evals.lines import check_target, write_records
from frontdesk.graph.deps import Deps
from frontdesk.settings import quiet_environment

_LONG_TIMES = 2
"""Sets of details in a long talk."""


@dataclass(frozen=True)
class Options:
    """What is measured."""

    talks: int = 200
    turns: int = 60
    long: int = 20
    """Long talks; 0 for none."""
    long_turns: int = 500
    seed: int = 0
    bank: Bank = "first"


async def measured(options: Options) -> tuple[dict[str, Any], list[dict[str, Any]], dict[str, Tally]]:
    """Return the figures, a record per talk, and the tallies, by ``talks`` and ``long_talks``."""
    records: list[dict[str, Any]] = []
    tallies: dict[str, Tally] = {}
    async with opened() as deps:
        if options.talks:
            tallies["talks"] = await _tallied(deps, options, (options.talks, options.turns, 1), records)
        if options.long:
            sizes = (options.long, options.long_turns, _LONG_TIMES)
            tallies["long_talks"] = await _tallied(deps, options, sizes, records)
    return {name: tally.figures() for name, tally in tallies.items()}, records, tallies


async def _tallied(deps: Deps, options: Options, size: tuple[int, int, int], records: list[dict[str, Any]]) -> Tally:
    count, turns, times = size
    tally = Tally(deps.desk.intents)
    for number in range(count):
        made = talk(options.seed * 1_000_003 + number, turns, times, options.bank)
        ran = await run(deps, made, number + turns * 1_000_000)
        records.append({"id": f"{turns}-{options.seed}-{number}", **tally.add(made, ran)})
        if number % 20 == 19:
            sys.stderr.write(f"{number + 1} talks of {turns} turns\n")
    return tally


async def main(arguments: argparse.Namespace) -> None:
    """Measure, and print."""
    for target in filter(None, (arguments.plot, arguments.out)):
        check_target(target)
    options = Options(
        arguments.talks, arguments.turns, arguments.long, arguments.long_turns, arguments.seed, arguments.bank
    )
    figures, records, tallies = await measured(options)
    if arguments.plot:
        for name, tally in tallies.items():
            ours, whole = (averaged(curves) for curves in tally.curves())
            target = arguments.plot if name == "talks" else arguments.plot.with_stem(f"{arguments.plot.stem}-long")
            title = f"Tokens of a prompt, mean of {figures[name]['talks']} talks"
            target.write_text(plotted(ours, whole, title), encoding="utf-8")
    if arguments.out:
        write_records(arguments.out, records)
    sys.stdout.write(
        json.dumps({"capability": "details", "seed": options.seed, "bank": options.bank, **figures}, indent=1) + "\n"
    )


if __name__ == "__main__":
    quiet_environment()
    parser = argparse.ArgumentParser(prog="python -m frontdesk.evals.details", description=__doc__)
    parser.add_argument("--talks", type=int, default=200)
    parser.add_argument("--turns", type=int, default=60)
    parser.add_argument("--long", type=int, default=20, help="talks of --long-turns turns; 0: none")
    parser.add_argument("--long-turns", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--bank", choices=sorted(BANKS), default="first", help="whose phrases")
    parser.add_argument(
        "--plot", type=Path, help="an SVG of the talks; that of the long ones stands beside it, as -long"
    )
    parser.add_argument("--out", type=Path, help="a record per talk, as JSON Lines")
    try:
        asyncio.run(main(parser.parse_args()))
    except FrontdeskError as error:
        sys.exit(f"frontdesk: {error}")
