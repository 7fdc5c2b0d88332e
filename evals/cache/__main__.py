"""``python -m frontdesk.evals.cache``: figures of the answer cache as one JSON object on standard output."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import sys
from pathlib import Path

from frontdesk.desk.load import Desk
from frontdesk.desk.routing import Embeddings
from frontdesk.errors import FrontdeskError
from frontdesk.evals.cache.run import Blind, evaluate
from frontdesk.evals.lines import read_records
from frontdesk.graph.answers import Embeds
from frontdesk.graph.persistence.home import default_home
from frontdesk.models.embedders.build import open_embedder
from frontdesk.settings import quiet_environment


async def main(arguments: argparse.Namespace) -> None:
    """Measure, and print."""
    embedders: dict[str, Embeds | None] = {"exact": None, "blind": Blind()}
    if arguments.embeddings:
        chosen = Embeddings(model=arguments.embeddings, timeout=10.0)
        embedders[arguments.embeddings] = await open_embedder(chosen, default_home(os.environ), os.environ)
    labelled = (
        [(str(line["text"]), str(line["intent"])) for _, line in read_records(arguments.data)] if arguments.data else []
    )
    random.Random(arguments.seed).shuffle(labelled)  # noqa: S311 - a split, no secret
    figures = await evaluate(Desk.load("retail"), embedders, labelled[: arguments.most])
    sys.stdout.write(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    quiet_environment()
    parser = argparse.ArgumentParser(prog="python -m frontdesk.evals.cache", description=__doc__)
    parser.add_argument("--embeddings", default="", help="minilm, or provider:name; none: words alone, and a blind one")
    parser.add_argument("--data", type=Path, help="JSON Lines with text and intent: real questions")
    parser.add_argument("--most", type=int, default=4000, help="real questions that are used")
    parser.add_argument("--seed", type=int, default=5, help="of the split of the real questions")
    try:
        asyncio.run(main(parser.parse_args()))
    except FrontdeskError as error:
        sys.exit(f"frontdesk: {error}")
