"""The product's classifier, fitted on examples from a file or from a desk, and what it says of many texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from frontdesk.evals.route.data import Message
from frontdesk.nodes.route.classifier import Classifier, Scores
from frontdesk.nodes.route.router import Examples, fit_examples

Vectors = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Vectors]
"""Texts to embeddings of length 1, (texts, d)."""
_EDGES = re.compile(r"(?<=[a-z])(?=[A-Z])|[^\w]+|_+")


@dataclass(frozen=True)
class Material:
    """What a classifier is fitted on."""

    intents: tuple[str, ...]
    texts: tuple[str, ...]
    """Utterances first, then what names an intent."""
    labels: NDArray[np.intp]
    """(texts,): position in ``intents``."""
    names: tuple[str, ...]
    """The last of ``texts``: names and titles."""

    @property
    def utterances(self) -> int:
        """How many of the texts are utterances."""
        return len(self.texts) - len(self.names)

    def of(self, kept: NDArray[np.bool_]) -> Material:
        """Return some of the texts, (texts,) flags; ``intents`` and labels stay as they are."""
        texts = tuple(text for text, flag in zip(self.texts, kept, strict=True) if flag)
        names = tuple(text for text, flag in zip(self.names, kept[self.utterances :], strict=True) if flag)
        return Material(self.intents, texts, self.labels[kept], names)


def words_of_name(name: str) -> str:
    """Return a name as words: `card_arrival`, `card-arrival` and `CardArrival` all tell what is wanted."""
    return " ".join(part for part in _EDGES.split(name) if part)


def material_of(messages: Iterable[Message], intents: Sequence[str]) -> Material:
    """Return what is fitted on: the messages of these intents, and each intent's name as one example more."""
    place = {name: number for number, name in enumerate(intents)}
    kept = [message for message in messages if message.intent in place]
    names = tuple(words_of_name(name) for name in intents)
    labels = [place[str(message.intent)] for message in kept] + list(range(len(intents)))
    texts = (*(message.text for message in kept), *names)
    return Material(tuple(intents), texts, np.array(labels, dtype=np.intp), names)


@dataclass(frozen=True)
class Scored:
    """What a classifier said of n texts."""

    chances: NDArray[np.float64]
    """(n, classes): given that the text belongs to one of them."""
    scope: NDArray[np.float64]
    """(n,): probability that it does."""

    @cached_property
    def best(self) -> NDArray[np.intp]:
        """(n,): the likeliest class."""
        return np.asarray(self.chances.argmax(axis=1))

    @cached_property
    def ranked(self) -> NDArray[np.intp]:
        """(n, 2): the two likeliest classes, the same twice where there is only one."""
        order = np.argsort(-self.chances, axis=1, kind="stable")
        return order[:, [0, min(1, order.shape[1] - 1)]]

    @cached_property
    def confidence(self) -> NDArray[np.float64]:
        """(n,): of the best, given that the text is in scope."""
        return np.asarray(self.chances.max(axis=1))

    @cached_property
    def joint(self) -> NDArray[np.float64]:
        """(n,): of the best, and that the text is in scope: what a desk's thresholds are compared with."""
        return self.confidence * self.scope

    @cached_property
    def pair(self) -> NDArray[np.float64]:
        """(n,): of the two likeliest together, and that the text is in scope."""
        if self.chances.shape[1] < 2:
            return self.joint
        rows = np.arange(len(self.chances))
        return (self.confidence + self.chances[rows, self.ranked[:, 1]]) * self.scope


def gathered(scores: Sequence[Scores], classes: int) -> Scored:
    """Return the scores of several texts as arrays."""
    chances = np.array([one.chances for one in scores], dtype=np.float64).reshape(len(scores), classes)
    return Scored(chances, np.array([one.scope for one in scores], dtype=np.float64))


def joined(parts: Sequence[Scored]) -> Scored:
    """Return scores one after the other."""
    return Scored(np.concatenate([one.chances for one in parts]), np.concatenate([one.scope for one in parts]))


def fit(material: Material, vectors: Vectors | None) -> Classifier:
    """Fit the product's classifier; ``vectors`` (texts, d) or None: words alone."""
    labels = tuple(int(label) for label in material.labels)
    return fit_examples(material.intents, Examples(material.texts, labels, material.names), vectors).classifier


def score(classifier: Classifier, texts: Sequence[str], vectors: Vectors | None, classes: int) -> Scored:
    """Return what a classifier says of texts; ``vectors`` (texts, d) or None."""
    rows = [None] * len(texts) if vectors is None else list(vectors)
    return gathered([classifier.scores(text, row) for text, row in zip(texts, rows, strict=True)], classes)
