"""From raw scores to probabilities, learnt from scores of texts that the scoring head has not seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression

Floating = NDArray[np.floating]
OUTSIDE_SHARE = 0.25
"""Assumed share of messages that belong to no intent. The declared examples cannot tell it."""
_SCOPE_C = 10.0
"""Weak regularisation: with a few dozen examples the parts can be separable, and the slope would be unbounded."""


def softmax(logits: Floating, temperature: float) -> NDArray[np.float64]:
    """Return probabilities along the last axis, same shape."""
    scaled = logits.astype(np.float64) / temperature
    powers = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def fit_temperature(logits: Floating, labels: NDArray[np.intp]) -> float:
    """Return the temperature of least log loss. ``logits`` (n, classes) are out of fold; ``labels`` (n,)."""

    def loss(exponent: float) -> float:
        chances = softmax(logits, float(np.exp(exponent)))[np.arange(len(labels)), labels]
        return float(-np.log(chances + 1e-12).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-4.0, 3.0), method="bounded").x))


@dataclass(frozen=True)
class Scope:
    """Chance that a message belongs to any intent at all: a logistic function of a few features of it."""

    weights: NDArray[np.float64]
    """(2 + signs,): of the logit of the top probability, of the highest raw score, and of further signs."""
    bias: float

    def chance(self, logits: Floating, temperature: float, signs: Floating) -> NDArray[np.float64]:
        """Return P(in scope) for scores (n, classes) and signs (n, signs), as (n,)."""
        return np.asarray(1 / (1 + np.exp(-(_features(logits, temperature, signs) @ self.weights + self.bias))))


def _features(logits: Floating, temperature: float, signs: Floating) -> NDArray[np.float64]:
    top = softmax(logits, temperature).max(axis=-1)
    return np.column_stack([np.log(top / (1 - top + 1e-9)), logits.max(axis=-1), signs])


@dataclass(frozen=True)
class Calibration:
    """What turns the scores of one head into chances."""

    temperature: float
    scope: Scope | None
    """None where there are too few classes to leave one out."""


@dataclass(frozen=True)
class Unseen:
    """Scores of n examples by heads that have not seen them."""

    logits: NDArray[np.float32]
    """(n, classes)."""
    signs: NDArray[np.float32]
    """(n, signs): what else tells a message in scope from one outside; each rises with it."""

    def of(self, chosen: NDArray[np.bool_]) -> Unseen:
        """Return those of the chosen examples, (n,) flags."""
        return Unseen(self.logits[chosen], self.signs[chosen])


def fit_scope(inside: Unseen, outside: Unseen, temperature: float) -> Scope:
    """Fit the scope.

    Args:
        inside: Of examples whose intents the heads know.
        outside: Of examples of left-out intents.
        temperature: From :func:`fit_temperature`.

    Returns:
        The scope, for a share of :data:`OUTSIDE_SHARE` of messages outside.
    """
    parts = [_features(part.logits, temperature, part.signs) for part in (inside, outside)]
    features = np.concatenate(parts)
    counts = [len(part) for part in parts]
    labels = np.repeat([1.0, 0.0], counts)
    shares = np.repeat([(1 - OUTSIDE_SHARE) / counts[0], OUTSIDE_SHARE / counts[1]], counts) * len(labels)
    kept = np.ones(features.shape[1], dtype=np.bool_)
    weights, bias = np.zeros(features.shape[1]), 0.0
    while kept.any():
        fitted, bias = _logistic(features[:, kept], labels, shares)
        weights[kept] = fitted
        if (fitted > 0).all() or kept.sum() == 1:
            break
        # A handful of examples can make the surer message the less likely one: then the others decide without it.
        kept[np.flatnonzero(kept)[fitted.argmin()]] = False
        weights[:] = 0.0
    return Scope(weights=np.maximum(weights, 0.0), bias=bias)


def _logistic(
    features: NDArray[np.float64], labels: NDArray[np.float64], shares: NDArray[np.float64]
) -> tuple[NDArray[np.float64], float]:
    spread = np.maximum(features.std(axis=0), 1e-6)
    model = LogisticRegression(C=_SCOPE_C, max_iter=1000).fit(features / spread, labels, sample_weight=shares)
    return np.asarray(model.coef_[0] / spread), float(model.intercept_[0])
