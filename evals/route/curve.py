"""How accuracy grows with the number of examples per intent."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from frontdesk.evals.route.fitting import Material, Vectors
from frontdesk.evals.route.unseen import Progress, inside

PARTS = (0.4, 0.7, 1.0)
"""Shares of the examples that the curve is drawn through."""
CAP = 50
"""Beyond so many more, utterances are not the remedy: the intents overlap, or are two in one."""
_SLOPES = (0.1, 1.0)
"""Bounds of the exponent: three points tell it roughly."""


@dataclass(frozen=True)
class Curve:
    """Share wrong as an inverse power of the examples per intent (Figueroa et al. 2012, "Predicting sample size
    required for classification performance")."""

    points: tuple[tuple[float, float], ...]
    """Examples per intent that were fitted on, and the share wrong."""
    scale: float
    slope: float

    def wrong(self, examples: float) -> float:
        """Return the share wrong that is expected at so many examples per intent."""
        return float(min(1.0, self.scale * examples**-self.slope))

    def more(self, examples: int, wrong: float, target: float) -> int | None:
        """Return how many more examples bring an intent from a share wrong to a target, None for more than :data:`CAP`.

        The exponent is the desk's, the level the intent's own; an estimate, and a rough one with few examples.
        """
        needed = math.ceil(examples * (wrong / target) ** (1 / self.slope)) - examples
        return max(needed, 0) if needed <= CAP else None

    def facts(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {"points": [list(point) for point in self.points], "scale": self.scale, "slope": self.slope}


def curve_through(points: Sequence[tuple[float, float]]) -> Curve:
    """Fit the curve by least squares of logarithms.

    Args:
        points: Examples per intent, and share wrong; at least two, with different numbers of examples.
    """
    counts = np.log([count for count, _ in points])
    wrongs = np.log([max(wrong, 1e-3) for _, wrong in points])
    slope = float(np.clip(-np.polyfit(counts, wrongs, 1)[0], *_SLOPES))
    scale = float(np.exp(wrongs.mean() + slope * counts.mean()))
    return Curve(tuple((round(a, 2), round(b, 4)) for a, b in points), round(scale, 4), round(slope, 3))


def learning_curve(material: Material, vectors: Vectors | None, seed: int, progress: Progress) -> Curve:
    """Measure the share wrong on unseen examples with a part of the examples, and with all."""
    source = np.random.default_rng(seed)
    labels = material.labels[: material.utterances]
    order = source.random(len(labels))
    points: list[tuple[float, float]] = []
    for part in PARTS:
        kept = np.ones(len(material.texts), dtype=np.bool_)
        for label in np.unique(labels):
            places = np.flatnonzero(labels == label)
            taken = max(2, round(part * len(places)))
            kept[places[np.argsort(order[places])[taken:]]] = False
        progress(f"learning curve: {part:.0%} of the examples")
        fitted = material.of(kept)
        sample = inside(fitted, None if vectors is None else vectors[kept], seed, lambda line: None)
        used = fitted.utterances / len(material.intents)
        points.append((used, 1 - float(sample.right.mean())))
    return curve_through(points)
