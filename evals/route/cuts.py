"""Learns what speaks for a cut between two requests of a message: ``python -m frontdesk.evals.route.cuts``.

Prints the weights of ``frontdesk.nodes.route.cutting`` as JSON. Learnt from the ``learnt`` part of each set
(``frontdesk.evals.route.splitting``): from pairs at their joint, and from everywhere else that a pair or a single
request could be cut. Several numbers of examples per intent, so that the weights hold for small and large desks.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path

import numpy as np

from frontdesk.desk.config import Routing
from frontdesk.evals.route.splitting import is_same, pairs_of, parts_of, read
from frontdesk.graph.state import Route
from frontdesk.nodes.route.cutting import WEIGHTS, Sides, signs
from frontdesk.nodes.route.pieces import Piece, pieces_of, position, spans_of, words_of
from frontdesk.nodes.route.router import IntentRouter

SHOTS = (10, 50)
STRENGTH = 0.3
"""Inverse of the regularisation: weights should not stand for accidents of two sets."""


def joint_of(text: str, pieces: Sequence[Piece], wanted: tuple[str, str]) -> int:
    """Return the piece with which the second request of a pair begins; 0 where no piece does."""
    last = len(pieces) - 1
    for at in range(1, len(pieces)):
        if is_same((words_of(text, pieces, 0, at - 1), words_of(text, pieces, at, last)), wanted):
            return at
    return 0


def sides_of(text: str, pieces: Sequence[Piece], routes: Sequence[Route], i: int, at: int, k: int) -> Sides:
    """Return the two runs of pieces ``i`` to ``k`` on the sides of piece ``at``."""
    count = len(pieces)
    first, second, whole = (routes[position(*run, count)] for run in ((i, at - 1), (at, k), (i, k)))
    gap = text[pieces[at - 1].end : pieces[at].start]
    before, after = words_of(text, pieces, i, at - 1), words_of(text, pieces, at, k)
    return Sides(before, after, gap, first, second, whole, pieces[at].firm)


def _within(begin: int, end: int) -> Iterator[tuple[int, int, int]]:
    for i in range(begin, end):
        for k in range(i + 1, end + 1):
            yield from ((i, at, k) for at in range(i + 1, k + 1))


async def rows_of(path: Path, shots: int, seed: int, pairs: int) -> AsyncIterator[tuple[list[float], int]]:
    """Yield the signs of each possible cut, and 1 where it is one."""
    routing = Routing()
    parts = parts_of(read(path), shots, seed)
    router = IntentRouter.fit(parts.intents, routing)
    texts: list[tuple[str, tuple[str, str] | None]] = [(text, None) for text, _ in parts.learnt]
    texts += [(pair.joined, pair.requests) for pair in pairs_of(parts.learnt, pairs, seed + 1)]
    for text, wanted in texts:
        pieces = pieces_of(text)
        joint = joint_of(text, pieces, wanted) if wanted and pieces else 0
        if not pieces or (wanted and not joint):
            continue
        routes, last = await router.route_many(spans_of(text, pieces)), len(pieces) - 1
        inside = [*_within(0, joint - 1), *_within(joint, last)] if joint else list(_within(0, last))
        for place in inside:
            sides = sides_of(text, pieces, routes, *place)
            if sides.first["intent"] != sides.second["intent"]:
                yield signs(sides, routing.accept), 0
        if joint:
            yield signs(sides_of(text, pieces, routes, 0, joint, last), routing.accept), 1


async def learnt(paths: Sequence[Path], seed: int, pairs: int) -> dict[str, float]:
    """Return the weights by name, and the bias."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - a second to import

    found = [row for path in paths for shots in SHOTS async for row in rows_of(path, shots, seed, pairs)]
    model = LogisticRegression(C=STRENGTH, max_iter=5000)
    model.fit(np.array([row for row, _ in found]), np.array([label for _, label in found]))
    weights = {name: round(float(weight), 2) for name, weight in zip(WEIGHTS, model.coef_[0], strict=True)}
    return {**weights, "bias": round(float(model.intercept_[0]), 2)}


def main() -> None:
    """Print the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", nargs="+", type=Path, help="JSON lines with text and intent")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--pairs", type=int, default=2500, help="pairs of each set")
    given = parser.parse_args()
    print(json.dumps(asyncio.run(learnt(given.train, given.seed, given.pairs)), indent=1))  # noqa: T201 - the result


if __name__ == "__main__":
    main()
