"""``frontdesk eval memory``: one JSON object on standard output, the rest elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.evals.memory.material import QUESTIONS, TALKS, written


def test_figures_on_standard_output_and_nothing_else(command: Command, tmp_path: Path) -> None:
    written(tmp_path / "c.jsonl", TALKS)
    written(tmp_path / "q.jsonl", QUESTIONS)
    done = command("eval", "memory", "--conversations", "c.jsonl", "--qa", "q.jsonl", "--out", "p.jsonl")
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert (figures["capability"], figures["questions"]) == ("memory", 3)
    assert done.stdout.count("\n") == 1 and "indexing" in done.stderr
    assert len((tmp_path / "p.jsonl").read_text("utf-8").splitlines()) == 3


@pytest.mark.parametrize(
    ("word", "options", "told"),
    [
        ("missing talks", ["--conversations", "no.jsonl", "--qa", "q.jsonl"], "no.jsonl: cannot be read"),
        ("missing questions", ["--conversations", "c.jsonl", "--qa", "no.jsonl"], "no.jsonl: cannot be read"),
        ("another file", ["--conversations", "q.jsonl", "--qa", "q.jsonl"], "q.jsonl:1: turns is missing"),
        (
            "a strange embedder",
            ["--conversations", "c.jsonl", "--qa", "q.jsonl", "--embeddings", "word2vec"],
            "word2vec",
        ),
    ],
)
def test_what_is_wrong_is_told(command: Command, tmp_path: Path, word: str, options: list[str], told: str) -> None:
    written(tmp_path / "c.jsonl", TALKS)
    written(tmp_path / "q.jsonl", QUESTIONS)
    done = command("eval", "memory", *options, "--out", "p.jsonl")
    assert done.returncode != 0 and done.stdout == "" and told in done.stderr, word
    assert not (tmp_path / "p.jsonl").exists() and "Traceback" not in done.stderr
