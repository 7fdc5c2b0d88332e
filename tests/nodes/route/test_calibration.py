"""Calibration: temperature, scope, and how examples are left out."""

from __future__ import annotations

import numpy as np
import pytest

from frontdesk.nodes.route.calibration import OUTSIDE_SHARE, Unseen, fit_scope, fit_temperature, softmax
from frontdesk.nodes.route.features import Vectorizer
from frontdesk.nodes.route.folds import Folds, known_shares


@pytest.mark.parametrize("factor", [0.3, 1.0, 5.0])
def test_the_temperature_undoes_a_factor(factor: float) -> None:
    random = np.random.default_rng(0)
    logits = random.normal(size=(4000, 5)) * 2
    labels = np.array([random.choice(5, p=chances) for chances in softmax(logits, 1.0)])
    assert fit_temperature(logits * factor, labels) == pytest.approx(factor, rel=0.1)


def test_chances_sum_to_one_whatever_the_scores() -> None:
    assert softmax(np.array([[1e4, -1e4, 0.0]]), 0.1).sum() == pytest.approx(1.0)


def _unseen(top: float, count: int, sign: float, seed: int) -> Unseen:
    random = np.random.default_rng(seed)
    logits = random.normal(size=(count, 4)).astype(np.float32)
    logits[:, 0] += top
    signs = (sign + 0.1 * random.normal(size=(count, 1))).astype(np.float32)
    return Unseen(logits, signs)


def test_scope_tells_inside_from_outside_and_knows_their_shares() -> None:
    inside, outside = _unseen(4.0, 300, 0.9, 1), _unseen(0.5, 300, 0.5, 2)
    scope = fit_scope(inside, outside, 1.0)
    chances = [scope.chance(part.logits, 1.0, part.signs).mean() for part in (inside, outside)]
    assert chances[0] > 0.9 > 0.2 > chances[1]
    assert (1 - OUTSIDE_SHARE) * chances[0] + OUTSIDE_SHARE * chances[1] == pytest.approx(1 - OUTSIDE_SHARE, abs=0.02)


def test_a_sign_that_points_the_wrong_way_is_not_used() -> None:
    inside, outside = _unseen(3.0, 200, 0.2, 1), _unseen(0.5, 200, 0.8, 2)
    scope = fit_scope(inside, outside, 1.0)
    assert scope.weights[2] == 0
    assert scope.weights.max() > 0


def test_every_class_is_spread_over_the_parts_and_left_out_whole() -> None:
    labels = np.repeat(np.arange(6), 10)
    folds = Folds.of(labels, np.ones(60, dtype=np.bool_), 6)
    for label in range(6):
        assert np.bincount(folds.examples[labels == label]).tolist() == [2] * 5
        assert folds.classes is not None
        assert len(set(folds.classes[labels == label].tolist())) == 1


@pytest.mark.parametrize(("classes", "left"), [(1, False), (3, False), (4, True)])
def test_a_few_classes_cannot_be_left_out(classes: int, left: bool) -> None:
    labels = np.repeat(np.arange(classes), 5)
    assert (Folds.of(labels, np.ones(len(labels), dtype=np.bool_), classes).classes is not None) is left


def test_names_are_not_measured_unless_there_is_nothing_else() -> None:
    labels = np.array([0, 0, 1, 1])
    some = np.array([True, False, True, False])
    assert Folds.of(labels, some, 2).measured.tolist() == some.tolist()
    assert Folds.of(labels, ~some & some, 2).measured.all()


def test_what_only_the_left_out_fold_knows_is_unknown() -> None:
    _, rows = Vectorizer.fit_rows(["order status", "order status", "xylophone"])
    shares = known_shares(rows, np.array([0, 1, 2]))
    assert shares[:2, 0] == pytest.approx(1.0, abs=1e-4)
    assert shares[2, 0] < 0.2
