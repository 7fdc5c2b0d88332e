"""An intent classifier with calibrated confidence, fitted from a handful of utterances per intent in seconds.

Methods and why they were chosen: docs/design.md, "Routing". Nothing is pickled; everything fitted is arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from frontdesk.nodes.route.calibration import Scope, fit_scope, fit_temperature, softmax
from frontdesk.nodes.route.features import Vectorizer
from frontdesk.nodes.route.head import DUAL_ROWS, Head, fit_head

_FOLDS = 5
_FOLDS_LARGE = 2
"""Folds above ``DUAL_ROWS`` examples: the fit takes seconds each, and there is data enough to calibrate on."""
_FEW = 4
"""Below so many intents none can be left out and still leave a choice."""


@dataclass(frozen=True)
class Scores:
    """What the classifier says of one text."""

    chances: NDArray[np.float64]
    """(classes,): calibrated probabilities, given that the text belongs to one of them; they sum to 1."""
    scope: float
    """Probability that it belongs to any of them, 0 to 1."""


@dataclass(frozen=True)
class Classifier:
    """Vocabulary, weights and calibration."""

    vectorizer: Vectorizer
    head: Head
    temperature: float
    scope: Scope | None
    """None with fewer than four intents: then the share of the text that is known vocabulary stands in."""

    def scores(self, text: str) -> Scores:
        """Score one masked text. A text without any known term is outside for certain."""
        columns, values = self.vectorizer.row(text)
        logits = self.head.logits(columns, values)
        chances = softmax(logits, self.temperature)
        if not len(columns):
            return Scores(chances=chances, scope=0.0)
        if self.scope is None:
            return Scores(chances=chances, scope=float(values @ values) / 2)
        return Scores(chances=chances, scope=float(self.scope.chance(logits[None, :], self.temperature)[0]))


def fit_classifier(texts: Sequence[str], labels: Sequence[int], classes: int) -> Classifier:
    """Fit on examples.

    Args:
        texts: Example utterances.
        labels: Class of each, 0 to ``classes`` - 1; at least two examples per class.
        classes: Number of classes, at least 1.

    Returns:
        The classifier. The same input gives the same numbers.
    """
    known = np.asarray(labels, dtype=np.intp)
    # Many small products: threads cost more than they bring, and other work shares the machine.
    with threadpool_limits(limits=1):
        vectorizer = Vectorizer.fit(texts)
        head = fit_head(vectorizer.rows(texts), known, classes)
        parts = _FOLDS if len(texts) <= DUAL_ROWS else _FOLDS_LARGE
        seen = _unseen_scores(texts, known, classes, _example_folds(known, parts))
        temperature = fit_temperature(seen, known)
        if classes < _FEW:
            return Classifier(vectorizer, head, temperature, None)
        outside = _unseen_scores(texts, known, classes, _class_folds(known, classes, min(parts, classes // 2)))
        return Classifier(vectorizer, head, temperature, fit_scope(seen, outside, temperature))


def _example_folds(labels: NDArray[np.intp], parts: int) -> NDArray[np.intp]:
    """Return a fold per example, each class spread evenly over the folds."""
    folds = np.zeros(len(labels), dtype=np.intp)
    random = np.random.default_rng(0)
    for label in np.unique(labels):
        positions = random.permutation(np.flatnonzero(labels == label))
        folds[positions] = (np.arange(len(positions)) + label) % parts
    return folds


def _class_folds(labels: NDArray[np.intp], classes: int, parts: int) -> NDArray[np.intp]:
    """Return a fold per example, all examples of a class in the same one."""
    return (np.random.default_rng(0).permutation(classes) % parts)[labels]


def _unseen_scores(
    texts: Sequence[str], labels: NDArray[np.intp], classes: int, folds: NDArray[np.intp]
) -> NDArray[np.float32]:
    """Score each fold by a vocabulary and head fitted on the others: the vocabulary, too, must not have seen it."""
    scores = np.zeros((len(texts), classes), dtype=np.float32)
    for fold in np.unique(folds):
        inside = [text for text, part in zip(texts, folds, strict=True) if part != fold]
        vectorizer = Vectorizer.fit(inside)
        head = fit_head(vectorizer.rows(inside), labels[folds != fold], classes)
        for position in np.flatnonzero(folds == fold):
            scores[position] = head.logits(*vectorizer.row(texts[int(position)]))
    return scores
