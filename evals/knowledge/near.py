"""``python -m frontdesk.evals.knowledge.near``: questions to the retail desk beside its pages, and in other words.

``near.jsonl`` holds questions that a furniture shop is asked and no page answers, questions that a page answers in
other words than the customer's, and follow-ups of both kinds. The half ``fit`` is there
to choose by, the other is ``held``. The router is the desk's own; recall runs whole.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, cast

from langchain_core.messages import HumanMessage

from frontdesk.desk.load import Desk
from frontdesk.errors import DataError, FrontdeskError
from frontdesk.evals.lines import read_records
from frontdesk.graph.deps import Deps
from frontdesk.nodes.recall.knowledge import PageSearch
from frontdesk.nodes.recall.node import RecallNode
from frontdesk.nodes.route.router import IntentRouter

QUESTIONS = Path(__file__).with_name("near.jsonl")
Half = Literal["fit", "held", "all"]


def questions(path: Path, half: Half, seed: int = 0) -> list[dict[str, Any]]:
    """Read ``{id, query, pages, before?}`` and return one half of each kind; ids are ``<kind>-<number>``.

    Raises:
        DataError: The file cannot be read, or a line lacks one of them.
    """
    kinds: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for number, record in read_records(path):
        if not isinstance(record.get("query"), str) or not isinstance(record.get("pages"), list):
            raise DataError(f"{path}:{number}: `query` must be a text and `pages` a list of ids, empty where none is")
        kinds[str(record.get("id", "")).partition("-")[0]].append(record)
    chosen: list[dict[str, Any]] = []
    for kind, records in kinds.items():
        draw = random.Random(f"near:{seed}:{kind}")  # noqa: S311 - a sample
        fit = frozenset(draw.sample(range(len(records)), len(records) // 2))
        chosen += [one for at, one in enumerate(records) if half == "all" or (at in fit) == (half == "fit")]
    return chosen


def desk_deps() -> Deps:
    """Return the retail desk with its pages and its router, by words; of the rest nothing is asked."""
    desk, nobody = Desk.load("retail"), cast("Any", None)
    others = "scrubber vault guard archive models gateway reviewer handoff prompts"
    return Deps(
        desk=desk,
        knowledge=PageSearch(desk.pages.values(), rules=desk.config.search),
        router=IntentRouter.fit(desk.intents, desk.config.routing),
        **dict.fromkeys(others.split(), nobody),
    )


async def measured(deps: Deps, asked: Sequence[dict[str, Any]]) -> dict[str, dict[str, int]]:
    """Return per kind how often the first page was ``right``, another was given (``wrong``), or none (``silent``).

    Of questions that no page answers ``silent`` is what is right.
    """
    node, counts = RecallNode(deps), defaultdict[str, Counter[str]](Counter)
    for one in asked:
        said = [HumanMessage(text) for text in (one.get("before"), one["query"]) if text]
        passages = (await node({"messages": said}, {}))["recall"]["passages"]  # type: ignore[typeddict-item]
        page = passages[0]["page"] if passages else None
        kind = str(one["id"]).partition("-")[0] + (" uncovered" if one.get("before") and not one["pages"] else "")
        counts[kind]["silent" if page is None else "right" if page in one["pages"] else "wrong"] += 1
    return {kind: {name: found[name] for name in ("right", "wrong", "silent")} for kind, found in counts.items()}


def main(arguments: argparse.Namespace) -> None:
    """Measure one half, and print the counts."""
    asked = questions(arguments.questions, arguments.half)
    told = {"half": arguments.half, "n": len(asked), **asyncio.run(measured(desk_deps(), asked))}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m frontdesk.evals.knowledge.near", description=__doc__)
    parser.add_argument("--questions", type=Path, default=QUESTIONS, help="JSON Lines: id, query, pages, before")
    parser.add_argument("--half", choices=("fit", "held", "all"), default="held", help="fitted on, held out, or both")
    try:
        main(parser.parse_args())
    except FrontdeskError as error:
        sys.exit(f"frontdesk: {error}")
