"""Heads: the solver, what an absent class gets, and scores of examples left out."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from frontdesk.nodes.route.features import Vectorizer
from frontdesk.nodes.route.head import ABSENT, WordsLearner, fit_softmax

TEXTS = ["cancel my order", "stop the order", "annul it", "open on sunday", "shop hours", "when do you open"]
LABELS = np.array([0, 0, 0, 2, 2, 2])


def test_the_solver_finds_the_optimum_of_the_library() -> None:
    random = np.random.default_rng(1)
    points = random.normal(size=(60, 5)).astype(np.float32)
    labels = random.integers(0, 3, 60)
    found = fit_softmax(points, labels, 3, 0.5).dense(points)
    model = LogisticRegression(C=0.5, max_iter=2000, tol=1e-8).fit(points, labels)
    theirs = model.decision_function(points)
    spread = (found - found.mean(axis=1, keepdims=True)) - (theirs - theirs.mean(axis=1, keepdims=True))
    assert np.abs(spread).max() < 0.02


def test_scores_beneath_are_taken_into_account() -> None:
    points = np.eye(4, dtype=np.float32)
    labels = np.array([0, 0, 1, 1])
    plain = fit_softmax(points, labels, 2, 1.0).dense(points)
    offset = np.array([[9, 0], [9, 0], [0, 9], [0, 9]], np.float32)
    above = fit_softmax(points, labels, 2, 1.0, offset=offset).dense(points)
    assert np.abs(above).max() < 0.1 * np.abs(plain).max()


@pytest.mark.parametrize("copies", [1, 500], ids=["in the examples' space", "linear SVC"])
def test_a_class_without_examples_is_never_chosen(copies: int) -> None:
    vectorizer, rows = Vectorizer.fit_rows(TEXTS * copies)
    head = WordsLearner(rows, np.tile(LABELS, copies), 3).head()
    scores = np.array([head.logits(*vectorizer.row(text)) for text in TEXTS])
    assert (scores.argmax(axis=1) == LABELS).all()
    assert (scores[:, 1] == ABSENT).all()


def test_one_class_alone_is_always_chosen() -> None:
    vectorizer, rows = Vectorizer.fit_rows(TEXTS[:3])
    head = WordsLearner(rows, np.zeros(3, np.intp), 1).head()
    assert head.logits(*vectorizer.row("anything")).tolist() == [0.0]


def test_an_example_left_out_is_not_remembered() -> None:
    texts = ["alpha", "alpha beta", "gamma", "gamma delta", "omega"]
    labels = np.array([0, 0, 1, 1, 1])
    _, rows = Vectorizer.fit_rows(texts)
    learner = WordsLearner(rows, labels, 2)
    scores = learner.unseen(np.array([0, 1, 0, 1, 2]))
    assert scores[0].argmax() == 0
    assert scores[2].argmax() == 1
    # of "omega" nothing is known when it is left out: only how frequent the classes are decides, not its own label
    whole = learner.unseen(np.array([0, 0, 0, 0, 1]))[4]
    assert abs(whole[0] - whole[1]) < 0.1
