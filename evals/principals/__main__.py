"""``python -m frontdesk.evals.principals [--desk retail]``: callers who may not, against every tool.

One JSON object on standard output; the end is 1 where one of them was allowed, or one who may was not.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys

from frontdesk.desk.load import Desk
from frontdesk.evals.principals.run import measured


def main() -> int:
    """Send, print, and return the end."""
    parser = argparse.ArgumentParser(prog="python -m frontdesk.evals.principals", description=__doc__)
    parser.add_argument("--desk", default="retail")
    found = asyncio.run(measured(Desk.load(parser.parse_args().desk).tools))
    sys.stdout.write(json.dumps(found) + "\n")
    return 1 if found["allowed"] or found["controls_refused"] else 0


if __name__ == "__main__":
    sys.exit(main())
