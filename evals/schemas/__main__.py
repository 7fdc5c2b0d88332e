"""``python -m frontdesk.evals.schemas [--data DIR]``: the official JSON Schema suite.

DIR holds ``cases.jsonl`` and ``remotes.jsonl``; by default ``json_schema_suite`` of ``FRONTDESK_DATA``. One JSON
object on standard output, with every difference and its cause; the end is 1 where we judge a case that jsonschema
passes otherwise than the suite without a known cause.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from dataclasses import asdict
from pathlib import Path

from frontdesk.errors import DataError
from frontdesk.evals.schemas.suite import Case, figures, judged

CAUSES = {"format.json": "formats are asserted on purpose: a contract that names one means it"}
"""File of the suite to why we differ."""


def cause(case: Case) -> str:
    """Return why a case is judged otherwise; empty: nobody knows, which is a fault."""
    return CAUSES.get(case.file, "") if case.expected and case.ours == "invalid" else ""


def main() -> int:
    """Measure, print, and return the end."""
    parser = argparse.ArgumentParser(prog="python -m frontdesk.evals.schemas", description=__doc__)
    data = Path(os.environ.get("FRONTDESK_DATA", "../shared/data")) / "json_schema_suite"
    parser.add_argument("--data", type=Path, default=data)
    begun = time.perf_counter()
    try:
        found = figures(list(judged(parser.parse_args().data)))
    except DataError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    differences = [{**asdict(case), "cause": cause(case)} for case in found["differences"]]
    unexplained = sum(not item["cause"] for item in differences)
    seconds = round(time.perf_counter() - begun, 2)
    told = {**found, "differences": differences, "unexplained": unexplained, "seconds": seconds}
    sys.stdout.write(json.dumps(told) + "\n")
    return 1 if unexplained or found["errors"] else 0


if __name__ == "__main__":
    sys.exit(main())
