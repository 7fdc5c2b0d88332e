"""From a model's raw sum to the common scale of the checks: 0.25 raises, 0.5 refuses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RAISE, REFUSE = 0.25, 0.5
"""Points of the common scale."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Where two raw values lie on the common scale; between and beyond them the mapping is monotone."""

    raised: float
    """Raw value that is 0.25."""
    refused: float
    """Raw value that is 0.5; greater than ``raised``."""
    spread: float
    """Raw distance over which the rest falls to a third, at either end; positive."""

    def __post_init__(self) -> None:
        """Refuse numbers that do not make a scale.

        Raises:
            ValueError: They are not finite, not in order, or the spread is not positive.
        """
        values = (self.raised, self.refused, self.spread)
        if not all(np.isfinite(values)) or self.raised >= self.refused or self.spread <= 0:
            raise ValueError("a scale needs finite numbers, raised < refused and spread > 0")

    def of(self, raw: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the scores, 0 to 1, of raw values: exponential below and above, linear between."""
        low = RAISE * np.exp(np.minimum(raw - self.raised, 0) / self.spread)
        high = 1 - (1 - REFUSE) * np.exp(-np.maximum(raw - self.refused, 0) / self.spread)
        middle = RAISE + (REFUSE - RAISE) * (raw - self.raised) / (self.refused - self.raised)
        score: NDArray[np.float64] = np.where(raw < self.raised, low, np.where(raw < self.refused, middle, high))
        return score


__all__ = ["RAISE", "REFUSE", "Scale"]
