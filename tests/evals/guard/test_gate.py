"""Bounds: broken ones are named with figure and bound, and new ones lie a little beside the figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.errors import DataError
from frontdesk.evals.guard.gate import AIMS, Bounds, bounds_for, broken, read_bounds


@pytest.mark.parametrize(
    ("word", "bound", "figure", "holds"),
    [
        ("at the least", {"at_least": 0.95}, 0.95, True),
        ("below the least", {"at_least": 0.95}, 0.9499, False),
        ("at the most", {"at_most": 0.001}, 0.001, True),
        ("above the most", {"at_most": 0.001}, 0.0011, False),
        ("not measured", {"at_least": 0.95}, None, False),
    ],
)
def test_a_bound(word: str, bound: dict[str, float], figure: float | None, holds: bool) -> None:
    found = list(broken({"set.figure": bound}, {"set.figure": figure}, complete=True))
    assert (found == []) is holds, word
    assert all(line.startswith("set.figure") for line in found)


def test_a_broken_bound_says_figure_and_bound() -> None:
    (line,) = broken({"fresh.recall": {"at_least": 0.9}}, {"fresh.recall": 0.85}, complete=True)
    assert line == "fresh.recall is 0.85, worse than the recorded bound (at least 0.9)"


def test_what_could_not_be_measured_is_not_looked_at() -> None:
    bounds: Bounds = {"ordinary.over_block": {"at_most": 0.001}, "fresh.caught": {"at_least": 0.9}}
    assert list(broken(bounds, {"fresh.caught": 0.95}, complete=False)) == []
    assert len(list(broken(bounds, {"fresh.caught": 0.85}, complete=False))) == 1
    assert len(list(broken(bounds, {"fresh.caught": 0.95}, complete=True))) == 1


def test_new_bounds_hold_and_are_tight() -> None:
    figures = {"a.recall": 0.96, "b.over_block": 0.0, "c.bothered": 0.01, "d.recall": 0.002, "e.recall": None}
    bounds = bounds_for(figures)
    assert bounds == {
        "a.recall": {"at_least": 0.95},
        "b.over_block": {"at_most": 0.001},
        "c.bothered": {"at_most": 0.012},
        "d.recall": {"at_least": 0.0},
    }
    assert list(broken(bounds, figures, complete=True)) == []


@pytest.mark.parametrize(
    ("word", "name", "figure", "bound"),
    [
        ("worse than promised", "triggers.accuracy", 0.9, {"at_least": 0.95}),
        ("just as promised", "triggers.accuracy", 0.95, {"at_least": 0.95}),
        ("better than promised", "triggers.accuracy", 0.99, {"at_least": 0.98}),
        ("more than promised", "ordinary.over_block", 0.004, {"at_most": 0.001}),
        ("less than promised", "ordinary.over_block", 0.0, {"at_most": 0.001}),
    ],
)
def test_no_new_bound_is_looser_than_what_was_promised(
    word: str, name: str, figure: float, bound: dict[str, float]
) -> None:
    assert bounds_for({name: figure}) == {name: bound}, word


def test_recorded_bounds_are_no_looser_than_what_was_promised() -> None:
    recorded = read_bounds()
    for name, aim in AIMS.items():
        ((kind, value),) = aim.items()
        assert recorded[name][kind] >= value if kind == "at_least" else recorded[name][kind] <= value, name


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("no JSON", "{"),
        ("a list", "[]"),
        ("a number for a bound", '{"a.b": 1}'),
        ("another word", '{"a.b": {"above": 1}}'),
        ("a text", '{"a.b": {"at_least": "1"}}'),
        ("two at once", '{"a.b": {"at_least": 1, "at_most": 2}}'),
        ("none", '{"a.b": {}}'),
    ],
)
def test_a_faulty_file_is_told(word: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / "bounds.json"
    path.write_text(text)
    with pytest.raises(DataError, match=r"bounds\.json") as caught:
        read_bounds(path)
    assert "at_least" in str(caught.value) or "make it" in str(caught.value), word


def test_a_missing_file_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="--update-bounds"):
        read_bounds(tmp_path / "none.json")
