"""Fits how surely a text has to do with a question: evidence against what other scenarios' talks have nearest.

Of every question the turn with its evidence is an example of what has to do with it, and the :data:`NEAREST` turns of
each other scenario are examples of what has not; once with whole turns and once with their sentences as turns, because
memories are short. The whole set is fitted on; how it holds is told by leaving out one scenario's questions in turn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from frontdesk.errors import DataError
from frontdesk.evals.figures import share
from frontdesk.evals.memory.data import Question, Turn, sentences
from frontdesk.evals.memory.talks import Embed, Talks, Vectors
from frontdesk.nodes.recall.ranking.certainty import LIKELY

NEAREST = 3
_LOOSE = 10.0
"""Inverse strength of the prior on the weights; from 1 to 100 the figures are the same."""


@dataclass(frozen=True)
class _Example:
    told: NDArray[np.float32]
    related: bool
    scenario: str
    search: tuple[int, str]
    """Question, and where it was asked."""


def fitted(turns: Mapping[str, Sequence[Turn]], questions: Sequence[Question], embed: Embed | None) -> dict[str, Any]:
    """Return weights, and what they keep and leave out, of all and of each scenario left out.

    Raises:
        DataError: There are fewer than two scenarios.
    """
    if len(turns) < 2:
        raise DataError("the floor is fitted on what one scenario's talks say to another's questions: give two or more")
    examples = [*_examples(turns, questions, embed), *_examples(sentences(turns), questions, embed)]
    found = _judged(examples, examples)
    for scenario in sorted({example.scenario for example in examples}):
        rest = [example for example in examples if example.scenario != scenario]
        found[f"without {scenario}"] = _judged(rest, [one for one in examples if one.scenario == scenario])
    return found


def _examples(
    turns: Mapping[str, Sequence[Turn]], questions: Sequence[Question], embed: Embed | None
) -> list[_Example]:
    talks = {name: Talks(said, embed) for name, said in turns.items()}
    examples: list[_Example] = []
    for number, question in enumerate(questions):
        vector = embed([question.text])[0] if embed else None
        for name, talk in talks.items():
            told = talk.ranker.features(question.text, vector)
            near = np.argsort(-told.sum(axis=0), kind="stable")
            own = name == question.scenario
            if own:
                evidence = {place for places in talk.located.evidence(question) for place in places}
                near = np.array([place for place in near if place in evidence][:1], np.intp)
            examples.extend(
                _Example(told[:, place], own, question.scenario, (number, name)) for place in near[:NEAREST]
            )
    return examples


def _judged(learnt: Sequence[_Example], asked: Sequence[_Example]) -> dict[str, Any]:
    model = LogisticRegression(class_weight="balanced", C=_LOOSE)
    model.fit(_points(learnt), [example.related for example in learnt])
    chances = model.predict_proba(_points(asked))[:, 1]
    own = [float(chance) for chance, example in zip(chances, asked, strict=True) if example.related]
    foreign: dict[tuple[int, str], float] = {}
    for chance, example in zip(chances, asked, strict=True):
        if not example.related:
            foreign[example.search] = max(foreign.get(example.search, 0.0), float(chance))
    return {
        "weights": [round(float(weight), 2) for weight in (*model.intercept_, *model.coef_[0])],
        "keeps_evidence": share(sum(chance >= LIKELY for chance in own), len(own)),
        "finds_nothing_foreign": share(sum(chance < LIKELY for chance in foreign.values()), len(foreign)),
    }


def _points(examples: Sequence[_Example]) -> Vectors:
    return np.stack([example.told for example in examples])
