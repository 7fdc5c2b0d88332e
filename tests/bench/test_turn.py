"""The benchmark runs, in small; its figures are not judged here."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench.loopback import answer, notes
from bench.pairs import MESSAGES, SIDES, Sample
from bench.report import aims, by_point, growth, outside, quantile

ROOT = Path(__file__).resolve().parent.parent.parent


def samples(ms: dict[str, float], point: int, stages: tuple[tuple[str, float], ...] = ()) -> list[Sample]:
    """One message in one conversation on every side."""
    return [Sample(side, 0, point, 0, ms[side], ms[side] / 2, stages, "text") for side in SIDES]


def test_ratios_are_formed_within_a_message_and_growth_between_points() -> None:
    taken = samples({"stateful": 30, "graph": 20, "stateless": 10}, 1)
    taken += samples({"stateful": 33, "graph": 30, "stateless": 10}, 100)
    points = by_point(taken)
    assert points["1"]["ratio"] == {"graph": {"wall": 1.5, "cpu": 1.5}, "stateless": {"wall": 3.0, "cpu": 3.0}}
    assert growth(taken)["stateful"] == {"wall": 1.1, "cpu": 1.1}
    assert growth(taken)["graph"] == {"wall": 1.5, "cpu": 1.5}
    figures = {"points": points, "growth": growth(taken), "imports": {"import frontdesk": {"ms": 400.0}}}
    assert [(aim["name"], aim["is"], aim["met"]) for aim in aims(figures)] == [
        ("ratio", 1.5, True),
        ("growth", 1.1, True),
        ("import_ms", 400.0, False),
    ]


def test_of_the_stages_side_by_side_the_longest_counts() -> None:
    stages = (("scrub", 1.0), ("guard", 4.0), ("route", 1.0), ("recall", 3.0), ("respond", 5.0))
    assert outside(samples(dict.fromkeys(SIDES, 12.0), 1, stages)[0]) == pytest.approx(2.0)


@pytest.mark.parametrize(("share", "value"), [(0.0, 1), (0.5, 2.5), (0.95, 3.85), (1.0, 4)])
def test_quantiles(share: float, value: float) -> None:
    assert quantile([4, 1, 3, 2], share) == value


@pytest.mark.parametrize(
    ("what", "body", "said"),
    [
        ("a page is cited", {"messages": [{"content": ""}, {"role": "user", "content": '<page id="returns" title="R">\nYou have 30 days. More.\n</page>\n<customer mark="1a">\ndays?\n</customer mark="1a">'}]}, "You have 30 days. [returns]"),
        ("no page", {"messages": [{"content": ""}, {"role": "user", "content": "hello"}]}, "What can I do for you?"),
        ("a summary", {"messages": [{"content": "You keep the notes of a customer service desk."}, {"role": "user", "content": "- a\nCustomer: b\nDesk: c"}]}, "- a\n- b"),
    ],
)  # fmt: skip
def test_the_loopback_model_says_something_sensible(what: str, body: dict[str, Any], said: str) -> None:
    assert answer(body).text == said, what


def test_the_loopback_model_calls_a_tool_for_an_order() -> None:
    tools = [{"function": {"name": "get_order"}}]
    reply = answer({"messages": [{"content": ""}, {"role": "user", "content": "order 10482?"}], "tools": tools})
    assert reply.calls == (("get_order", {"order_id": "10482"}),)


def test_notes_stay_short() -> None:
    assert len(notes("\n".join(f"- line {number}" for number in range(30))).splitlines()) == 10


@pytest.mark.parametrize("model", ["keyless", "loopback"])
def test_a_small_run(model: str, redis_url: str, tmp_path: Path) -> None:
    # redis_url: skips where no embedded server starts; the benchmark starts one of its own
    target = tmp_path / "figures.json"
    command = [sys.executable, "bench/turn.py", "--turns", "1,2", "--repeats", "1", "--imports", "1"]
    done = subprocess.run(
        [*command, "--model", model, "--json", str(target)], cwd=ROOT, capture_output=True, text=True, timeout=180
    )
    assert done.returncode == 0, done.stderr[-2000:]
    figures = json.loads(target.read_text(encoding="utf-8"))
    assert figures["options"] == {"model": model, "turns": [1, 2], "repeats": 1}
    assert figures["samples"] == len(MESSAGES)
    assert set(figures["points"]) == {"1", "2"}
    for point in figures["points"].values():
        assert {*SIDES, "ratio", "stages"} <= set(point)
        assert {"scrub", "guard", "route", "recall", "decide", "respond", "act", "review", "remember"} <= set(
            point["stages"]
        )
        assert all(point[side]["p95"] >= point[side]["p50"] > 0 for side in SIDES)
        assert point["same_text"] == len(MESSAGES), "both sides did the same work"
    assert figures["redis"]["2"]["round_trips"] > 5
    assert figures["redis"]["2"]["bytes"] > figures["redis"]["1"]["bytes"] > 0
    assert figures["imports"]["import frontdesk"]["mb"] < figures["imports"]["from frontdesk import open_desk"]["mb"]
    assert [aim["name"] for aim in figures["aims"]] == ["ratio", "growth", "import_ms"]
    assert "| turn |" in done.stdout
