"""The linear heads: one weight vector per intent, over words or over an embedding."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

Labels = NDArray[np.intp]
DUAL_ROWS = 2500
"""Up to so many examples the softmax regression is solved in the space of the examples, in seconds at most.
Beyond, a linear SVC on the sparse rows: within a point of it there, and the only one that fits in time."""
ABSENT = -100.0
"""Score of a class that has no example: far below the others."""
SOFTMAX_C = 30.0
_SVC_C = 1.0
"""Accuracy on validation parts of banking77 and clinc150 is flat within 0.5 points from a third to thrice these."""
_STEPS = 60
"""Of the softmax solver; more change no validation figure by more than 0.2 points."""
_STEPS_AGAIN = 25
"""When it starts from the solution on all examples."""


@dataclass(frozen=True)
class Head:
    """Scores of a text: ``values @ weights[columns] + bias``."""

    weights: NDArray[np.float32]
    """(columns, classes)."""
    bias: NDArray[np.float32]
    """(classes,)."""

    def logits(self, columns: NDArray[np.intp], values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return (classes,) scores of one sparse row."""
        scores: NDArray[np.float32] = values @ self.weights[columns] + self.bias
        return scores

    def dense(self, points: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return (n, classes) scores of dense rows (n, columns)."""
        return np.asarray(points @ self.weights + self.bias)


def fit_softmax(
    points: NDArray[np.float32],
    labels: Labels,
    classes: int,
    strength: float,
    *,
    offset: NDArray[np.float32] | None = None,
    start: Head | None = None,
) -> Head:
    """Fit a softmax regression.

    Args:
        points: Dense rows, (n, d).
        labels: Class per row, (n,), 0 to ``classes`` - 1.
        classes: Number of classes.
        strength: Weight of the log loss beside half the squared length of the weights.
        offset: Scores to which those of the head are added, (n, classes).
        start: A head to begin with.

    Returns:
        The head, over all ``classes``.
    """
    present = np.unique(labels)
    head = Head(np.zeros((points.shape[1], classes), np.float32), np.full(classes, ABSENT, np.float32))
    if len(present) == 1:
        head.bias[present] = 0.0
        return head
    rows, width, count = len(points), points.shape[1], len(present)
    target = np.zeros((rows, count), np.float32)
    target[np.arange(rows), np.searchsorted(present, labels)] = 1.0
    fixed = None if offset is None else offset[:, present]

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        solved = flat.reshape(width + 1, count).astype(np.float32)
        scores = points @ solved[:-1] + solved[-1]
        if fixed is not None:
            scores = scores + fixed
        top = scores.max(axis=1, keepdims=True)
        chances = np.exp(scores - top)
        total = chances.sum(axis=1, keepdims=True)
        fault = strength * float((np.log(total) + top).sum() - (target * scores).sum())
        slope = strength * (chances / total - target)
        gradient = np.concatenate([points.T @ slope + solved[:-1], slope.sum(axis=0)[None]])
        return fault + float(np.square(solved[:-1]).sum()) / 2, gradient.ravel().astype(np.float64)

    first = np.zeros((width + 1, count))
    if start is not None:
        first = np.concatenate([start.weights[:, present], start.bias[None, present]]).astype(np.float64)
    steps = {"maxiter": _STEPS if start is None else _STEPS_AGAIN}
    solved = minimize(loss, first.ravel(), jac=True, method="L-BFGS-B", options=steps).x.reshape(width + 1, count)
    head.weights[:, present], head.bias[present] = solved[:-1], solved[-1]
    return head


class WordsLearner:
    """Fits heads over words, on all examples and on parts of them."""

    def __init__(self, rows: csr_matrix, labels: Labels, classes: int) -> None:
        """Take the features (examples, columns), the class of each example, and the number of classes."""
        self._rows = rows
        self._labels = labels
        self._classes = classes
        self._points: NDArray[np.float32] | None = None
        if rows.shape[0] <= DUAL_ROWS:
            # the same optimum as over the columns, in as many dimensions as there are examples
            spectrum, vectors = np.linalg.eigh((rows @ rows.T).toarray().astype(np.float64))
            kept = spectrum > 1e-5 * spectrum[-1]
            roots = np.sqrt(spectrum[kept])
            self._points = (vectors[:, kept] * roots).astype(np.float32)
            self._back = (vectors[:, kept] / roots).astype(np.float32)
        self._whole = self._fit(np.ones(len(labels), dtype=np.bool_))

    def head(self) -> Head:
        """Return the head that was fitted on all examples, over the columns of the features."""
        if self._points is None:
            return self._whole
        return Head(np.asarray(self._rows.T @ (self._back @ self._whole.weights), np.float32), self._whole.bias)

    def unseen(self, folds: Labels) -> NDArray[np.float32]:
        """Score each fold (a number per example) by a head fitted on the others: (examples, classes)."""
        scores = np.zeros((len(self._labels), self._classes), np.float32)
        for fold in np.unique(folds):
            part = folds == fold
            head = self._fit(~part, self._whole)
            scores[part] = (self._rows if self._points is None else self._points)[part] @ head.weights + head.bias
        return scores

    def _fit(self, chosen: NDArray[np.bool_], start: Head | None = None) -> Head:
        labels = self._labels[chosen]
        if self._points is not None:
            return fit_softmax(self._points[chosen], labels, self._classes, SOFTMAX_C, start=start)
        return _margins(self._rows[chosen], labels, self._classes)


def _margins(rows: csr_matrix, labels: Labels, classes: int) -> Head:
    present = np.unique(labels)
    weights = np.zeros((rows.shape[1], classes), np.float32)
    bias = np.full(classes, ABSENT, np.float32)
    if len(present) == 1:
        bias[present] = 0.0
        return Head(weights, bias)
    model = LinearSVC(C=_SVC_C, tol=0.1, random_state=0).fit(rows, labels)
    fitted, offsets = model.coef_.T, model.intercept_
    if len(present) == 2:  # scikit-learn gives one column for two classes
        fitted, offsets = np.hstack([-fitted, fitted]) / 2, np.hstack([-offsets, offsets]) / 2
    weights[:, present] = fitted
    bias[present] = offsets
    return Head(weights, bias)
