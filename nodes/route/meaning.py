"""The head over embeddings: added to what the words say, with the nearest examples as a third voice."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from frontdesk.nodes.route.calibration import softmax
from frontdesk.nodes.route.head import DUAL_ROWS, Head, Labels, fit_softmax

Floats = NDArray[np.float32]
STRENGTHS = (30.0, 10.0)
"""Up to ``DUAL_ROWS`` examples, and beyond."""
BENEATH = (0.0, 0.6)
"""Weight of the words' calibrated scores beneath the embedding's while its head is fitted, likewise: with many examples
the embedding learns what the words do not tell. With few the scores of left-out examples are too poor for that."""
SHARPNESS = 40.0
"""Of the similarity to examples: at .9 an example counts e^4 times one at .8. The above were chosen on validation parts
of banking77 and clinc150; how much each voice counts is fitted."""
_FLOOR = -15.0
_ALL = 3
_USUAL = {2: (0.5, 0.4), _ALL: (1.0, 0.2, 0.2)}
"""Weights from which those of few examples do not stray far."""
_PULL = 1.0


@dataclass(frozen=True)
class Voices:
    """What each source of evidence says of n messages."""

    scores: Floats
    """(voices, n, classes)."""
    nearest: Floats
    """(n,): similarity to the nearest example."""

    def mixed(self, weights: NDArray[np.float64]) -> Floats:
        """Return the weighted sum, (n, classes)."""
        return np.asarray(np.tensordot(weights.astype(np.float32), self.scores, 1), np.float32)


@dataclass(frozen=True)
class Meaning:
    """Scores by words, embedding and nearest examples."""

    head: Head
    """Over the embedding."""
    examples: Floats
    """(n, d): the examples' embeddings, ordered by class."""
    labels: Labels
    """(n,): their classes, rising."""
    words: float
    """Factor of the words' raw scores."""
    near: float
    """Factor of the nearest examples' scores."""

    def logits(self, points: Floats, words: Floats) -> tuple[Floats, Floats]:
        """Score messages.

        Args:
            points: (m, d): embeddings of length 1.
            words: (m, classes): raw scores of the words' head.

        Returns:
            Scores (m, classes), and the similarity to the nearest example (m,).
        """
        near, nearest = nearest_scores(points @ self.examples.T, self.labels, len(self.head.bias))
        return self.head.dense(points) + self.words * words + np.float32(self.near) * near, nearest


def nearest_scores(likeness: Floats, labels: Labels, classes: int) -> tuple[Floats, Floats]:
    """Score classes by their examples' similarity, (m, n), to messages; ``labels`` (n,) rise.

    Returns:
        (m, classes): log of the summed, sharpened similarity beside that of the nearest example, bounded below; and the
        similarity of the nearest example, (m,).
    """
    nearest = likeness.max(axis=1)
    sharp = np.exp(SHARPNESS * (likeness - nearest[:, None]))
    present, starts = np.unique(labels, return_index=True)
    scores = np.full((len(likeness), classes), _FLOOR, np.float32)
    with np.errstate(divide="ignore"):
        scores[:, present] = np.maximum(np.log(np.add.reduceat(sharp, starts, axis=1)), _FLOOR)
    return scores, nearest


class MeaningLearner:
    """Fits the head over embeddings, on all examples and on parts of them."""

    def __init__(self, points: Floats, labels: Labels, classes: int, words: Floats, temperature: float) -> None:
        """Take the examples.

        Args:
            points: (n, d): embeddings of length 1.
            labels: (n,).
            classes: Number of classes.
            words: (n, classes): scores by heads over words that have not seen the example.
            temperature: Of those scores.
        """
        order = np.argsort(labels, kind="stable")
        self._order = order
        self._points, self._labels, self._classes = points[order], labels[order], classes
        large = len(labels) > DUAL_ROWS
        self._strength = STRENGTHS[large]
        self._temperature = temperature
        self._beneath = BENEATH[large] / temperature
        self._offset = (self._beneath * words[order]).astype(np.float32)
        self._whole = self._fit(np.ones(len(labels), np.bool_))

    def _fit(self, chosen: NDArray[np.bool_], start: Head | None = None) -> Head:
        offset = self._offset[chosen] if self._beneath else None
        points, labels = self._points[chosen], self._labels[chosen]
        return fit_softmax(points, labels, self._classes, self._strength, offset=offset, start=start)

    def meaning(self, weights: NDArray[np.float64]) -> Meaning:
        """Return what was fitted on all examples, with the weights of its voices from :meth:`weights`."""
        whole, near = np.float32(weights[0]), float(weights[-1])
        words = float(weights[1]) / self._temperature if len(weights) == _ALL else float(weights[0]) * self._beneath
        head = Head(self._whole.weights * whole, self._whole.bias * whole)
        return Meaning(head, self._points, self._labels, words, near)

    def unseen(self, folds: Labels, words: Floats) -> Voices:
        """Let each fold be judged by what was fitted on the others.

        Args:
            folds: A number per example, (n,), as the examples were given.
            words: (n, classes): the words' scores of the same folds.

        Returns:
            What embedding (with the words where they lie beneath), words (where they do not) and nearest examples say.
        """
        shape = (len(folds), self._classes)
        own, near, nearest = np.zeros(shape, np.float32), np.zeros(shape, np.float32), np.zeros(len(folds), np.float32)
        ordered = folds[self._order]
        for fold in np.unique(folds):
            seen = ordered != fold
            part, points = self._order[~seen], self._points[~seen]
            own[part] = self._fit(seen, self._whole).dense(points)
            likeness = points @ self._points[seen].T
            near[part], nearest[part] = nearest_scores(likeness, self._labels[seen], self._classes)
        if self._beneath:
            return Voices(np.stack([own + np.float32(self._beneath) * words, near]), nearest)
        return Voices(np.stack([own, words / np.float32(self._temperature), near]), nearest)


def fit_weights(scores: Floats, labels: Labels) -> NDArray[np.float64]:
    """Return the weights of voices, (voices,), that make the true classes likeliest, all above 0.

    Args:
        scores: (voices, n, classes): of examples that what speaks has not seen.
        labels: (n,): their classes.
    """
    usual = np.log(_USUAL[len(scores)])
    places = np.arange(len(labels))

    def loss(exponents: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = np.exp(exponents)
        chances = softmax(np.tensordot(weights.astype(np.float32), scores, 1), 1.0)
        fault = -float(np.log(chances[places, labels] + 1e-12).sum())
        chances[places, labels] -= 1
        slope = np.array([float(np.vdot(chances, one)) for one in scores]) * weights
        apart = exponents - usual
        return fault + _PULL * float(apart @ apart), slope + 2 * _PULL * apart

    found = minimize(loss, usual, jac=True, method="L-BFGS-B", bounds=[(-5.0, 3.0)] * len(usual))
    return np.asarray(np.exp(found.x))
