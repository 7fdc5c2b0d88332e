"""Figures beside values worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from frontdesk.evals.route.metrics import (
    auroc,
    calibration_error,
    coverage_at,
    effective,
    macro_f1,
    mean,
    reliability,
    weights_of,
    wilson,
)


def floats(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float64)


def flags(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.bool_)


@pytest.mark.parametrize(
    ("word", "said", "right", "error"),
    [
        ("always sure, always right", floats(1, 1), flags(1, 1), 0.0),
        ("always sure, never right", floats(1, 1), flags(0, 0), 1.0),
        # two bins: |.9 - .5| of half the messages, |.1 - 0| of the other half
        ("two bins", floats(0.9, 0.9, 0.1, 0.1), flags(1, 0, 0, 0), 0.25),
        ("one bin averages", floats(0.98, 0.94), flags(1, 1), 0.04),
    ],
)
def test_calibration_error(word: str, said: np.ndarray, right: np.ndarray, error: float) -> None:
    assert calibration_error(said, right) == pytest.approx(error), word


def test_calibration_error_weighs() -> None:
    # the second message counts three times: .75 * |.1 - 0| + .25 * |.9 - 1|
    assert calibration_error(floats(0.9, 0.1), flags(1, 0), floats(1, 3)) == pytest.approx(0.1)
    assert calibration_error(floats(), flags()) is None


def test_a_value_on_an_edge_belongs_below() -> None:
    (only,) = reliability(floats(0.2), flags(1), bins=5)
    assert (only.low, only.high, only.count) == (0.0, 0.2, 1)
    assert [one.low for one in reliability(floats(0.0, 1.0), flags(1, 1), bins=4)] == [0.0, 0.75]


@pytest.mark.parametrize(
    ("word", "positive", "negative", "value"),
    [
        ("apart", floats(0.8, 0.9), floats(0.1, 0.2), 1.0),
        ("turned round", floats(0.1), floats(0.9), 0.0),
        ("all alike", floats(0.5, 0.5), floats(0.5), 0.5),
        ("three of four pairs", floats(0.9, 0.4), floats(0.5, 0.1), 0.75),
        ("nothing to compare with", floats(0.9), floats(), None),
    ],
)
def test_auroc(word: str, positive: np.ndarray, negative: np.ndarray, value: float | None) -> None:
    assert auroc(positive, negative) == value, word


def test_macro_f1() -> None:
    # class 0: 2·1/(2+1), class 1: 2·1/(1+2), class 2: never found
    truth, said = np.array([0, 0, 1, 2]), np.array([0, 1, 1, 1])
    assert macro_f1(truth, said) == pytest.approx((2 / 3 + 2 / 4 + 0) / 3, abs=1e-4)
    assert macro_f1(np.array([], dtype=int), np.array([], dtype=int)) is None


@pytest.mark.parametrize(
    ("word", "said", "right", "precision", "share"),
    [
        ("all right", floats(0.9, 0.8), flags(1, 1), 0.9, 1.0),
        ("the last one wrong", floats(0.9, 0.8, 0.7, 0.6), flags(1, 1, 1, 0), 0.9, 0.75),
        ("an early fault made good", floats(0.9, 0.8, 0.7, 0.6), flags(1, 0, 1, 1), 0.75, 1.0),
        ("the surest wrong", floats(0.9, 0.8), flags(0, 0), 0.9, 0.0),
        ("ties go together", floats(0.9, 0.9), flags(1, 0), 0.9, 0.0),
    ],
)
def test_coverage(word: str, said: np.ndarray, right: np.ndarray, precision: float, share: float) -> None:
    assert coverage_at(said, right, precision) == share, word


def test_wilson() -> None:
    # 8 of 10: (.8 + .19207 ± 1.96·sqrt(.016 + .009604)) / 1.38415
    assert wilson(0.8, 10) == pytest.approx((0.4902, 0.9433), abs=2e-4)
    assert wilson(1.0, 20)[1] == 1.0 and 0.8 < wilson(1.0, 20)[0] < 0.9
    assert wilson(0.5, 0) == (0.0, 1.0)


def test_weights() -> None:
    weights = weights_of(flags(1, 0, 0, 0), 0.25)
    assert weights.tolist() == [1.0, 1.0, 1.0, 1.0]
    heavy = weights_of(flags(1, 0, 0, 0), 0.5)
    assert heavy[0] == pytest.approx(heavy[1:].sum()) and heavy.mean() == pytest.approx(1)
    assert weights_of(flags(0, 0), 0.25).tolist() == [1.0, 1.0]
    assert effective(floats(1, 1, 1, 1)) == 4 and effective(floats(3, 1)) == 1.6
    assert mean(floats(1, 0), floats(3, 1)) == 0.75 and mean(floats()) is None
