"""A measurement from file to figures, computed again from what it writes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from frontdesk.errors import DataError
from frontdesk.evals.route.figures import figures
from frontdesk.evals.route.fitting import Scored, words_of_name
from frontdesk.evals.route.run import Options, evaluate
from frontdesk.evals.route.size import size_of
from frontdesk.evals.route.unseen import Sample
from tests.evals.route.material import STRANGE, WORDS, strangers, training, written


def quiet(line: str) -> None:
    """Take no notice."""


def run(options: Options, **more: Any) -> dict[str, Any]:
    return evaluate(options, more.get("desk"), more.get("embed"), quiet)


def records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_figures_can_be_computed_again(tmp_path: Path) -> None:
    out = tmp_path / "p.jsonl"
    told = run(Options(out, training(tmp_path / "t.jsonl"), oos=strangers(tmp_path / "o.jsonl"), split=1 / 3))
    found = records(out)
    assert set(found[0]) == {
        "id", "intent", "accepted", "confidence", "oos_score", "alternatives", "joint", "origin", "ms",
    }  # fmt: skip
    inside, outside = [one for one in found if one["origin"] == "in"], found[-4:]
    assert (len(inside), [one["id"] for one in outside]) == (8, ["s0", "s1", "s2", "s3"])
    by_line = dict(enumerate([name for name, texts in WORDS.items() for _ in texts], 1))
    right = [one["intent"] == by_line[one["id"]] for one in inside]
    assert told["accuracy"] == round(sum(right) / len(right), 4)
    assert told["oos_recall"] == sum(not one["accepted"] for one in outside) / 4
    pairs = [(a["oos_score"], b["oos_score"]) for a in outside for b in inside]
    won = sum((a > b) + (a == b) / 2 for a, b in pairs)
    assert told["oos_auroc"] == pytest.approx(won / len(pairs), abs=1e-4)
    for one in found:
        assert one["accepted"] == (one["joint"] >= 0.5)
        assert one["joint"] == pytest.approx(one["confidence"] * (1 - one["oos_score"]), abs=1e-5)
        assert len(one["alternatives"]) == 3 and one["intent"] not in {other["intent"] for other in one["alternatives"]}
        assert one["confidence"] + sum(other["confidence"] for other in one["alternatives"]) == pytest.approx(
            1, abs=1e-4
        )


def test_every_figure_of_the_public_table_is_there(tmp_path: Path) -> None:
    told = run(Options(tmp_path / "p.jsonl", training(tmp_path / "t.jsonl"), training(tmp_path / "u.jsonl"),
                       strangers(tmp_path / "o.jsonl")))  # fmt: skip
    public = ("accuracy", "macro_f1", "ece", "oos_auroc", "oos_recall", "oos_precision", "coverage_at_90",
              "coverage_at_95", "fit_s", "ms_p50", "ms_p99", "size")  # fmt: skip
    assert all(isinstance(told[name], int | float) for name in public)
    assert told["accuracy"] == 1.0 and told["size"] > 1000


def test_undeclared_intents_are_near_strangers(tmp_path: Path) -> None:
    path = training(tmp_path / "t.jsonl")
    told = run(Options(tmp_path / "p.jsonl", path, path, strangers(tmp_path / "o.jsonl"), intents=2, seed=3))
    assert (told["intents"], told["n"], told["near"]["n"], told["far"]["n"]) == (2, 12, 12, 4)


def test_the_threshold_is_picked_without_the_test_file(tmp_path: Path) -> None:
    path, out = training(tmp_path / "t.jsonl"), tmp_path / "p.jsonl"
    other = written(tmp_path / "u.jsonl", [{"text": text, "intent": None} for text in STRANGE])
    first = run(Options(out, path, path, target=0.9))
    assert first["accept"] == run(Options(out, path, other, target=0.9))["accept"]
    assert run(Options(out, path, path, accept=0.3))["accept"] == 0.3


def test_embeddings_reach_examples_and_messages(tmp_path: Path) -> None:
    asked: list[int] = []

    def embed(texts: Sequence[str]) -> np.ndarray:
        asked.append(len(texts))
        vectors = np.array([[len(text) % 5 + 1, len(text) % 3 + 1, 1] for text in texts], dtype=np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    path = training(tmp_path / "t.jsonl")
    told = run(Options(tmp_path / "p.jsonl", path, path), embed=embed)
    assert told["embedded"] is True
    assert asked == [24 + 4, *([1] * (1 + 24))]  # names with the examples; a message to warm up


@pytest.mark.parametrize(
    ("word", "options", "told"),
    [
        ("nothing to fit on", {"train": None}, "--train"),
        ("nothing to measure on", {"test": None}, "--split"),
        ("a folder that is not there", {"out": Path("no/where.jsonl")}, "cannot be written"),
        ("a file that is not there", {"test": Path("nowhere.jsonl")}, "cannot be read"),
    ],
)
def test_wrong_options(word: str, options: dict[str, Any], told: str, tmp_path: Path) -> None:
    path = training(tmp_path / "t.jsonl")
    with pytest.raises(DataError, match=told):
        run(Options(**{"out": tmp_path / "p.jsonl", "train": path, "test": path, **options}))
    assert not (tmp_path / "p.jsonl").exists(), word


def test_figures_by_hand() -> None:
    scored = Scored(np.array([[0.9, 0.1], [0.2, 0.8], [0.6, 0.4], [0.7, 0.3]]), np.array([1.0, 1.0, 0.5, 0.2]))
    found = figures(Sample(np.array([0, 1, 1, -1]), scored), ["in", "in", "in", "far"], [1.0, 2.0, 3.0, 4.0], 0.5)
    assert (found["n"], found["n_oos"], found["accuracy"]) == (3, 1, 0.6667)
    assert (found["oos_auroc"], found["oos_recall"], found["oos_precision"]) == (1.0, 1.0, 0.5)
    assert (found["accepted"], found["accept_precision"], found["coverage_at_90"]) == (0.6667, 1.0, 0.6667)
    # three bins of one message each: |.9 - 1|, |.8 - 1|, |.6 - 0|
    assert found["ece"] == pytest.approx(0.3)
    assert (found["far"]["n"], found["ms_p50"]) == (1, 2.5)


@pytest.mark.parametrize(
    ("name", "words"),
    [("card_arrival", "card arrival"), ("CardArrival", "Card Arrival"), ("card-arrival.late", "card arrival late"),
     ("faq", "faq"), ("PIN", "PIN")],
)  # fmt: skip
def test_names_become_words(name: str, words: str) -> None:
    assert words_of_name(name) == words


def test_size() -> None:
    assert size_of({"ab": np.zeros(3, dtype=np.float32)}) == 2 + 12
    assert size_of((1, 2.5, None, "é")) == 8 + 8 + 0 + 2
