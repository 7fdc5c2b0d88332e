"""``python -m frontdesk.evals.knowledge.fit --data DIR``: the weights of ``nodes/recall/passages/certainty.py``.

Fitted on the fit part of dstc9_faq's entities, measured on the validation part. What is asked: staff's answers, whole
and their first sentence; titles; titles of pages that show their text only. Each once with the right page there and
once without it, and messages of other subjects (clinc150 and banking77, train parts).
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from frontdesk.errors import FrontdeskError
from frontdesk.evals.knowledge.corpus import indexed
from frontdesk.evals.knowledge.data import Doc
from frontdesk.evals.knowledge.dstc9 import Faq, Part, entities, read_faq
from frontdesk.evals.lines import read_records
from frontdesk.evals.route.embedding import embedding, remembering
from frontdesk.evals.route.fitting import Embed
from frontdesk.evals.route.metrics import auroc, calibration_error
from frontdesk.nodes.recall.knowledge import query_of
from frontdesk.nodes.recall.passages.certainty import evidence

COLUMNS = ("covered", "meant", "titled", "sense", "lead", "sentence")
WORDS, SENTENCES = (0, 1, 2, 3, 4), (0, 1, 4, 5)
"""Columns that are used without and with vectors; beside sentences, titles and senses tell nothing more."""
_RESPONSES, _PAGES, _FAR = 12, 10, 18
"""Of each entity: answers, pages and messages of other subjects."""
_SENTENCE = re.compile(r"(?<=[.!?])\s")
_STRENGTH = 10.0
"""Inverse of the penalty on the weights: some nine thousand examples, six numbers."""


@dataclass(frozen=True)
class Examples:
    """What a search saw of its first section, and whether that was the right one."""

    seen: NDArray[np.float64]
    right: NDArray[np.bool_]


def gathered(faq: Faq, part: Part, seed: int, far: Sequence[str], embed: Embed | None) -> Examples:
    """Ask everything of one part."""
    rows: list[NDArray[np.float64]] = []
    right: list[bool] = []
    for name in entities(faq, part, seed):
        for seen, found in _entity(faq, name, random.Random(f"fit:{seed}:{name}"), far, embed):  # noqa: S311 - a sample
            rows.append(seen)
            right.append(found)
    return Examples(np.array(rows), np.array(right, bool))


def _entity(
    faq: Faq, name: str, draw: random.Random, far: Sequence[str], embed: Embed | None
) -> Iterator[tuple[NDArray[np.float64], bool]]:
    records = faq.docs[name]
    place = {record["id"]: number for number, record in enumerate(records)}
    titled = Asking([Doc(record["id"], record["title"], record["body"]) for record in records], embed)
    bare = Asking([Doc(record["id"], name.partition("|")[0], record["body"]) for record in records], embed)
    said = faq.responses.get(name, [])
    for record in draw.sample(said, min(_RESPONSES, len(said))):
        for text in (record["response"], _SENTENCE.split(record["response"])[0]):
            yield from titled.twice(text, place[record["snippet_id"]])
    for record in draw.sample(records, min(_PAGES, len(records))):
        yield from titled.twice(record["title"], place[record["id"]])
        yield from bare.twice(record["title"], place[record["id"]])
    for number, text in enumerate(draw.sample(far, _FAR)):
        yield from (bare if number % 4 == 0 else titled).once(text, None)


class Asking:
    """The pages of one entity, one section each."""

    def __init__(self, docs: Sequence[Doc], embed: Embed | None) -> None:
        """Index them."""
        self._embed, self._count = embed, len(docs)
        self._index = indexed(docs, embed)

    def twice(self, text: str, right: int) -> Iterator[tuple[NDArray[np.float64], bool]]:
        """Yield what is seen with the right page there, and without it."""
        yield from self.once(text, right)
        yield from self.once(text, None, without=right)

    def once(
        self, text: str, right: int | None, without: int | None = None
    ) -> Iterator[tuple[NDArray[np.float64], bool]]:
        """Yield what is seen of the page that comes first, and whether it is the right one."""
        query = query_of(text, self._embed((text,))[0].astype(np.float32) if self._embed else None)
        if not query.terms:
            return
        shown = np.arange(self._count) != (-1 if without is None else without)
        found = evidence(self._index, query, shown, np.arange(self._count))
        first = int(np.argmax(found.log_odds()))
        yield found.seen[first], found.places[first] == right


def fitted(examples: Examples, columns: Sequence[int]) -> tuple[float, NDArray[np.float64]]:
    """Return base and weights of the columns; right and wrong count half each."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - seconds to import, needed here only

    model = LogisticRegression(C=_STRENGTH, class_weight="balanced", max_iter=5000)
    model.fit(examples.seen[:, columns], examples.right)
    return float(model.intercept_[0]), np.asarray(model.coef_[0], np.float64)


def main(arguments: argparse.Namespace) -> None:
    """Fit, measure, and print the weights."""
    faq = read_faq(arguments.data)
    far = [
        str(record["text"])
        for name in ("clinc150", "banking77")
        for _, record in read_records(arguments.data / name / "train.jsonl")
    ]
    with embedding(arguments.embeddings) as embed:
        kept = _each(remembering(embed)) if embed else None
        fit, held = (gathered(faq, part, arguments.seed, far, kept) for part in ("fit", "validation"))
    columns = SENTENCES if arguments.embeddings else WORDS
    base, weights = fitted(fit, columns)
    sure = 1 / (1 + np.exp(-(base + held.seen[:, columns] @ weights)))
    told: dict[str, Any] = {
        "base": round(base, 2),
        **{COLUMNS[column]: round(float(weight), 2) for column, weight in zip(columns, weights, strict=True)},
        "fitted_on": len(fit.right),
        "measured_on": len(held.right),
        "auroc": auroc(sure[held.right], sure[~held.right]),
        "ece": calibration_error(
            sure, held.right, np.where(held.right, 0.5 / held.right.mean(), 0.5 / (~held.right).mean())
        ),
    }
    sys.stdout.write(json.dumps(told) + "\n")


def _each(embed: Embed) -> Embed:
    """Return an embedder that remembers texts that come alone, too: no time is measured here."""
    return lambda texts: embed([*texts, ""])[: len(texts)] if len(texts) == 1 else embed(texts)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m frontdesk.evals.knowledge.fit", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of dstc9_faq, clinc150 and banking77")
    parser.add_argument("--embeddings", default="", help="minilm, or provider:name; none: by words")
    parser.add_argument("--seed", type=int, default=9, help="of the parts and samples")
    try:
        main(parser.parse_args())
    except FrontdeskError as error:
        sys.exit(f"frontdesk: {error}")
