"""Thresholds picked on samples whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from frontdesk.evals.route.fitting import Scored
from frontdesk.evals.route.thresholds import PAIR, USEFUL, asked_from, lowest, pick, trade_off
from frontdesk.evals.route.unseen import Sample


def arrays(values: list[float], right: list[int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return np.array(values), np.array(right, dtype=np.bool_), np.ones(len(values))


@pytest.mark.parametrize(
    ("word", "values", "right", "target", "threshold", "share", "reached"),
    [
        ("all right: as low as any", [0.9, 0.6, 0.2], [1, 1, 1], 0.95, 0.1, 1.0, True),
        ("the lowest is wrong", [0.9, 0.6, 0.2], [1, 1, 0], 0.95, 0.4, 1.0, True),
        ("a fault above is made good", [0.9, 0.8, 0.7, 0.6], [0, 1, 1, 1], 0.75, 0.3, 0.75, True),
        ("ties fall together", [0.9, 0.5, 0.5], [1, 1, 0], 0.95, 0.7, 1.0, True),
        ("not to be had: the best", [0.9, 0.5, 0.3, 0.1], [0, 1, 1, 0], 0.95, 0.2, 0.6667, False),
        ("nothing is likely at all", [0.0, 0.0], [0, 0], 0.95, 1.0, None, False),
    ],
)
def test_the_lowest_that_holds(
    word: str, values: list[float], right: list[int], target: float, threshold: float, share: float, reached: bool
) -> None:
    found = lowest(*arrays(values, right), target)
    assert (found.threshold, found.share, found.reached) == (threshold, share, reached), word
    if share is not None:
        assert found.low <= share <= found.high


def test_weights_count() -> None:
    values, right, weights = arrays([0.9, 0.8], [1, 0])
    weights[1] = 0.02
    assert lowest(values, right, weights, 0.95).threshold == 0.4


def test_a_question_is_asked_where_it_would_hit() -> None:
    # confidence is honest in steps: nothing right at .1, half at .5, all at .9
    values = [0.1] * 10 + [0.5] * 10 + [0.9] * 10
    right = [0] * 10 + [0, 1] * 5 + [1] * 10
    below = np.array(values) < 0.7
    found = asked_from(*arrays(values, right), below, USEFUL)
    assert (found.threshold, found.share, found.part) == (0.3, 0.5, round(1 / 3, 4))
    assert asked_from(*arrays(values, right), below, PAIR).threshold == 0.7
    none = asked_from(*arrays([0.4, 0.5], [0, 0]), np.array([True, True]), USEFUL)
    assert (none.threshold, none.reached) == (1.0, False)


def sample(seed: int, count: int = 4000) -> Sample:
    """Messages of three intents of which the router says the truth about its own sureness; a fifth are strangers."""
    source = np.random.default_rng(seed)
    chances = source.dirichlet((0.4, 0.4, 0.4), count)
    scope = source.beta(2, 0.7, count)
    truth = np.array([source.choice(3, p=row) for row in chances])
    truth[source.random(count) > scope] = -1
    return Sample(truth, Scored(chances, scope))


def test_picked_thresholds_hold_on_other_messages() -> None:
    share = float(sample(1).outside.mean())
    found, other = pick(sample(1), 0.9, share), sample(2)
    acted = other.scored.joint >= found.accept.threshold
    assert abs(other.right[acted].mean() - 0.9) < 0.02
    assert found.clarify.threshold == pytest.approx(USEFUL, abs=0.06)
    assert found.pair.threshold == pytest.approx(PAIR, abs=0.08)
    assert found.clarify.threshold <= found.accept.threshold
    assert set(found.facts()) == {"accept", "clarify", "pair"}


def test_a_higher_target_acts_on_less() -> None:
    rows = trade_off(sample(3), np.ones(4000))
    assert [row["accept"] for row in rows] == sorted(row["accept"] for row in rows)
    assert [row["acted"] for row in rows] == sorted((row["acted"] for row in rows), reverse=True)
