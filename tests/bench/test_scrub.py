"""The scrub benchmark runs, in small; its figures are not judged here."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from bench.scrub import AIMS, LONG, MESSAGES, Side, lines, long_text, measure

ROOT = Path(__file__).resolve().parent.parent.parent


def test_the_long_text_is_long_and_its_values_differ() -> None:
    text = long_text()
    assert len(text) == LONG
    addresses = [word for word in text.split() if "kessler" in word and "@" in word]
    assert len(addresses) == len(set(addresses)) > 5


def test_every_side_is_given_every_text_equally_often() -> None:
    given: dict[str, list[str]] = {"core": [], "other": []}

    def side(name: str) -> Side:
        return lambda text: (given[name].append(text), sum(range(2000)))

    table = measure({name: side(name) for name in given}, ["a", "b", "c"], 4)
    assert {name: sorted(taken) for name, taken in given.items()} == dict.fromkeys(
        given, ["a"] * 5 + ["b"] * 5 + ["c"] * 5
    )
    assert table["core"]["ratio"] == 1.0
    assert table["other"]["p99_ms"] >= table["other"]["p50_ms"] >= 0


def test_what_is_missing_and_what_was_missed_is_said() -> None:
    side = {"p50_ms": 2.0, "p99_ms": 3.0, "cpu_p50_ms": 1.5, "ratio": 1.0}
    table = {
        "machine": {"cpus": 2, "load": 1.0, "python": "3", "platform": "x"},
        "options": {"messages": 12, "repeats": 1, "long": 10},
        "short": {"core": side},
        "long": {"core": side},
        "missing": ["presidio: not installed"],
        "aims": [{"name": "short_p50_ms", "below": 1.0, "is": 2.0, "met": False}],
    }
    said = "\n".join(lines(table))
    assert "| core | 2.0 | 3.0 | 1.5 | 1.0 | 2.0 | 3.0 | 1.5 | 1.0 |" in said
    assert "not measured: presidio: not installed" in said
    assert "short_p50_ms below 1.0: 2.0, missed" in said


def test_a_small_run(tmp_path: Path) -> None:
    target = tmp_path / "figures.json"
    command = [sys.executable, "bench/scrub.py", "--repeats", "1", "--json", str(target)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stderr[-2000:]
    figures = json.loads(target.read_text(encoding="utf-8"))
    assert figures["options"] == {"repeats": 1, "messages": len(MESSAGES), "long": LONG}
    assert {"core", "middleware"} <= set(figures["short"]) == set(figures["long"])
    assert all(side["p99_ms"] >= side["p50_ms"] > 0 for part in ("short", "long") for side in figures[part].values())
    for name in ("head", "presidio"):
        assert (name in figures["short"]) is not any(line.startswith(f"{name}: ") for line in figures["missing"])
    assert [aim["name"] for aim in figures["aims"]] == [f"{name}_p50_ms" for name in AIMS]
    assert "| core |" in done.stdout
