"""frontdesk's router beside redisvl's SemanticRouter and semantic-router, with the same vectors, in one run.

    python -m venv /tmp/sr && /tmp/sr/bin/pip install semantic-router
    python bench/beside_routers.py --venv /tmp/sr [--data ../shared/data] [--shots 10] [--seed 0] [--json figures.json]

Everybody fits on the same examples and routes the same messages: a fifth of banking77's training file that is split off
by the seed, and clinc150's val.jsonl with oos_val.jsonl as strangers. Everybody is given the vectors of the local
encoder (all-MiniLM-L6-v2, the extra `embeddings`), made once; so the times are those of routing alone, and the time of
one embedding is told apart. frontdesk also gets the words, which the others cannot use.

* frontdesk, and frontdesk words: the router with vectors, and without;
* redisvl: as it comes (mean distance, threshold .5), and by the nearest example without one; in its own Redis;
* semantic-router: as it comes (5 nearest, mean) and its two other aggregations; in an environment of its own.

Strangers are told by P(in scope), by distance, by confidence: AUROC needs no threshold. `all` is the share right of all
messages in scope where a side may also answer with nothing.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from redis import Redis
from redisvl.extensions.router import Route, RoutingConfig, SemanticRouter
from redisvl.extensions.router.schema import DistanceAggregationMethod
from redisvl.utils.vectorize import CustomVectorizer

from frontdesk.evals.figures import quantile
from frontdesk.evals.route.data import Message, read_messages, read_outside, shots, split
from frontdesk.evals.route.embedding import embedding
from frontdesk.evals.route.fitting import Material, fit, material_of
from frontdesk.evals.route.metrics import auroc
from frontdesk.graph.persistence.embedded import EmbeddedRedis

ROOT = Path(__file__).resolve().parent.parent
Answer = tuple[str | None, float]
"""Intent, and how little it belongs to any."""
AGGREGATIONS = ("mean", "max", "sum")


@dataclass(frozen=True)
class Setting:
    """One set with its vectors."""

    name: str
    material: Material
    vectors: Any
    messages: list[Message]
    asked: Any


def settings(options: argparse.Namespace, embed: Callable[[Sequence[str]], Any]) -> Iterator[Setting]:
    data = options.data
    banking, held = split(read_messages(data / "banking77" / "train.jsonl"), 0.2, options.seed)
    strangers = read_outside(data / "clinc150" / "oos_val.jsonl")
    clinc = read_messages(data / "clinc150" / "train.jsonl", outside=False)
    known = read_messages(data / "clinc150" / "val.jsonl", outside=False)
    for name, examples, tested in (("banking77", banking, held), ("clinc150", clinc, known)):
        if options.shots:
            examples = shots(examples, options.shots, options.seed)
        messages = [*tested, *strangers]
        material = material_of(examples, sorted({str(one.intent) for one in examples}))
        print(f"{name}: {material.utterances} examples, {len(messages)} messages", file=sys.stderr)
        yield Setting(name, material, embed(material.texts), messages, embed([one.text for one in messages]))


def judged(setting: Setting, answers: Sequence[Answer], times: Sequence[float], build: float) -> dict[str, Any]:
    inside = np.array([one.intent is not None for one in setting.messages])
    right = np.array([answer[0] == one.intent for answer, one in zip(answers, setting.messages, strict=True)])
    strange = np.array([answer[1] for answer in answers], dtype=np.float64)
    return {
        "accuracy": round(float(right[inside].mean()), 4),
        "auroc": auroc(strange[~inside], strange[inside]),
        "p50_ms": quantile(times, 0.5),
        "p99_ms": quantile(times, 0.99),
        "build_s": round(build, 2),
    }


def timed(setting: Setting, ask: Callable[[int], Answer], build: float) -> dict[str, Any]:
    ask(0)
    answers, times = [], []
    for row in range(len(setting.messages)):
        began = time.perf_counter()
        answers.append(ask(row))
        times.append((time.perf_counter() - began) * 1000)
    return judged(setting, answers, times, build)


def ours(setting: Setting, *, words: bool) -> dict[str, Any]:
    began = time.perf_counter()
    classifier = fit(setting.material, None if words else setting.vectors)
    build = time.perf_counter() - began

    def ask(row: int) -> Answer:
        scores = classifier.scores(setting.messages[row].text, None if words else setting.asked[row])
        return setting.material.intents[int(scores.chances.argmax())], 1 - scores.scope

    return timed(setting, ask, build)


def redisvl(setting: Setting, url: str, *, nearest: bool) -> dict[str, Any]:
    known = dict(zip(setting.material.texts, setting.vectors.tolist(), strict=True))
    count, nowhere = setting.material.utterances, [1.0] + [0.0] * (setting.vectors.shape[1] - 1)
    vectorizer = CustomVectorizer(
        embed=lambda text: known.get(text, nowhere),
        embed_many=lambda texts: [known.get(text, nowhere) for text in texts],
    )
    references: dict[str, list[str]] = {name: [] for name in setting.material.intents}
    for text, label in zip(setting.material.texts[:count], setting.material.labels, strict=False):
        references[setting.material.intents[label]].append(text)
    limit = {"distance_threshold": 2.0} if nearest else {}
    routes = [Route(name=name, references=texts, **limit) for name, texts in references.items()]
    way = DistanceAggregationMethod.min if nearest else DistanceAggregationMethod.avg
    began = time.perf_counter()
    client = Redis.from_url(url)
    router = SemanticRouter(
        name=f"bench_{setting.name}_{int(nearest)}",
        routes=routes,
        vectorizer=vectorizer,
        routing_config=RoutingConfig(aggregation_method=way),
        redis_client=client,
        overwrite=True,
    )
    build = time.perf_counter() - began
    asked = setting.asked.tolist()

    def ask(row: int) -> Answer:
        found = router(vector=asked[row])
        return found.name, 2.0 if found.distance is None else float(found.distance)

    try:
        return timed(setting, ask, build)
    finally:
        router.delete()
        client.close()


def semantic(setting: Setting, venv: Path, folder: Path) -> dict[str, dict[str, Any]]:
    count = setting.material.utterances
    np.savez(
        folder / "given.npz",
        examples=setting.vectors[:count],
        labels=setting.material.labels[:count],
        asked=setting.asked,
    )
    found: dict[str, dict[str, Any]] = {}
    for way in AGGREGATIONS:
        command = [
            str(venv / "bin" / "python"),
            str(ROOT / "bench" / "semantic_side.py"),
            str(folder / "given.npz"),
            way,
        ]
        done = subprocess.run(command, capture_output=True, text=True, cwd=folder)
        name = f"semantic-router, {way}"
        try:
            told = json.loads(done.stdout)
        except ValueError:
            found[name] = {"error": f"exit {done.returncode}: {done.stderr.strip()[-300:]}"}
            continue
        answers = [(setting.material.intents[at] if at >= 0 else None, -sure) for at, sure in told["answers"]]
        found[name] = judged(setting, answers, told["ms"], told["build_s"])
    return found


def lines(table: Mapping[str, Any]) -> Iterator[str]:
    yield f"{table['shots'] or 'all'} examples per intent, seed {table['seed']}; one embedding {table['embed_ms']} ms"
    for name, sides in table["sets"].items():
        yield f"\n| {name} | accuracy | AUROC far | p50 ms | p99 ms | build s |"
        yield "|---|---|---|---|---|---|"
        for side, one in sides.items():
            if "error" in one:
                yield f"| {side} | could not run: {one['error']} | | | | |"
            else:
                cells = (one[key] for key in ("accuracy", "auroc", "p50_ms", "p99_ms", "build_s"))
                yield f"| {side} | {' | '.join(map(str, cells))} |"


def run(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    table: dict[str, Any] = {"shots": options.shots, "seed": options.seed, "sets": {}}
    server = EmbeddedRedis(folder / "redis")
    try:
        with embedding("minilm") as embed:
            assert embed is not None
            found = list(settings(options, embed))
            times = []
            for one in found[0].messages[:200]:
                began = time.perf_counter()
                embed((one.text,))
                times.append((time.perf_counter() - began) * 1000)
            table["embed_ms"] = quantile(times, 0.5)
        for setting in found:
            table["sets"][setting.name] = {
                "frontdesk": ours(setting, words=False),
                "frontdesk words": ours(setting, words=True),
                "redisvl": redisvl(setting, server.url, nearest=False),
                "redisvl, nearest, no threshold": redisvl(setting, server.url, nearest=True),
                **(semantic(setting, options.venv, folder) if options.venv else {}),
            }
    finally:
        server.close()
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description="The router beside redisvl's and semantic-router.")
    parser.add_argument("--venv", type=Path, help="environment with semantic-router")
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("FRONTDESK_DATA", "../shared/data")))
    parser.add_argument("--shots", default=10, type=int, help="examples per intent; 0: all")
    parser.add_argument("--seed", default=0, type=int)
    parser.add_argument("--json", type=Path, help="write the figures to this file, too")
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory(prefix="frontdesk-bench-") as home:
        table = run(options, Path(home))
    print("\n".join(lines(table)))
    if options.json:
        options.json.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
