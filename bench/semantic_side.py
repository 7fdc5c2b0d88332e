"""semantic-router on given vectors, in an environment of its own; run by bench/beside_routers.py.

    PYTHON bench/semantic_side.py GIVEN.npz mean|max|sum

Prints {"answers": [[class or -1, confidence], …], "ms": […], "build_s": s}. A text is the number of its vector, so that
its encoder does nothing but look it up.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from typing import Any

import numpy as np


def answered(path: str, way: str) -> dict[str, Any]:
    package = importlib.import_module("semantic_router")
    encoders = importlib.import_module("semantic_router.encoders")
    given = np.load(path, allow_pickle=False)
    vectors = np.concatenate([given["examples"], given["asked"]])
    first = len(given["examples"])

    class Numbered(encoders.DenseEncoder):  # type: ignore[name-defined,misc]
        def __call__(self, docs: list[Any]) -> list[list[float]]:
            found: list[list[float]] = vectors[[int(doc) for doc in docs]].tolist()
            return found

    labels = given["labels"]
    routes = [
        package.Route(name=str(label), utterances=[str(row) for row in np.flatnonzero(labels == label)])
        for label in np.unique(labels)
    ]
    began = time.perf_counter()
    router = package.IndexedRouter(encoder=Numbered(name="given"), routes=routes, aggregation=way)
    build = time.perf_counter() - began
    router(str(first))
    answers, times = [], []
    for row in range(len(given["asked"])):
        began = time.perf_counter()
        found = router(str(first + row))
        times.append((time.perf_counter() - began) * 1000)
        answers.append([-1 if found.name is None else int(found.name), float(found.confidence or 0.0)])
    return {"answers": answers, "ms": times, "build_s": build}


if __name__ == "__main__":
    print(json.dumps(answered(sys.argv[1], sys.argv[2])))
