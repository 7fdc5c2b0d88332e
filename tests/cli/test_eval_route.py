"""``frontdesk eval route`` and ``frontdesk calibrate``: one JSON object on standard output, the rest elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.cli.test_commands import left_with
from tests.evals.route.material import strangers, tiny_desk, training, written


def test_figures_on_standard_output_and_nothing_else(command: Command, tmp_path: Path) -> None:
    training(tmp_path / "t.jsonl")
    strangers(tmp_path / "o.jsonl")
    done = command("eval", "route", "--train", "t.jsonl", "--split", "0.3", "--oos", "o.jsonl", "--out", "p.jsonl")
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert (figures["capability"], figures["intents"], figures["n_oos"]) == ("route", 4, 4)
    assert done.stdout.count("\n") == 1 and "messages to route" in done.stderr
    assert len((tmp_path / "p.jsonl").read_text().splitlines()) == figures["n"] + 4


@pytest.mark.parametrize(
    ("word", "options", "told"),
    [
        ("missing data", ["--train", "nowhere.jsonl", "--split", "0.2"], "cannot be read"),
        ("nothing to fit on", ["--test", "t.jsonl"], "--train"),
        ("a share of nothing", ["--split", "0.2", "--desk", "retail"], "--desk is fitted on whole"),
        ("a split without a file", ["--split", "0.2"], "--split takes a share of the training file"),
        ("more than all", ["--train", "t.jsonl", "--split", "1.5"], "--split"),
        (
            "an embedder that is not there",
            ["--train", "t.jsonl", "--split", "0.2", "--embeddings", "word2vec"],
            "word2vec",
        ),
    ],
)
def test_wrong_options(
    word: str, options: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    training(tmp_path / "t.jsonl")
    assert left_with(["eval", "route", "--out", "p.jsonl", *options]) == 2, word
    said = capsys.readouterr()
    assert told in said.err and not said.out


def test_calibrate_a_desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = str(tiny_desk(tmp_path / "tiny"))
    assert (
        left_with(["calibrate", "route", "--desk", desk, "--out", str(tmp_path / "out"), "--target-precision", "0.8"])
        == 0
    )
    told = json.loads(capsys.readouterr().out)
    assert {"accept", "clarify", "pair", "files", "accuracy"} <= set(told)
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"report.html", "report.json", "desk.yaml"}


def test_drift_can_fail_a_job(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    odd = written(tmp_path / "o.jsonl", [{"text": f"zorb quux flim{number} wibble"} for number in range(80)])
    given = ["calibrate", "drift", "--desk", str(tiny_desk(tmp_path / "tiny")), "--recent", str(odd)]
    assert left_with([*given, "--check"]) == 1
    assert json.loads(capsys.readouterr().out)["level"] == "act"
    assert left_with(given) == 0
