"""Figures by hand."""

from __future__ import annotations

import pytest

from frontdesk.evals.figures import f_beta, quantile, share


@pytest.mark.parametrize(
    ("precision", "recall", "beta", "value"),
    [
        (1.0, 1.0, 2, 1.0),
        (0.5, 1.0, 2, 0.8333),  # 5 * .5 * 1 / (4 * .5 + 1)
        (1.0, 0.5, 2, 0.5556),  # 5 * 1 * .5 / (4 * 1 + .5)
        (0.5, 1.0, 1, 0.6667),
        (0.0, 0.0, 2, 0.0),
        (None, 1.0, 2, None),
        (1.0, None, 2, None),
    ],
)
def test_f(precision: float | None, recall: float | None, beta: float, value: float | None) -> None:
    assert f_beta(precision, recall, beta) == value


@pytest.mark.parametrize(
    ("values", "part", "value"), [([], 0.5, None), ([3], 0.99, 3), ([4, 1, 3, 2], 0.5, 2.5), ([0, 10], 0.99, 9.9)]
)
def test_quantiles(values: list[float], part: float, value: float | None) -> None:
    assert quantile(values, part) == value


@pytest.mark.parametrize(("part", "whole", "value"), [(1, 3, 0.3333), (0, 3, 0.0), (0, 0, None)])
def test_shares(part: int, whole: int, value: float | None) -> None:
    assert share(part, whole) == value
