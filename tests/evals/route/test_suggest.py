"""What is suggested for confusions that are put there on purpose."""

from __future__ import annotations

import numpy as np
import pytest

from frontdesk.evals.route.curve import Curve, curve_through
from frontdesk.evals.route.fitting import Scored
from frontdesk.evals.route.suggest import alike, suggestions
from frontdesk.evals.route.unseen import Sample

NAMES = ("a", "b", "c")


def sample(pairs: list[tuple[int, int, float]]) -> Sample:
    """One message per truth, what was said, and how surely."""
    chances = np.array([[sure if place == said else (1 - sure) / 2 for place in range(3)] for _, said, sure in pairs])
    return Sample(np.array([truth for truth, _, _ in pairs]), Scored(chances, np.ones(len(pairs))))


def test_two_that_are_taken_for_each_other_are_named_once() -> None:
    known = sample([(0, 1, 0.5)] * 2 + [(0, 0, 0.9)] * 8 + [(1, 0, 0.5)] * 3 + [(1, 1, 0.9)] * 7 + [(2, 0, 0.5)] * 9)
    found = suggestions(known, NAMES, ["x"] * 29, None)
    (merge,) = found.merge
    assert (merge.intent, merge.taken_for, merge.count, merge.of, merge.back) == ("b", "a", 3, 10, 2)
    # c only goes one way: it needs utterances, not merging
    assert [(one.intent, one.taken_for) for one in found.confusions] == [("c", "a"), ("b", "a")]
    assert [(one.intent, one.found, one.more) for one in found.more] == [("c", 0, None), ("b", 7, None)]


@pytest.mark.parametrize(
    ("word", "sure", "moves"),
    [("sure of another", 0.8, [("a", "b", 0.8)]), ("unsure", 0.6, [])],
)
def test_moves(word: str, sure: float, moves: list[tuple[str, str, float]]) -> None:
    found = suggestions(sample([(0, 1, sure), (1, 1, 0.9)]), NAMES, ["x", "y"], None).move
    assert [(one.intent, one.likelier, one.confidence) for one in found] == moves, word


@pytest.mark.parametrize(
    ("word", "first", "second", "labels", "count"),
    [
        ("the same in other letters", "Where is my parcel?", "where is my parcel", (0, 1), 1),
        ("the same intent", "where is my parcel", "where is my parcel", (0, 0), 0),
        ("another word", "where is my parcel", "where is my refund of yesterday", (0, 1), 0),
        ("nothing in it", "!!!", "???", (0, 1), 0),
    ],
)
def test_alike(word: str, first: str, second: str, labels: tuple[int, int], count: int) -> None:
    assert len(alike([first, second], labels, NAMES)) == count, word


def test_a_curve_goes_through_its_law() -> None:
    curve = curve_through([(count, 0.8 * count**-0.5) for count in (4, 9, 16)])
    assert (curve.scale, curve.slope) == (pytest.approx(0.8, abs=1e-3), pytest.approx(0.5, abs=1e-3))
    assert curve.wrong(64) == pytest.approx(0.1, abs=1e-3)


@pytest.mark.parametrize(
    ("word", "examples", "wrong", "more"),
    [("half the errors need four times", 10, 0.4, 30), ("already there", 10, 0.1, 0), ("too many", 40, 0.4, None)],
)
def test_how_many_more(word: str, examples: int, wrong: float, more: int | None) -> None:
    assert Curve(((1, 1), (2, 1)), 0.8, 0.5).more(examples, wrong, 0.2) == more, word


def test_a_curve_that_does_not_fall_promises_little() -> None:
    assert curve_through([(5, 0.2), (10, 0.3)]).slope == 0.1
