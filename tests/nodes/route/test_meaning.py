"""The head over embeddings: how much each voice counts is learnt from examples that it has not seen."""

from __future__ import annotations

import numpy as np
import pytest

from frontdesk.nodes.route.meaning import MeaningLearner, fit_weights, nearest_scores

LABELS = np.arange(300) % 3


def voice(right: float) -> np.ndarray:
    """Scores that point to the true class with this probability, each time by as much."""
    random = np.random.default_rng(int(right * 100))
    told = np.where(random.random(len(LABELS)) < right, LABELS, random.integers(0, 3, len(LABELS)))
    return np.asarray(3 * np.eye(3)[told], np.float32)


def test_the_better_voice_counts_more() -> None:
    weights = fit_weights(np.stack([voice(0.4), voice(0.95), voice(0.4)]), LABELS)
    assert weights[1] > 3 * weights[0]
    assert (weights > 0).all()


def test_with_few_examples_the_weights_stay_near_the_usual() -> None:
    few = fit_weights(np.stack([voice(0.95), voice(0.95)])[:, :3], LABELS[:3])
    assert few == pytest.approx([0.5, 0.4], rel=0.5)


def test_nearest_scores_order_classes_by_their_nearest_examples() -> None:
    likeness = np.array([[0.9, 0.2, 0.7, 0.1]], np.float32)
    scores, nearest = nearest_scores(likeness, np.array([0, 0, 1, 3]), 4)
    assert scores[0].argsort()[::-1][:2].tolist() == [0, 1]
    assert scores[0, 2] == scores.min()
    assert nearest[0] == np.float32(0.9)


@pytest.mark.parametrize("count", [90, 3000], ids=["few examples", "many"])
def test_what_is_fitted_says_what_its_voices_said(count: int) -> None:
    """Heads of every fold and of the whole are near enough for the same message to be judged alike."""
    random = np.random.default_rng(1)
    labels = np.arange(count) % 3
    points = np.eye(8, dtype=np.float32)[labels] + 0.05 * random.normal(size=(count, 8)).astype(np.float32)
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    words = np.asarray(2 * np.eye(3)[labels], np.float32)
    learner = MeaningLearner(points, labels, 3, words, 1.0)
    voices = learner.unseen(np.arange(count) // 3 % 3, words)
    weights = fit_weights(voices.scores, labels)
    whole, _ = learner.meaning(weights).logits(points, words)
    unseen = voices.mixed(weights)
    apart = (whole - whole.mean(axis=1, keepdims=True)) - (unseen - unseen.mean(axis=1, keepdims=True))
    assert np.abs(apart).max() < 0.25 * np.ptp(whole)
