"""``python -m frontdesk.evals.facts``: the share of generated customers of whom the right thing is held at the end."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from typing import Any

from frontdesk.evals.facts.play import customers, held_of, invented, right


def measured(count: int, seed: int, *, held_out: bool) -> dict[str, Any]:
    """Return the shares over ``count`` customers: right at the end, and with something held that was never said."""
    wrong: Counter[str] = Counter()
    made_up = 0
    for customer in customers(count, seed, held_out=held_out):
        held = held_of(customer)
        wrong[customer.topic] += not right(customer, held)
        made_up += bool(invented(customer, held))
    return {
        "customers": count,
        "right": round(1 - wrong.total() / count, 4),
        "invented": round(made_up / count, 4),
        "wrong_by_topic": dict(sorted((+wrong).items())),
    }


def main() -> None:
    """Measure both parts and print one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m frontdesk.evals.facts", description=__doc__)
    parser.add_argument("--customers", type=int, default=2000, help="generated customers per part")
    parser.add_argument("--seed", type=int, default=7, help="of the choices")
    given = parser.parse_args()
    parts = {
        name: measured(given.customers, given.seed, held_out=held) for name, held in (("seen", False), ("unseen", True))
    }
    json.dump(parts, sys.stdout, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
