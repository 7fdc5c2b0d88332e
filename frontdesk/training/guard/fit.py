"""Fits a linear function of windows when only whole texts are labelled, and one of whole texts.

The windows of an honest text are all honest. Of an attack at least one window is an attack: which, the model of the
round before says (multiple-instance learning after Andrews, Tsochantaridis and Hofmann, 2003, "MI-SVM").
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from frontdesk.training.guard.matrix import Material, Windows, rows_of, values, whole, windows

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Settings:
    """Of the fit."""

    seed: int = 1
    alpha: float = 6e-7
    """Strength of the penalty on squared weights."""
    epochs: int = 12
    rounds: int = 3
    """Choices of the attack's windows, after the first fit."""
    honest_share: float = 0.6
    """Of the total weight; the rest is the attacks'."""
    negatives: int = 160_000
    """Windows of honest texts at most: those of whole short texts first, then the highest ones, then any."""


Linear = tuple[NDArray[np.float64], float]


def _fit(known: Material, chosen: Windows, weights: NDArray[np.float64], settings: Settings) -> Linear:
    from sklearn.linear_model import SGDClassifier  # noqa: PLC0415 - heavy, needed for training only

    labels = known.labels[chosen.owner]
    share = np.where(labels == 1, 1 - settings.honest_share, settings.honest_share)
    totals = {label: weights[labels == label].sum() for label in (0, 1)}
    scaled = weights * share * len(weights) / np.where(labels == 1, totals[1], totals[0])
    model = SGDClassifier(
        loss="log_loss",
        alpha=settings.alpha,
        max_iter=settings.epochs,
        tol=None,
        average=len(weights),
        random_state=settings.seed,
    )
    model.fit(rows_of(known, chosen), labels, sample_weight=scaled)
    return np.asarray(model.coef_[0], np.float64), float(model.intercept_[0])


def fit_whole(known: Material, settings: Settings) -> Linear:
    """Return weights and bias for whole texts."""
    chosen = whole(known)
    return _fit(known, chosen, known.weights[chosen.owner], settings)


def fit_windows(known: Material, settings: Settings, say: Say) -> Linear:
    """Return weights and bias for runs of one to three sentences."""
    source = np.random.default_rng(settings.seed)
    lengths = np.diff(known.starts)
    attacks = windows(known, np.flatnonzero(known.labels == 1))
    honest = windows(known, np.flatnonzero(known.labels == 0))
    # a short attack is one window; of a long one nobody knows yet which: all of the widest count a little
    short = lengths[attacks.owner] == attacks.width
    wide = (lengths[attacks.owner] > 3) & (attacks.width == 3)
    positive, share = attacks.take(np.flatnonzero(short | wide)), np.where(short, 1.0, 0.0)
    share = np.where(short, 1.0, 1 / np.maximum(lengths[attacks.owner] - 2, 1))[short | wide]
    negative = honest.take(_some(honest, lengths, None, settings, source))
    model = _round(known, positive, share, negative, settings)
    for number in range(settings.rounds):
        positive = _best(known, attacks, model)
        negative = honest.take(_some(honest, lengths, values(known, honest, *model), settings, source))
        model = _round(known, positive, np.ones(len(positive.first)), negative, settings)
        say(f"round {number + 1}: {len(positive.first)} windows of attacks, {len(negative.first)} of honest texts")
    return model


def _round(
    known: Material, positive: Windows, share: NDArray[np.float64], negative: Windows, settings: Settings
) -> Linear:
    both = Windows(
        np.concatenate((positive.first, negative.first)),
        np.concatenate((positive.width, negative.width)),
        np.concatenate((positive.owner, negative.owner)),
    )
    weights = known.weights[both.owner]
    weights[: len(share)] *= share
    return _fit(known, both, weights, settings)


def _best(known: Material, attacks: Windows, model: Linear) -> Windows:
    """Return the highest window of each attack."""
    raw = values(known, attacks, *model)
    order = np.lexsort((-raw, attacks.owner))
    first = np.concatenate(([True], attacks.owner[order][1:] != attacks.owner[order][:-1]))
    return attacks.take(order[first])


def _some(
    honest: Windows,
    lengths: NDArray[np.int64],
    raw: NDArray[np.float64] | None,
    settings: Settings,
    source: np.random.Generator,
) -> NDArray[np.int64]:
    if len(honest.first) <= settings.negatives:
        return np.arange(len(honest.first))
    order = source.permutation(len(honest.first))
    short = (lengths[honest.owner] <= 3)[order]
    rank = np.where(short, 0.0, 1.0)
    if raw is not None:
        rank -= np.where(raw[order] > np.quantile(raw, 0.9), 2.0, 0.0)
    chosen: NDArray[np.int64] = np.sort(order[np.argsort(rank, kind="stable")[: settings.negatives]])
    return chosen


__all__ = ["Linear", "Say", "Settings", "fit_whole", "fit_windows"]
