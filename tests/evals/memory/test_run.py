"""A measurement from files to figures, computed again from what it writes; and the targets on the set at hand."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from frontdesk.errors import ConfigurationError, DataError
from frontdesk.evals.memory.data import read_questions, read_talks
from frontdesk.evals.memory.evidence import Located
from frontdesk.evals.memory.floor import fitted
from frontdesk.evals.memory.metrics import Outcome, figures, outcome
from frontdesk.evals.memory.run import Options, evaluate
from frontdesk.evals.route.embedding import embedding
from tests.evals.memory.material import QUESTIONS, TALKS, written


def quiet(line: str) -> None:
    """Take no notice."""


def counted(texts: Sequence[str]) -> np.ndarray:
    """Return letters' frequencies: an embedder that knows no meaning."""
    rows = [[1e-3 + text.lower().count(letter) for letter in "abcdefghijklmnopqrstuvwxyz"] for text in texts]
    vectors = np.array(rows, np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def options(folder: Path) -> Options:
    talks, asked = written(folder / "c.jsonl", TALKS), written(folder / "q.jsonl", QUESTIONS)
    return Options(talks, asked, folder / "p.jsonl")


@pytest.mark.parametrize("embed", [None, counted])
def test_figures_can_be_computed_again(tmp_path: Path, embed: Any) -> None:
    chosen = options(tmp_path)
    told = evaluate(chosen, embed, quiet)
    records = [json.loads(line) for line in chosen.out.read_text("utf-8").splitlines()]
    turns = read_talks(chosen.conversations)
    questions = read_questions(chosen.qa, turns)
    assert [record["id"] for record in records] == ["q1", "q2", "q3"]
    shares = []
    for record, question in zip(records, questions, strict=True):
        said = turns[question.scenario]
        assert all(set(one) == {"conversation", "turn", "text"} for one in record["retrieved"])
        assert {one["conversation"] for one in record["retrieved"]} <= {turn.conversation for turn in said}
        places = [
            next(n for n, turn in enumerate(said) if (turn.conversation, turn.number, turn.text) == tuple(one.values()))
            for one in record["retrieved"]
        ]
        pieces = Located(said).evidence(question)
        shares.append(sum(bool(piece & set(places[:1])) for piece in pieces) / len(pieces))
    assert told["recall@1"] == round(sum(shares) / len(shares), 4)
    assert (told["questions"], told["turns"], told["evidence_not_found"]) == (3, 7, 0)
    assert told["recall@10"] == 1.0 and set(told["scenarios"]) == {"garden", "music"}
    assert told["answered"] == 1.0 and told["plain_bm25"]["recall@5"] is not None
    assert told["floor_finds_nothing_foreign"] is not None


def test_a_single_scenario_has_no_foreign_figure(tmp_path: Path) -> None:
    chosen = Options(
        written(tmp_path / "c.jsonl", TALKS[:1]), written(tmp_path / "q.jsonl", QUESTIONS[:1]), tmp_path / "p"
    )
    assert evaluate(chosen, None, quiet)["floor_finds_nothing_foreign"] is None


def test_evidence_that_nobody_said_is_counted_apart(tmp_path: Path) -> None:
    strange = {**QUESTIONS[0], "evidence": "the submarine surfaced near Oslo", "answers": []}
    chosen = Options(written(tmp_path / "c.jsonl", TALKS), written(tmp_path / "q.jsonl", [strange]), tmp_path / "p")
    told = evaluate(chosen, None, quiet)
    assert (told["evidence_not_found"], told["recall@5"], told["answered"]) == (1, None, None)


def test_a_target_that_cannot_be_written_is_told_before_the_work(tmp_path: Path) -> None:
    chosen = options(tmp_path)
    with pytest.raises(DataError, match="cannot be written"):
        evaluate(Options(chosen.conversations, chosen.qa, tmp_path / "no" / "p.jsonl"), None, quiet)


@pytest.mark.parametrize(
    ("word", "ranked", "evidence", "costs", "expected"),
    [
        ("both first", [0, 1, 2], [{0}, {1}], [10, 10, 10], (0.5, 1.0, 1.0)),
        ("one beyond the budget", [0, 1, 2], [{0}, {2}], [10, 985, 10], (0.5, 1.0, 0.5)),
        ("the first is too large", [0, 1, 2], [{0}], [1001, 1, 1], (1.0, 1.0, 0.0)),
        ("not ranked at all", [1], [{0}], [1, 1, 1], (0.0, 0.0, 0.0)),
        ("either turn will do", [1, 0], [{0, 1}], [1, 1, 1], (1.0, 1.0, 1.0)),
    ],
)
def test_figures(
    word: str, ranked: list[int], evidence: list[set[int]], costs: list[int], expected: tuple[float, float, float]
) -> None:
    found = figures([outcome("s", ranked, evidence, costs, None)])
    assert (found["recall@1"], found["recall@5"], found["recall_1000_tokens"]) == expected, word


def test_all_any_and_share_differ() -> None:
    found = figures([Outcome("s", (0, 7), 1, True), Outcome("s", (0,), 1, False)])
    assert (found["any@5"], found["recall@5"], found["all@5"], found["answered"]) == (1.0, 0.75, 0.5, 0.5)


def test_the_floor_is_fitted_on_two_scenarios_at_least(tmp_path: Path) -> None:
    chosen = options(tmp_path)
    turns = read_talks(chosen.conversations)
    questions = read_questions(chosen.qa, turns)
    found = fitted(turns, questions, counted)
    assert len(found["weights"]) == 3 and {"without garden", "without music"} < set(found)
    with pytest.raises(DataError, match="two or more"):
        fitted({"garden": turns["garden"]}, questions[:2], None)


def data() -> tuple[Path, Path]:
    folder = Path(os.environ.get("FRONTDESK_DATA", "../shared/data")) / "bfcl_memory"
    if not folder.exists():
        pytest.skip(f"no {folder}: set FRONTDESK_DATA to the folder with bfcl_memory")
    return folder / "conversations_dev.jsonl", folder / "qa_dev.jsonl"


def test_targets_without_an_encoder(tmp_path: Path) -> None:
    told = evaluate(Options(*data(), tmp_path / "p.jsonl"), None, quiet)
    plain = told["plain_bm25"]
    assert told["evidence_not_found"] == 0
    assert told["recall@5"] >= 0.95 and told["recall@1"] >= plain["recall@1"] + 0.10
    assert told["recall@5"] > plain["recall@5"] and told["recall_1000_tokens"] > plain["recall_1000_tokens"]
    assert told["floor_finds_nothing_foreign"] >= 0.85 and told["floor_keeps_evidence"] >= 0.8


def test_targets_with_short_turns(tmp_path: Path) -> None:
    told = evaluate(Options(*data(), tmp_path / "p.jsonl", sentences=True), None, quiet)
    assert told["recall@5"] >= told["plain_bm25"]["recall@5"] + 0.10 and told["turns"] > 1000


def test_targets_with_an_encoder(tmp_path: Path) -> None:
    files = data()
    try:
        with embedding("minilm") as embed:
            told = evaluate(Options(*files, tmp_path / "p.jsonl"), embed, quiet)
    except ConfigurationError as missing:
        pytest.skip(str(missing))
    assert told["recall@5"] >= 0.97 and told["recall_1000_tokens"] > told["plain_bm25"]["recall_1000_tokens"]
    assert told["floor_finds_nothing_foreign"] >= 0.9 and told["floor_keeps_evidence"] >= 0.85
