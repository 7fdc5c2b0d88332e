"""From probabilities and truths to figures, in arrays. docs/routing.md defines each in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
BINS = 15
"""Bins of the calibration error, as in Guo et al. 2017, "On calibration of modern neural networks"."""
Z95 = 1.959964
"""Normal quantile of a two-sided 95 % interval."""


@dataclass(frozen=True, slots=True)
class Bin:
    """One bin of a reliability diagram."""

    low: float
    high: float
    share: float
    """Of the weight, 0 to 1."""
    said: float
    """Mean confidence in it."""
    right: float
    """Share right in it."""
    count: int


def reliability(confidence: Floats, right: Flags, weights: Floats | None = None, bins: int = BINS) -> list[Bin]:
    """Return the bins of equal width that have members.

    Args:
        confidence: (n,), 0 to 1.
        right: (n,).
        weights: (n,), by default equal.
        bins: Their number; a value on an edge belongs to the bin below, as in Guo et al.
    """
    held = np.ones(len(confidence)) if weights is None else weights
    place = np.clip(np.ceil(confidence * bins).astype(int) - 1, 0, bins - 1)
    found: list[Bin] = []
    for number in range(bins):
        inside = place == number
        weight = float(held[inside].sum())
        if weight > 0:
            said = float(held[inside] @ confidence[inside]) / weight
            good = float(held[inside] @ right[inside]) / weight
            share = weight / float(held.sum())
            found.append(Bin(number / bins, (number + 1) / bins, share, said, good, int(inside.sum())))
    return found


def calibration_error(confidence: Floats, right: Flags, weights: Floats | None = None) -> float | None:
    """Return the expected calibration error, 0 to 1: the mean distance of said and right over the bins by weight."""
    bins = reliability(confidence, right, weights)
    return round(sum(one.share * abs(one.said - one.right) for one in bins), 4) if bins else None


def auroc(positive: Floats, negative: Floats) -> float | None:
    """Return the probability that a positive scores above a negative, ties counting half (Mann and Whitney)."""
    if not len(positive) or not len(negative):
        return None
    ordered = np.sort(negative)
    below, upto = np.searchsorted(ordered, positive, "left"), np.searchsorted(ordered, positive, "right")
    return round(float((below + upto).mean()) / 2 / len(negative), 4)


def macro_f1(truth: NDArray[np.intp], said: NDArray[np.intp]) -> float | None:
    """Return the mean F1 over the classes that the truth has; classes that are only said count as errors of others."""
    classes = np.unique(truth)
    if not len(classes):
        return None
    scores = []
    for one in classes:
        hit = float(((truth == one) & (said == one)).sum())
        scores.append(2 * hit / float((truth == one).sum() + (said == one).sum()))
    return round(float(np.mean(scores)), 4)


def coverage_at(confidence: Floats, right: Flags, precision: float) -> float | None:
    """Return the largest share of messages that can be acted on, surest first, with at least that precision.

    Messages of the same confidence are acted on together. 0.0 where not even the surest are right often enough.
    """
    if not len(confidence):
        return None
    order = np.argsort(-confidence, kind="stable")
    ranked, good = confidence[order], np.cumsum(right[order])
    last = np.append(ranked[1:] != ranked[:-1], True)
    counts = np.arange(1, len(ranked) + 1)
    enough = last & (good >= precision * counts - 1e-9)
    return round(float(counts[enough].max()) / len(ranked), 4) if enough.any() else 0.0


def wilson(share: float, count: float) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share of ``count`` trials (Wilson 1927); (0, 1) of none.

    For weighted trials ``count`` is :func:`effective`.
    """
    if count <= 0:
        return 0.0, 1.0
    square = Z95 * Z95 / count
    middle = (share + square / 2) / (1 + square)
    half = Z95 * math.sqrt(share * (1 - share) / count + square / (4 * count)) / (1 + square)
    return round(max(0.0, middle - half), 4), round(min(1.0, middle + half), 4)


def effective(weights: Floats) -> float:
    """Return how many equally weighted trials weighted ones are worth (Kish 1965): (sum w)² / sum w²."""
    squares = float(weights @ weights)
    return float(weights.sum()) ** 2 / squares if squares else 0.0


def weights_of(outside: Flags, share: float) -> Floats:
    """Return weights (n,), of mean 1, under which ``share`` of the messages are outside; equal where all are of a kind.

    Args:
        outside: (n,): which belong to no intent.
        share: 0 to 1.
    """
    count = int(outside.sum())
    if count in (0, len(outside)):
        return np.ones(len(outside))
    return np.where(outside, share / count, (1 - share) / (len(outside) - count)) * len(outside)


def mean(values: Sequence[float] | Floats | Flags, weights: Floats | None = None) -> float | None:
    """Return the mean, rounded to four decimals; None of nothing."""
    if not len(values) or (weights is not None and not weights.sum()):
        return None
    return round(float(np.average(np.asarray(values, dtype=np.float64), weights=weights)), 4)
