"""The report on tiers, and its table in docs/routing.md.

    python -m frontdesk.evals.tiers.report                 1,000 messages, four ways
    python -m frontdesk.evals.tiers.report --count 200     fewer
    python -m frontdesk.evals.tiers.report --write         and put the table into docs/routing.md

The hosted models are a stand-in on loopback (``frontdesk.evals.tiers.oracle``). Real are the graph, its decisions, the
prompts and the deterministic answers; simulated are the customers and what the models say.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from frontdesk.desk.load import Desk
from frontdesk.errors import ConfigurationError
from frontdesk.evals.guard.page import put
from frontdesk.evals.route.metrics import wilson
from frontdesk.evals.tiers.messages import COUNT, SEED, Message, messages
from frontdesk.evals.tiers.run import FAST, PRICES, REASONING, Row, serve
from frontdesk.evals.tiers.ways import WAYS, Way
from frontdesk.graph.protocols import Role

PAGE, MARK = Path("docs/routing.md"), "tier figures"
_HEAD = (
    "way", "no model", "fast", "reasoning", "tokens read", "tokens written", "cost", "against all reasoning",
    "right, %", "cost per 1,000 right",
)  # fmt: skip
_ROLES: tuple[Role, ...] = ("keyless", "fast", "reasoning")


def figures(rows: Sequence[Row]) -> dict[str, Any]:
    """Return the figures of one way: shares, tokens, cost in dollars, and the share that came out right."""
    count, right = len(rows), sum(row.right for row in rows)
    asked = Counter(row.asked for row in rows)
    cost = sum(row.cost for row in rows)
    codes = Counter(code for row in rows for code in row.reasons if code.startswith("tier:"))
    kinds = Counter(row.kind for row in rows)
    return {
        "messages": count,
        "shares": {role: round(asked[role] / count, 4) for role in _ROLES},
        "input_tokens": sum(row.input for row in rows if row.asked != "keyless"),
        "output_tokens": sum(row.output for row in rows if row.asked != "keyless"),
        "cost": round(cost, 6),
        "cost_per_right": round(cost / right, 8) if right else None,
        "right": round(right / count, 4),
        "right_interval": list(wilson(right / max(1, count), count)),
        "right_by_kind": {
            kind: round(sum(row.right for row in rows if row.kind == kind) / number, 4)
            for kind, number in sorted(kinds.items())
        },
        "reasons": dict(sorted(codes.items())),
    }


async def report(sent: Sequence[Message], desk: Desk, ways: Sequence[Way], thinking: int) -> dict[str, Any]:
    """Serve the messages in each of the ways and return their figures."""
    found: dict[str, Any] = {}
    shares: Mapping[Role, float] = {}
    for way in ways:
        rows = await serve(way, sent, desk, shares=shares, thinking=thinking, say=_say)
        found[way] = figures(rows)
        if way == "ours":
            # at our rates among the turns that a model, hosted or not, answered
            answered = [row for row in rows if row.answered]
            counted = Counter(row.asked for row in answered)
            shares = {role: counted[role] / max(1, len(answered)) for role in _ROLES}
    return found


def table(found: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Yield the lines of the page."""
    yield f"| {' | '.join(_HEAD)} |"
    yield "|---" * len(_HEAD) + "|"
    whole = found.get("reasoning", {}).get("cost")
    for way, one in found.items():
        shares = " | ".join(f"{100 * one['shares'][role]:.1f}" for role in _ROLES)
        against = f"{100 * one['cost'] / whole:.0f} %" if whole else ""
        low, high = one["right_interval"]
        right = f"{100 * one['right']:.1f} ({100 * low:.1f} to {100 * high:.1f})"
        each = f"{1000 * one['cost_per_right']:.3f} USD" if one["cost_per_right"] is not None else ""
        tokens = f"{one['input_tokens']:,} | {one['output_tokens']:,}"
        yield f"| {WAYS[way]} | {shares} | {tokens} | {one['cost']:.3f} USD | {against} | {right} | {each} |"  # type: ignore[index]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the report; 2 when something is wrong with what was given."""
    parser = argparse.ArgumentParser(description="Who serves 1,000 messages of the retail desk, and at what price.")
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--ways", nargs="+", choices=[*WAYS], default=[*WAYS], help="ours first, for `chance`")
    parser.add_argument("--thinking", type=int, default=0, help="hidden tokens of each answer of the reasoning model")
    parser.add_argument("--write", action="store_true", help=f"put the table into {PAGE}")
    options = parser.parse_args(arguments)
    logging.disable(logging.WARNING)
    try:
        desk = Desk.load("retail")
        sent = messages(desk.intents, options.count, options.seed)
        found = asyncio.run(report(sent, desk, options.ways, options.thinking))
        prices = {name: PRICES[name].model_dump() for name in (FAST, REASONING)}
        print(json.dumps({"ways": found, "prices": prices, "thinking": options.thinking}))  # noqa: T201 - for programs
        if options.write:
            put(PAGE, MARK, table(found))
    except ConfigurationError as error:
        _say(f"error: {error}")
        return 2
    return 0


def _say(line: str) -> None:
    print(line, file=sys.stderr)  # noqa: T201 - progress


if __name__ == "__main__":
    raise SystemExit(main())
