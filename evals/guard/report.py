"""The report on the input guard: recall and over-blocking on every set, into a page, and the gate of CI.

    python -m frontdesk.evals.guard.report                    print the figures
    python -m frontdesk.evals.guard.report --write            and put the table into docs/guardrails.md
    python -m frontdesk.evals.guard.report --gate             and fail when one is worse than evals/guard/bounds.json
    python -m frontdesk.evals.guard.report --update-bounds    and record bounds a little worse than they are

From the root of a checkout; the public sets are those of FRONTDESK_DATA (`../shared/data`).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from frontdesk.errors import ConfigurationError
from frontdesk.evals.guard.data import Message
from frontdesk.evals.guard.gate import BOUNDS, bounds_for, broken, read_bounds
from frontdesk.evals.guard.metrics import FALSE_POSITIVES, Judged, measure, recall_at
from frontdesk.evals.guard.page import FIGURES, PAGE, put, table
from frontdesk.evals.guard.rail import desk_guard
from frontdesk.evals.guard.run import judge
from frontdesk.evals.guard.sets import LEFT_OUT, ORDINARY, POOL, POOLED, SETS, Set
from frontdesk.graph.deps import InputGuard
from frontdesk.nodes.guard import scorer
from frontdesk.settings import quiet_environment

DATA = "../shared/data"
FACTS = Path(str(scorer.__file__)).with_name("weights-user.json")
GATED: Mapping[str, tuple[str, ...]] = {
    ORDINARY: ("over_block", "bothered", "unavailable"),
    **dict.fromkeys((*POOL, POOLED), ("recall", "caught")),
    "triggers": ("accuracy", "bothered"),
    "fresh": ("recall", "refused", "caught"),
    LEFT_OUT: ("caught",),
    "bipia": ("recall", "refused", "over_block"),
    "pages": ("over_block", "bothered"),
}
"""Figures that have a bound, per set."""
_FIRST = FALSE_POSITIVES[0]


async def report(guard: InputGuard, data: Path, *, complete: bool) -> dict[str, dict[str, Any]]:
    """Measure the sets and return their figures by name.

    Args:
        guard: The guard.
        data: Folder of the public sets.
        complete: Whether it is there; else only the sets of this repository are measured.

    Raises:
        DataError: A file or a line is wrong.
    """
    chosen = {name: one for name, one in SETS.items() if complete or one.own}
    judged = {name: await _judged(guard, one, data) for name, one in chosen.items()}
    if complete:
        judged[POOLED] = [pair for name in POOL for pair in judged[name]]
    against = {name: judged.get(SETS[name].against if name in SETS else ORDINARY, []) for name in judged}
    found = {name: _figures(pairs, [result.score for _, result in against[name]]) for name, pairs in judged.items()}
    return found | _left_out()


def _left_out() -> dict[str, dict[str, Any]]:
    """Return what the training of the shipped scorer wrote down; nothing where it says nothing of it."""
    try:
        facts = json.loads(FACTS.read_text(encoding="utf-8"))["left_out"]["itw+"]
        return {LEFT_OUT: {"attacks": facts["texts"], "refused": facts["refused"], "caught": facts["raised"]}}
    except (OSError, ValueError, KeyError, TypeError):
        _say(f"{FACTS.name} is not there, or says nothing of a source that was left out")
        return {}


async def _judged(guard: InputGuard, one: Set, data: Path) -> list[tuple[Message, Judged]]:
    messages = one.read(data)
    _say(f"{one.title}: {len(messages)}")
    return list(zip(messages, await judge(guard, messages, one.channel, _say), strict=True))


def _figures(pairs: Sequence[tuple[Message, Judged]], ordinary: Sequence[float]) -> dict[str, Any]:
    found = measure([message for message, _ in pairs], [result for _, result in pairs])
    kept = ("n", "attacks", "benign", "unavailable", "refused", "caught", "over_block", "bothered", "auroc")
    scores = [result.score for message, result in pairs if message.attack]
    accuracy = None if found["over_block"] is None else round(1 - found["over_block"], 4)
    size = [_only_size(result) for message, result in pairs if message.attack]
    return {
        **{name: found[name] for name in kept},
        "recall": recall_at(scores, ordinary, _FIRST),
        "accuracy": accuracy,
        "only_size": sum(size),
        "by_category": found["by_category"],
        "by_source": found["by_source"],
    }


def _only_size(result: Judged) -> bool:
    return bool(result.rules) and all(rule.startswith("size") for rule in result.rules)


def gated(sets: Mapping[str, Mapping[str, Any]]) -> dict[str, float | None]:
    """Return the figures that have a bound, by ``set.figure``."""
    return {
        f"{name}.{figure}": sets[name][figure] for name, wanted in GATED.items() if name in sets for figure in wanted
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the report; 1 when a bound does not hold, 2 when something is wrong with what was given."""
    options = _parsed(arguments)
    try:
        return _run(options)
    except ConfigurationError as error:
        _say(f"error: {error}")
        return 2


def _run(options: argparse.Namespace) -> int:
    quiet_environment()
    complete = options.data.is_dir()
    if not complete:
        _say(f"{options.data} is not there: only the sets of this repository are measured and gated")
    with _few_words():
        sets = asyncio.run(_sets(options, complete=complete))
    figures = gated(sets)
    print(json.dumps({"complete": complete, "sets": sets}, ensure_ascii=False))  # noqa: T201 - for programs
    if options.write:
        put(PAGE, FIGURES, table(sets))
    if options.update_bounds:
        old = {} if complete else dict(read_bounds(options.bounds))
        options.bounds.write_text(json.dumps(old | bounds_for(figures), indent=1, sort_keys=True) + "\n", "utf-8")
    if not options.gate:
        return 0
    found = list(broken(read_bounds(options.bounds), figures, complete=complete))
    for line in found:
        _say(f"guard gate: {line}")
    _say("guard gate: broken" if found else "guard gate: all bounds hold")
    return int(bool(found))


@contextmanager
def _few_words() -> Iterator[None]:
    """No line per text of a check that could not run: judging says which ones in one line."""
    log = logging.getLogger("frontdesk.nodes.guard")
    before = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(before)


async def _sets(options: argparse.Namespace, *, complete: bool) -> dict[str, dict[str, Any]]:
    async with desk_guard(options.desk) as guard:
        return await report(guard, options.data, complete=complete)


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Recall and over-blocking of the input guard.")
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("FRONTDESK_DATA", DATA)))
    parser.add_argument("--desk", help="measure the guard of this desk (default: the settings' desk)")
    parser.add_argument("--bounds", type=Path, default=BOUNDS, help="file with the bounds")
    parser.add_argument("--write", action="store_true", help=f"put the table into {PAGE}")
    parser.add_argument("--gate", action="store_true", help="fail when a figure is worse than its bound")
    parser.add_argument("--update-bounds", action="store_true", help="record bounds a little worse than the figures")
    return parser.parse_args(arguments)


def _say(line: str) -> None:
    print(line, file=sys.stderr)  # noqa: T201 - progress, beside the figures


if __name__ == "__main__":
    sys.exit(main())
