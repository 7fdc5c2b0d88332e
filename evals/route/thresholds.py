"""The three thresholds of a desk's routing, picked for a target on messages that the router has not seen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from sklearn.isotonic import IsotonicRegression

from frontdesk.evals.route.metrics import Flags, Floats, effective, mean, weights_of, wilson
from frontdesk.evals.route.unseen import Sample

TARGET = 0.95
"""Share right of what is acted on."""
TARGETS = (0.8, 0.85, 0.9, 0.95, 0.98)
"""Targets beside which the chosen one is shown."""
USEFUL = 1 / 3
"""Chance that "do you mean …?" names what was meant, from which it is asked: below, it annoys more than it helps."""
PAIR = 0.8
"""Chance that "this or that?" names what was meant, from which it is asked (docs/design.md, follow-ups)."""
NEAR_SHARE = 0.1
"""Assumed share of messages of no intent that are of the desk's own trade, as its left-out intents are: of all that are
outside (:data:`~frontdesk.nodes.route.calibration.OUTSIDE_SHARE`) the smaller part; the others are easily told."""


@dataclass(frozen=True)
class Picked:
    """A threshold and what it does to the messages that it was picked on."""

    threshold: float
    share: float | None
    """Right of those at or above it (and below the next threshold)."""
    low: float
    high: float
    """Wilson's 95 % interval of ``share``, at Kish's effective number of messages."""
    part: float | None
    """Of all messages, those that this share is of."""
    reached: bool
    """Whether ``share`` is at least what was asked for."""

    def facts(self) -> dict[str, Any]:
        """Return it as plain data."""
        interval = [self.low, self.high]
        return {"threshold": self.threshold, "right": self.share, "interval": interval, "part": self.part,
                "reached": self.reached}  # fmt: skip


@dataclass(frozen=True)
class Thresholds:
    """All three."""

    accept: Picked
    clarify: Picked
    pair: Picked

    def facts(self) -> dict[str, Any]:
        """Return them as plain data."""
        return {"accept": self.accept.facts(), "clarify": self.clarify.facts(), "pair": self.pair.facts()}


def pick(sample: Sample, target: float, share: float) -> Thresholds:
    """Pick thresholds.

    Args:
        sample: Messages that the router has not seen.
        target: Share right of what is acted on, 0 to 1.
        share: Assumed share of messages that belong to no intent, 0 to 1; the sample is weighted to it where it has
            both kinds.

    Returns:
        The lowest threshold that holds the target; below it the one from which a question about the likeliest intent
        names what was meant with a chance of :data:`USEFUL`; and of the joint confidence of two the one from which a
        question about both does with a chance of :data:`PAIR`.
    """
    weights = weights_of(sample.outside, share)
    joint, pair = sample.scored.joint, sample.scored.pair
    accept = lowest(joint, sample.right, weights, target)
    below = (joint < accept.threshold) & (joint > 0)
    clarify = asked_from(joint, sample.right, weights, below, USEFUL)
    clarify = replace(clarify, threshold=min(clarify.threshold, accept.threshold))
    both = asked_from(pair, sample.right_pair, weights, below, PAIR)
    return Thresholds(accept, clarify, both)


def lowest(values: Floats, right: Flags, weights: Floats, target: float) -> Picked:
    """Return the lowest threshold at which the weighted share right is at least ``target``.

    Args:
        values: (n,), 0 to 1; equal ones fall together.
        right: (n,).
        weights: (n,).
        target: 0 to 1.

    Returns:
        Half-way to the next lower value. Where no threshold holds the target, the one with the highest share right
        among those that at least a tenth of the weight is above, and ``reached`` is false.
    """
    order = np.argsort(-values, kind="stable")
    ranked = values[order]
    kept, good = np.cumsum(weights[order]), np.cumsum((weights * right)[order])
    last = np.append(ranked[1:] != ranked[:-1], True) & (ranked > 0)
    shares = good / kept
    enough = np.flatnonzero(last & (shares >= target - 1e-9))
    if len(enough):
        return _picked(values, right, weights, _between(ranked, int(enough[-1])), True)
    usable = np.flatnonzero(last & (kept >= 0.1 * weights.sum()))
    if not len(usable):
        return Picked(1.0, None, 0.0, 1.0, 0.0, False)
    return _picked(values, right, weights, _between(ranked, int(usable[shares[usable].argmax()])), False)


def _between(ranked: Floats, place: int) -> float:
    """Return a short number between a value and the next lower one; the value rounded down where they are too close."""
    here, after = float(ranked[place]), float(ranked[place + 1]) if place + 1 < len(ranked) else 0.0
    for digits in (2, 3, 4):
        middle = round((here + after) / 2, digits)
        if after < middle <= here:
            return middle
    return int(here * 10_000) / 10_000


def _picked(values: Floats, right: Flags, weights: Floats, threshold: float, reached: bool) -> Picked:
    kept = values >= threshold
    share = mean(right[kept], weights[kept])
    low, high = wilson(share or 0.0, effective(weights[kept]))
    return Picked(threshold, share, low, high, round(float(weights[kept].sum() / weights.sum()), 4), reached)


def asked_from(values: Floats, right: Flags, weights: Floats, below: Flags, target: float) -> Picked:
    """Return the threshold from which a question is right often enough at that very confidence.

    Not on average above it: sure messages would carry questions that are never right. Confidence to share right is
    fitted by isotonic regression (Barlow et al. 1972) over all messages.

    Args:
        values: (n,), 0 to 1.
        right: (n,): whether the question would name what was meant.
        weights: (n,).
        below: (n,): messages that are not acted on: those that the question is asked of.
        target: Share right, 0 to 1.

    Returns:
        The threshold; its share is of the messages ``below`` that are at or above it. 1.0 where none is.
    """
    fitted = IsotonicRegression(y_min=0, y_max=1).fit(values, right, sample_weight=weights).predict(values)
    enough = fitted >= target - 1e-9
    if not enough.any():
        return Picked(1.0, None, 0.0, 1.0, 0.0, False)
    ranked = np.sort(np.unique(values))[::-1]
    threshold = _between(ranked, int(np.searchsorted(-ranked, -values[enough].min())))
    kept = (values >= threshold) & below
    share = mean(right[kept], weights[kept])
    low, high = wilson(share or 0.0, effective(weights[kept]))
    return Picked(threshold, share, low, high, round(float(weights[kept].sum() / weights.sum()), 4), True)


def trade_off(sample: Sample, weights: Floats) -> list[dict[str, Any]]:
    """Return what other targets would give: threshold, share right, share of messages in scope that is acted on."""
    rows = []
    for target in TARGETS:
        found = lowest(sample.scored.joint, sample.right, weights, target)
        acted = mean(sample.scored.joint[~sample.outside] >= found.threshold)
        rows.append({"target": target, "accept": found.threshold, "right": found.share, "acted": acted,
                     "reached": found.reached})  # fmt: skip
    return rows
