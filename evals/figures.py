"""Figures that several measurements share."""

from __future__ import annotations

from collections.abc import Iterable


def share(part: float, whole: float) -> float | None:
    """Return ``part / whole``, rounded to four decimals; None where there is nothing to divide by."""
    return round(part / whole, 4) if whole else None


def f_beta(precision: float | None, recall: float | None, beta: float) -> float | None:
    """Return the F measure that weighs recall ``beta`` times as much as precision (van Rijsbergen 1979).

    None where one of the two is not known; 0 where both are 0.
    """
    if precision is None or recall is None:
        return None
    weight = beta * beta
    below = weight * precision + recall
    return round((1 + weight) * precision * recall / below, 4) if below else 0.0


def quantile(values: Iterable[float], part: float) -> float | None:
    """Return a quantile by linear interpolation, rounded to 0.001; None of no values."""
    ordered = sorted(values)
    if not ordered:
        return None
    place = part * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return round(ordered[low] + (ordered[high] - ordered[low]) * (place - low), 3)
