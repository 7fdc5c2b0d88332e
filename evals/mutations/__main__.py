"""``python -m frontdesk.evals.mutations [--over echo|sql|http] [--examples 50000] [--seed 7]``: mutated calls.

``echo``: every contract of a desk (``--desk``), with connectors that do nothing. ``sql``: the retail desk over its own
database, all tables compared after each call. ``http``: contracts of its own against a back office on loopback.

One JSON object on standard output; the end is 1 where anything that may not reached a connector, raised, or spoke of a
value. Hypothesis is needed (``pip install 'frontdesk[dev]'``).
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import time
from typing import Any

from frontdesk.desk.load import Desk
from frontdesk.evals.mutations import overhttp, oversql
from frontdesk.evals.mutations.run import run


def main() -> int:
    """Play, print, and return the end."""
    parser = argparse.ArgumentParser(prog="python -m frontdesk.evals.mutations", description=__doc__)
    parser.add_argument("--desk", default="retail")
    parser.add_argument("--over", choices=("echo", "sql", "http"), default="echo")
    parser.add_argument("--examples", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    begun = time.perf_counter()
    if given.over == "http":
        seen, more = overhttp.run(given.examples, given.seed)
    elif given.over == "sql":
        seen, more = oversql.run(Desk.load("retail"), given.examples, given.seed)
    else:
        contracts = Desk.load(given.desk).tools
        seen, more = run(contracts, given.examples, given.seed), {"contracts": len(contracts)}
    told: dict[str, Any] = {
        "over": given.over,
        **more,
        "calls": seen.calls,
        "reached": seen.reached,
        "outcomes": dict(seen.outcomes.most_common()),
        "wrong": dict(seen.wrong),
        "examples": seen.examples,
        "seconds": round(time.perf_counter() - begun, 1),
    }
    sys.stdout.write(json.dumps(told) + "\n")
    return 1 if seen.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
