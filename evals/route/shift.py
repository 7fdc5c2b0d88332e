"""How far two sets of messages lie apart, and whether that is more than chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Level = Literal["stable", "watch", "act"]
LIMITS: dict[str, tuple[float, float]] = {
    "psi": (0.1, 0.25),
    "ks": (0.1, 0.2),
    "mix": (0.05, 0.1),
    "accepted": (0.05, 0.1),
    "oos": (0.05, 0.1),
    "unknown_words": (0.03, 0.08),
}
"""From where to watch, and from where to act. Those of the population stability index are the customary ones of credit
scoring (Siddiqi 2006, "Credit Risk Scorecards"); the others are ours: a tenth of the messages treated otherwise is
felt, half of that is worth a look."""
BUCKETS = 10
_ROUNDS = 200
_CHANCE = 0.99
_FLOOR = 0.5
"""Messages that an empty bucket counts as: the index has a logarithm."""


@dataclass(frozen=True)
class Watched:
    """What is watched of n messages."""

    joint: NDArray[np.float64]
    """(n,): confidence in the best intent, and that there is one."""
    accepted: NDArray[np.bool_]
    """(n,): acted on."""
    oos: NDArray[np.bool_]
    """(n,): likelier of no intent than of one."""
    unknown: NDArray[np.float64]
    """(n,): share of words that no example has."""
    intent: NDArray[np.intp]
    """(n,): the likeliest class."""

    def of(self, rows: NDArray[np.intp]) -> Watched:
        """Return some of the messages."""
        return Watched(**{one.name: getattr(self, one.name)[rows] for one in fields(self)})


def stability(before: NDArray[np.float64], after: NDArray[np.float64]) -> float:
    """Return the population stability index over tenths of ``before``: sum of (q - p) ln(q / p)."""
    edges = np.unique(np.quantile(before, np.linspace(0, 1, BUCKETS + 1))[1:-1])
    size = len(edges) + 1
    p, q = (
        np.maximum(np.bincount(np.searchsorted(edges, one, "right"), minlength=size), _FLOOR) / len(one)
        for one in (before, after)
    )
    return float(((q - p) * np.log(q / p)).sum())


def distance(before: NDArray[np.float64], after: NDArray[np.float64]) -> float:
    """Return Kolmogorov and Smirnov's statistic: the largest distance of the two distribution functions."""
    every = np.sort(np.concatenate([before, after]))
    first, second = (np.searchsorted(np.sort(one), every, "right") / len(one) for one in (before, after))
    return float(np.abs(first - second).max())


def divergence(before: NDArray[np.intp], after: NDArray[np.intp], classes: int) -> float:
    """Return Jensen and Shannon's divergence of the shares of the classes, in bits: 0 alike, 1 nothing in common."""
    p, q = (np.bincount(one, minlength=classes) / len(one) for one in (before, after))
    middle = (p + q) / 2

    def information(shares: NDArray[np.float64]) -> float:
        some = shares > 0
        return float((shares[some] * np.log2(shares[some] / middle[some])).sum())

    return (information(p) + information(q)) / 2


def distances(before: Watched, after: Watched, classes: int) -> dict[str, float]:
    """Return every distance by name; those of shares keep their sign."""
    return {
        "psi": stability(before.joint, after.joint),
        "ks": distance(before.joint, after.joint),
        "mix": divergence(before.intent, after.intent, classes),
        "accepted": float(after.accepted.mean() - before.accepted.mean()),
        "oos": float(after.oos.mean() - before.oos.mean()),
        "unknown_words": float(after.unknown.mean() - before.unknown.mean()),
    }


def compare(before: Watched, after: Watched, intents: Sequence[str], seed: int) -> dict[str, Any]:
    """Return distances and what they mean.

    Args:
        before: The reference.
        after: Messages of late.
        intents: Names by class.
        seed: Of the shuffles that tell what chance gives.

    Returns:
        ``level``, and under ``figures`` per figure: ``value``; ``chance``, the value that 99 of 100 shuffles of both
        sets stay below; ``level``: stable where the value is no more than chance or below :data:`LIMITS`. ``shares``
        has the shares before and after, ``moved`` the five intents whose share moved most.
    """
    values = distances(before, after, len(intents))
    chance = _chance(before, after, len(intents), seed)
    figures = {
        name: {"value": round(value, 4), "chance": round(chance[name], 4), "level": _level(name, value, chance[name])}
        for name, value in values.items()
    }
    order = ("stable", "watch", "act")
    worst = max((one["level"] for one in figures.values()), key=lambda level: order.index(str(level)))
    return {
        "level": worst,
        "figures": figures,
        "shares": _shares(before, after),
        "moved": _moved(before, after, intents),
    }


def _level(name: str, value: float, chance: float) -> Level:
    watch, act = LIMITS[name]
    if abs(value) <= chance or abs(value) < watch:
        return "stable"
    return "act" if abs(value) >= act else "watch"


def _chance(before: Watched, after: Watched, classes: int, seed: int) -> dict[str, float]:
    source = np.random.default_rng(seed)
    both = Watched(
        **{one.name: np.concatenate([getattr(before, one.name), getattr(after, one.name)]) for one in fields(Watched)}
    )
    cut, rounds = len(before.joint), []
    for _ in range(_ROUNDS):
        rows = source.permutation(len(both.joint))
        rounds.append(distances(both.of(rows[:cut]), both.of(rows[cut:]), classes))
    return {name: float(np.quantile([abs(one[name]) for one in rounds], _CHANCE)) for name in LIMITS}


def _shares(before: Watched, after: Watched) -> dict[str, list[float]]:
    pairs = {
        "accepted": (before.accepted, after.accepted),
        "oos": (before.oos, after.oos),
        "unknown_words": (before.unknown, after.unknown),
        "confidence": (before.joint, after.joint),
    }
    return {name: [round(float(one.mean()), 4) for one in pair] for name, pair in pairs.items()}


def _moved(before: Watched, after: Watched, intents: Sequence[str]) -> list[dict[str, Any]]:
    p, q = (np.bincount(one.intent, minlength=len(intents)) / len(one.intent) for one in (before, after))
    order = np.argsort(-np.abs(q - p), kind="stable")[:5]
    return [{"intent": intents[at], "before": round(float(p[at]), 4), "after": round(float(q[at]), 4)} for at in order]
