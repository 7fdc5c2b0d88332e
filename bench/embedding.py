"""The local encoder as an embedder: time, memory, whole numbers beside floats, and what placeholders do.

    python bench/embedding.py            # needs `make embeddings` (or FRONTDESK_ENCODER) and FRONTDESK_DATA

Prints one JSON object. Accuracy is that of logistic regression on the vectors alone, on messages of banking77's
training part that were split off with seed 0; the held-out questions are the retail desk's own.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from frontdesk.desk.load import Desk
from frontdesk.models.embedders.local import SentenceEncoder, open_sentences, required_encoder
from frontdesk.models.embedders.source import neutral
from frontdesk.nodes.route.router import Examples

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
SHOTS, HELD_OUT = 10, 2000
TAILS = (". my email is <EMAIL_1>", ". order <ORDER_1>, I live at <ADDRESS_1>", ". I am <NAME_1>, phone <PHONE_1>")


def memory() -> float:
    """Resident memory in MB (Linux)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return round(int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024, 1)


def right(head: LogisticRegression, vectors: np.ndarray, labels: list[str]) -> float:
    return round(float((head.predict(vectors) == np.array(labels)).mean()), 3)


def taught(vectors: np.ndarray, labels: list[str]) -> LogisticRegression:
    return LogisticRegression(C=10, max_iter=1000).fit(vectors, labels)


def times(encoder: SentenceEncoder, texts: list[str]) -> dict[str, float]:
    encoder.vector(texts[0])
    taken = []
    for text in texts:
        began = time.perf_counter()
        encoder.vector(text)
        taken.append((time.perf_counter() - began) * 1000)
    return {"ms_p50": round(float(np.percentile(taken, 50)), 2), "ms_p99": round(float(np.percentile(taken, 99)), 2)}


def banking(encoder: SentenceEncoder) -> dict[str, float]:
    file = Path(os.environ.get("FRONTDESK_DATA", "../shared/data")) / "banking77" / "train.jsonl"
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    order = np.random.default_rng(0).permutation(len(rows))
    held_out, rest = [rows[at] for at in order[:HELD_OUT]], [rows[at] for at in order[HELD_OUT:]]
    taken: dict[str, int] = {}
    few = []
    for row in rest:
        taken[row["intent"]] = taken.get(row["intent"], 0) + 1
        few += [row] if taken[row["intent"]] <= SHOTS else []
    wanted = [row["intent"] for row in held_out]
    vectors = encoder.many([row["text"] for row in held_out])
    found = {}
    for name, part in (("10_shots", few), ("3000_examples", rest[:3000])):
        head = taught(encoder.many([row["text"] for row in part]), [row["intent"] for row in part])
        found[name] = right(head, vectors, wanted)
    return {**times(encoder, [row["text"] for row in held_out[:600]]), **found}


def placeholders(encoder: SentenceEncoder) -> dict[str, list[float]]:
    from tests.nodes.route.paraphrases import PARAPHRASES  # noqa: PLC0415 - found by the path above

    desk = Desk.load("retail")
    examples = Examples.of(desk.intents)
    names = list(desk.intents)
    asked = [line.split("|", 1) for line in PARAPHRASES.strip().splitlines()]
    head = taught(encoder.many(examples.texts), [names[label] for label in examples.labels])
    wanted = [name for name, _ in asked]
    return {
        word: [right(head, encoder.many([form(text + tail) for _, text in asked]), wanted) for tail in ("", *TAILS)]
        for word, form in (("as_they_are", str), ("neutral", neutral))
    }


def main() -> None:
    found = required_encoder(os.environ)
    before = memory()
    whole = open_sentences(found, None)
    report: dict[str, object] = {"whole_numbers": banking(whole), "mb": memory() - before}
    report["placeholders"] = placeholders(whole)
    report["floats"] = banking(open_sentences(found, None, whole=False))
    print(json.dumps(report))


if __name__ == "__main__":
    main()
