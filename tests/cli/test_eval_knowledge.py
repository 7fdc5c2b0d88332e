"""``frontdesk eval knowledge``: one JSON object on standard output, the rest elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.cli.test_commands import left_with
from tests.evals.knowledge.base import DOCS, QUERIES, written


def test_command(command: Command, tmp_path: Path) -> None:
    written(tmp_path / "d.jsonl", DOCS)
    written(tmp_path / "q.jsonl", QUERIES)
    done = command("eval", "knowledge", "--docs", "d.jsonl", "--queries", "q.jsonl", "--out", "p.jsonl")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n") == 1 and json.loads(done.stdout)["capability"] == "knowledge"


@pytest.mark.parametrize(
    ("word", "given", "told"),
    [
        ("no such file", {"--docs": "nowhere.jsonl"}, "nowhere.jsonl: cannot be read"),
        ("no such folder", {"--out": "nowhere/p.jsonl"}, "cannot be written"),
        ("no such embedder", {"--embeddings": "word2vec"}, "word2vec"),
        ("no probability", {"--covered": "3"}, "--covered"),
    ],
)
def test_wrong_options(
    word: str, given: dict[str, str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    written(tmp_path / "d.jsonl", DOCS)
    written(tmp_path / "q.jsonl", QUERIES)
    named = {"--docs": "d.jsonl", "--queries": "q.jsonl", "--out": "p.jsonl", **given}
    assert left_with(["eval", "knowledge", *(part for pair in named.items() for part in pair)]) == 2, word
    said = capsys.readouterr()
    assert told in said.err and not said.out
