"""An intent classifier with calibrated confidence, fitted from a handful of utterances per intent in seconds.

Methods and why they were chosen: docs/design.md, "Routing". Nothing is pickled; everything fitted is arrays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from frontdesk.nodes.route import arrays as packing
from frontdesk.nodes.route.calibration import Calibration, Unseen, softmax
from frontdesk.nodes.route.features import Vectorizer
from frontdesk.nodes.route.folds import Folds, known_shares
from frontdesk.nodes.route.head import Head, WordsLearner
from frontdesk.nodes.route.meaning import Meaning, MeaningLearner, Voices, fit_weights


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
    """Over words."""
    calibration: Calibration
    """Of words alone."""
    meaning: Meaning | None = None
    """Over embeddings and words; None: fitted on words alone."""
    calibrated: Calibration | None = None
    """Of ``meaning``."""

    def scores(self, text: str, vector: NDArray[np.float32] | None = None) -> Scores:
        """Score one masked text. A text without any known term is outside for certain.

        Args:
            text: The message.
            vector: (d,): its embedding of length 1, for a classifier that was fitted with embeddings; None: by words
                alone, with the calibration of words alone.
        """
        columns, values = self.vectorizer.row(text)
        logits = self.head.logits(columns, values)[None, :]
        known = self.vectorizer.known_share(columns, values)
        if vector is None or self.meaning is None or self.calibrated is None:
            return _judged(self.calibration, logits, [known], known)
        joined, nearest = self.meaning.logits(vector[None, :], logits)
        return _judged(self.calibrated, joined, [known, float(nearest[0])], known)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return everything fitted as named arrays of numbers, for :meth:`from_arrays`."""
        found = {
            **packing.vectorizer_arrays(self.vectorizer),
            **packing.head_arrays(self.head, "words"),
            **packing.calibration_arrays(self.calibration, "words"),
        }
        if self.meaning is not None and self.calibrated is not None:
            found |= packing.meaning_arrays(self.meaning) | packing.calibration_arrays(self.calibrated, "meaning")
        return found

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Classifier:
        """Return the classifier that :meth:`arrays` was asked of.

        Raises:
            ValueError: The arrays do not belong together.
            KeyError: One is missing.
        """
        vectorizer, head = packing.vectorizer_of(arrays), packing.head_of(arrays, "words")
        if vectorizer.width != len(head.weights):
            raise ValueError("the vocabulary does not belong to the head")
        words = packing.calibration_of(arrays, "words", 1)
        if "meaning.bias" not in arrays:
            return cls(vectorizer, head, words)
        meaning = packing.meaning_of(arrays)
        if len(meaning.head.bias) != len(head.bias):
            raise ValueError("the two heads have different classes")
        return cls(vectorizer, head, words, meaning, packing.calibration_of(arrays, "meaning", 2))


def _judged(calibration: Calibration, logits: NDArray[np.float32], signs: list[float], known: float) -> Scores:
    chances = softmax(logits[0], calibration.temperature)
    if not known:
        return Scores(chances=chances, scope=0.0)
    if calibration.scope is None:
        return Scores(chances=chances, scope=known)
    found = calibration.scope.chance(logits, calibration.temperature, np.array([signs]))
    return Scores(chances=chances, scope=float(found[0]))


def fit_classifier(
    texts: Sequence[str],
    labels: Sequence[int],
    classes: int,
    *,
    names: Sequence[str] = (),
    vectors: NDArray[np.float32] | None = None,
) -> Classifier:
    """Fit on examples.

    Args:
        texts: Example utterances, the classes' names and titles among them.
        labels: Class of each, 0 to ``classes`` - 1; at least two examples per class.
        classes: Number of classes, at least 1.
        names: Those of ``texts`` that name a class instead of quoting a customer: they are fitted on, but confidence is
            not measured on them.
        vectors: (texts, d): embeddings of ``texts``, each of length 1; None: words alone.

    Returns:
        The classifier. The same input gives the same numbers.
    """
    known = np.asarray(labels, dtype=np.intp)
    # Many small products: threads cost more than they bring, and other work shares the machine.
    with threadpool_limits(limits=1):
        vectorizer, rows = Vectorizer.fit_rows(texts)
        learner = WordsLearner(rows, known, classes)
        named = set(names)
        folds = Folds.of(known, np.array([text not in named for text in texts]), classes)
        inside = Unseen(learner.unseen(folds.examples), known_shares(rows, folds.examples))
        outside = None
        if folds.classes is not None:
            outside = Unseen(learner.unseen(folds.classes), known_shares(rows, folds.classes))
        words = folds.calibration(inside, outside)
        if vectors is None:
            return Classifier(vectorizer, learner.head(), words)
        second = MeaningLearner(vectors, known, classes, inside.logits, words.temperature)
        heard = second.unseen(folds.examples, inside.logits)
        weights = fit_weights(heard.scores[:, folds.measured], known[folds.measured])
        strangers = None
        if folds.classes is not None and outside is not None:
            strangers = _mixed(second.unseen(folds.classes, outside.logits), weights, outside)
        calibrated = folds.calibration(_mixed(heard, weights, inside), strangers)
        return Classifier(vectorizer, learner.head(), words, second.meaning(weights), calibrated)


def _mixed(voices: Voices, weights: NDArray[np.float64], words: Unseen) -> Unseen:
    return Unseen(voices.mixed(weights), np.column_stack([words.signs, voices.nearest]))
