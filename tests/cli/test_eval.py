"""``frontdesk eval scrub``: one JSON object on standard output, everything else on the other stream."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.cli.test_commands import left_with

RECORD = (
    '{"id": "a", "text": "Write to anna@mail.example", "spans": [{"start": 9, "end": 26, "label": "EMAIL_ADDRESS"}]}'
)


def test_figures_on_standard_output_and_nothing_else(command: Command, tmp_path: Path) -> None:
    (tmp_path / "data.jsonl").write_text(RECORD + "\n")
    done = command("eval", "scrub", "--data", "data.jsonl", "--out", "preds.jsonl", "--head", "off")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["overall"]["recall"] == 1.0
    assert done.stdout.count("\n") == 1
    assert "1 texts" in done.stderr
    assert json.loads((tmp_path / "preds.jsonl").read_text())["text"] == "Write to <EMAIL_1>"


@pytest.mark.parametrize(
    ("word", "data", "told"),
    [
        ("broken line", RECORD + "\nhunter2\n", "data.jsonl:2: not JSON"),
        ("no records", "", "no record; expected lines such as"),
    ],
)
def test_wrong_data_is_one_sentence(
    word: str, data: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "data.jsonl"
    path.write_text(data)
    assert left_with(["eval", "scrub", "--data", str(path), "--out", str(tmp_path / "out.jsonl")]) == 2, word
    said = capsys.readouterr()
    assert (said.out, told in said.err, "hunter2" in said.err) == ("", True, False)
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize(
    ("word", "options", "told"),
    [
        ("missing data", ["--data", "nowhere.jsonl"], "cannot be read"),
        ("a detector that is not there", ["--detectors", "card,crad"], "no detector 'crad' is in use"),
        ("a part that is not there", ["--split", "half"], "validation"),
        ("a head that is not there", ["--head", "yes"], "auto"),
        ("a target in no folder", ["--out", "no/where.jsonl"], "cannot be written"),
    ],
)
def test_wrong_options(word: str, options: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    path = tmp_path / "data.jsonl"
    path.write_text(RECORD)
    given = ["eval", "scrub", "--data", str(path), "--out", str(tmp_path / "out.jsonl"), "--head", "off", *options]
    assert left_with(given) == 2, word
    assert told in capsys.readouterr().err


def test_a_capability_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert left_with(["eval", "scrubb"]) == 2
    assert "scrub" in capsys.readouterr().err
