"""Time of ranking a customer's memories: the index, which is built anew for every search, and the search.

    python bench/ranking.py                    made-up memories of about ten words, beside bm25s with its defaults

``index_ms`` and ``search_ms`` are of `frontdesk.nodes.recall.ranking` without vectors; ``vector_search_ms`` is a search
with vectors of 384 columns; ``bm25s_ms`` is bm25s' index and search together. Each is p50 of --repeats, in
milliseconds of the CPU: nothing waits.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

from frontdesk.evals.figures import quantile
from frontdesk.evals.memory.baseline import Plain
from frontdesk.nodes.recall.ranking import LIKELY, Document, Ranker
from frontdesk.nodes.route.senses import senses

QUESTIONS = (
    "Where should the parcel be left?",
    "What did I say about the colour of the chair?",
    "Is my sister's birthday soon?",
)
NOW = 1_700_000_000.0


def memories(count: int, seed: int) -> list[Document]:
    """Return made-up texts: nine stems of the table and a few of the questions' words."""
    draw, words = random.Random(seed), sorted(senses().rows)
    vectors = np.random.default_rng(seed).normal(size=(count, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    asked = " ".join(QUESTIONS).lower().replace("?", "").split()
    return [
        Document(
            str(n),
            f"t{n // 4}",
            n % 4,
            " ".join(draw.sample(words, 9) + draw.sample(asked, 1)),
            NOW - n * 1e4,
            vectors[n],
        )
        for n in range(count)
    ]


def timed(work: Callable[[], object], repeats: int) -> float | None:
    """Return p50 in milliseconds of this thread."""
    taken = []
    for _ in range(repeats):
        begun = time.thread_time()
        work()
        taken.append((time.thread_time() - begun) * 1000)
    return quantile(taken, 0.5)


def measured(count: int, repeats: int) -> dict[str, float | int | None]:
    """Return the figures of one number of memories."""
    documents = memories(count, count)
    ranker, texts = Ranker(documents), [document.text for document in documents]
    asked = iter(QUESTIONS * (repeats + 1))
    vector = documents[0].vector
    return {
        "memories": count,
        "index_ms": timed(lambda: Ranker(documents), repeats),
        "search_ms": timed(lambda: ranker.search(next(asked), now=NOW, least=LIKELY), repeats),
        "vector_search_ms": timed(lambda: ranker.search(next(asked), vector, now=NOW, least=LIKELY), repeats),
        "bm25s_ms": timed(lambda: Plain(texts).ranked(QUESTIONS[0]), repeats),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python bench/ranking.py", description=__doc__)
    parser.add_argument("--repeats", type=int, default=100)
    arguments = parser.parse_args()
    for size in (10, 50, 300, 2000):
        print(json.dumps(measured(size, arguments.repeats)))
