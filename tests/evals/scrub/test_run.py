"""The whole of it on a small file, recomputed from what it writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from frontdesk.desk.scrubbing import Scrub
from frontdesk.errors import ConfigurationError, DataError
from frontdesk.evals.scrub.data import Span, read_texts
from frontdesk.evals.scrub.metrics import Searched, measure
from frontdesk.evals.scrub.run import Options, evaluate

CORE = Scrub(head="off")
LINES = [
    '{"id": "a", "text": "Write to anna@mail.example", "spans": [{"start": 9, "end": 26, "label": "EMAIL_ADDRESS"}]}',
    '{"id": "b", "text": "My card is 4111 1111 1111 1111", "spans": [{"start": 11, "end": 30, "label": "CREDIT_CARD"}]}',
    '{"id": 3, "text": "Size 42", "spans": [{"start": 0, "end": 7, "label": "SHOE_SIZE"}]}',
]


def data(folder: Path, *lines: str) -> Path:
    path = folder / "data.jsonl"
    path.write_text("\n".join(lines) + "\n")
    return path


def test_the_figures_can_be_computed_again_from_what_is_written(tmp_path: Path) -> None:
    path, out = data(tmp_path, *LINES), tmp_path / "preds.jsonl"
    said: list[str] = []
    figures = evaluate(Options(path, out, CORE), said.append)
    records = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [record["id"] for record in records] == ["a", "b", 3]
    assert [record["text"] for record in records] == ["Write to <EMAIL_1>", "My card is <CARD_1>", "Size 42"]
    assert {key for record in records for span in record["spans"] for key in span} == {
        "start", "end", "label", "score", "detector",
    }  # fmt: skip
    again = measure(
        read_texts(path),
        [Searched(tuple(Span(s["start"], s["end"], s["label"]) for s in r["spans"]), r["text"], 0.0) for r in records],
    )
    for name in ("spans", "found", "recall", "precision", "precision_strict", "f2", "leakage", "altered"):
        assert figures["overall"][name] == again["overall"][name], name
    assert figures["labels"] == again["labels"]
    assert figures["overall"]["recall"] == 1.0
    assert (figures["capability"], figures["data"], figures["split"]) == ("scrub", "data.jsonl", "all")
    assert {"card", "email"} <= set(figures["detectors"])
    assert figures["unknown"] == ["SHOE_SIZE"]
    assert said


def test_detectors_can_be_used_alone(tmp_path: Path) -> None:
    figures = evaluate(Options(data(tmp_path, *LINES), tmp_path / "o", CORE, only=("card",)), lambda line: None)
    assert figures["detectors"] == ["card"]
    assert [figures["labels"][label]["recall"] for label in ("CREDIT_CARD", "EMAIL_ADDRESS")] == [1.0, 0.0]


def test_a_detector_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"no detector 'crad' is in use; there are .*card"):
        evaluate(Options(data(tmp_path, *LINES), tmp_path / "o", CORE, only=("crad",)), lambda line: None)


def test_a_broken_line_leaves_nothing_behind(tmp_path: Path) -> None:
    path = data(tmp_path, *LINES, "{")
    with pytest.raises(DataError, match=r"data\.jsonl:4"):
        evaluate(Options(path, tmp_path / "preds.jsonl", CORE), lambda line: None)
    assert list(tmp_path.iterdir()) == [path]


def test_the_parts_of_a_split_make_the_whole(tmp_path: Path) -> None:
    lines = [json.dumps({"id": n, "text": f"text {n}", "spans": []}) for n in range(30)]
    path = data(tmp_path, *lines)
    for part in ("fit", "validation"):
        figures = evaluate(Options(path, tmp_path / f"{part}.jsonl", CORE, split=part), lambda line: None)  # type: ignore[arg-type]
        assert figures["split"] == part
    written = [
        json.loads(line)["id"]
        for part in ("fit", "validation")
        for line in (tmp_path / f"{part}.jsonl").read_text().splitlines()
    ]
    assert sorted(written) == list(range(30))
    assert written != list(range(30))
