"""``python -m frontdesk.evals.summary --trials 1000``: what is lost while the summary's model fails in every way.

Prints one JSON object; ends with status 1 where anything was lost.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys

from frontdesk.evals.summary.run import evaluate, printed
from frontdesk.settings import quiet_environment

if __name__ == "__main__":
    quiet_environment()
    logging.disable(logging.ERROR)  # thousands of failures that are meant to be
    parser = argparse.ArgumentParser(prog="python -m frontdesk.evals.summary", description=__doc__)
    parser.add_argument("--trials", type=int, default=1000, help="conversations of 16 turns")
    parser.add_argument("--seed", type=int, default=6, help="of the conversations and of the failures")
    arguments = parser.parse_args()
    figures = asyncio.run(evaluate(arguments.trials, arguments.seed))
    sys.stdout.write(printed(figures) + "\n")
    sys.exit(1 if figures.lost else 0)
