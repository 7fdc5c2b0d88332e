"""Distances of two sets of messages beside values worked out by hand, and what chance alone gives."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from frontdesk.evals.route.shift import LIMITS, Watched, compare, distance, divergence, stability

NAMES = tuple("abcde")


def watched(seed: int, count: int = 600) -> Watched:
    source = np.random.default_rng(seed)
    joint = source.beta(3, 1, count)
    unknown = source.choice([0.0, 0.0, 0.2], count)
    return Watched(joint, joint >= 0.5, joint < 0.1, unknown, source.integers(0, 5, count))


def test_stability() -> None:
    before = np.arange(100.0)
    assert stability(before, before) == 0
    # tenths of .1 each; after: the upper half only, tenths of .2 and, of nothing, half a message of fifty
    after = np.arange(50.0, 100.0)
    by_hand = 5 * (0.2 - 0.1) * np.log(2) + 5 * (0.01 - 0.1) * np.log(0.1)
    assert stability(before, after) == pytest.approx(by_hand)


@pytest.mark.parametrize(
    ("word", "before", "after", "value"),
    [
        ("alike", [1.0, 2, 3], [1.0, 2, 3], 0.0),
        ("nothing in common", [1.0, 2], [3.0, 4], 1.0),
        ("half above", [1.0, 2, 3, 4], [3.0, 4, 3, 4], 0.5),
    ],
)
def test_distance(word: str, before: list[float], after: list[float], value: float) -> None:
    assert distance(np.array(before), np.array(after)) == pytest.approx(value), word


@pytest.mark.parametrize(
    ("word", "before", "after", "value"),
    [
        ("alike", [0, 1], [1, 0], 0.0),
        ("nothing in common", [0, 0], [1, 1], 1.0),
        # p = (1, 0), q = (.5, .5), m = (.75, .25): (log2(4/3) + .5 log2(2/3) + .5) / 2
        ("half", [0, 0], [0, 1], (np.log2(4 / 3) + 0.5 * np.log2(2 / 3) + 0.5) / 2),
    ],
)
def test_divergence(word: str, before: list[int], after: list[int], value: float) -> None:
    assert divergence(np.array(before), np.array(after), 2) == pytest.approx(value), word


@pytest.mark.parametrize("seed", range(5))
def test_two_samples_of_the_same_are_stable(seed: int) -> None:
    found = compare(watched(seed), watched(100 + seed), NAMES, seed)
    assert found["level"] == "stable"
    assert set(found["figures"]) == set(LIMITS)


def test_a_few_messages_are_not_drift() -> None:
    # fifty messages differ by more than a tenth from six hundred by chance: limits alone would cry wolf
    found = compare(watched(1), watched(2, 50), NAMES, 0)
    assert found["figures"]["psi"]["value"] > LIMITS["psi"][0]
    assert found["level"] == "stable"


@pytest.mark.parametrize(
    ("word", "change", "figure"),
    [
        ("less sure", {"joint": watched(3).joint * 0.6}, "psi"),
        ("one intent takes over", {"intent": np.zeros(600, dtype=np.intp)}, "mix"),
        ("fewer accepted", {"accepted": np.zeros(600, dtype=np.bool_)}, "accepted"),
        ("more strangers", {"oos": np.arange(600) % 2 == 0}, "oos"),
        ("new words", {"unknown": np.full(600, 0.3)}, "unknown_words"),
    ],
)
def test_drift_is_found(word: str, change: dict[str, np.ndarray], figure: str) -> None:
    found = compare(watched(4), replace(watched(3), **change), NAMES, 0)
    assert found["figures"][figure]["level"] == "act", word
    assert found["level"] == "act"


def test_what_moved_comes_first() -> None:
    after = replace(watched(3), intent=np.full(600, 2))
    assert compare(watched(4), after, NAMES, 0)["moved"][0]["intent"] == "c"
