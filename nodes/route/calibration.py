"""From raw scores to probabilities, learnt from scores of texts that the scoring head has not seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression

OUTSIDE_SHARE = 0.25
"""Assumed share of messages that belong to no intent. The declared examples cannot tell it."""
_SCOPE_C = 10.0
"""Weak regularisation: with a few dozen examples the two parts can be separable, and the slope would be unbounded."""


def softmax(logits: NDArray[np.floating], temperature: float) -> NDArray[np.float64]:
    """Return probabilities along the last axis, same shape."""
    scaled = logits.astype(np.float64) / temperature
    powers = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def fit_temperature(logits: NDArray[np.floating], labels: NDArray[np.intp]) -> float:
    """Return the temperature of least log loss. ``logits`` (n, classes) are out of fold; ``labels`` (n,)."""

    def loss(exponent: float) -> float:
        chances = softmax(logits, float(np.exp(exponent)))[np.arange(len(labels)), labels]
        return float(-np.log(chances + 1e-12).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-4.0, 3.0), method="bounded").x))


@dataclass(frozen=True)
class Scope:
    """Chance that a message belongs to any intent at all: a logistic function of two features of its scores."""

    weights: NDArray[np.float64]
    """(2,): of the logit of the top probability, and of the highest raw score."""
    bias: float

    def chance(self, logits: NDArray[np.floating], temperature: float) -> NDArray[np.float64]:
        """Return P(in scope) for scores (n, classes), as (n,)."""
        return np.asarray(1 / (1 + np.exp(-(_features(logits, temperature) @ self.weights + self.bias))))


def _features(logits: NDArray[np.floating], temperature: float) -> NDArray[np.float64]:
    top = softmax(logits, temperature).max(axis=-1)
    return np.stack([np.log(top / (1 - top + 1e-9)), logits.max(axis=-1)], axis=-1)


def fit_scope(inside: NDArray[np.floating], outside: NDArray[np.floating], temperature: float) -> Scope:
    """Fit the scope.

    Args:
        inside: Out-of-fold scores of examples, (n, classes).
        outside: Scores of examples of left-out intents by heads that never saw those intents, (m, classes).
        temperature: From :func:`fit_temperature`.

    Returns:
        The scope, for a share of :data:`OUTSIDE_SHARE` of messages outside.
    """
    features = np.concatenate([_features(inside, temperature), _features(outside, temperature)])
    labels = np.concatenate([np.ones(len(inside)), np.zeros(len(outside))])
    shares = [(1 - OUTSIDE_SHARE) / len(inside), OUTSIDE_SHARE / len(outside)]
    shares_each = np.repeat(shares, [len(inside), len(outside)]) * len(labels)
    weights, bias = _logistic(features, labels, shares_each)
    if (weights < 0).any():
        # A handful of examples can make the surer message the less likely one: then the one feature decides alone.
        kept = weights > 0 if (weights > 0).any() else np.array([True, False])
        weights[kept], bias = _logistic(features[:, kept], labels, shares_each)
        weights = np.where(kept, np.maximum(weights, 0.0), 0.0)
    return Scope(weights=weights, bias=bias)


def _logistic(
    features: NDArray[np.float64], labels: NDArray[np.float64], shares: NDArray[np.float64]
) -> tuple[NDArray[np.float64], float]:
    model = LogisticRegression(C=_SCOPE_C, max_iter=1000).fit(features, labels, sample_weight=shares)
    return model.coef_[0].copy(), float(model.intercept_[0])
