"""The report of all settings, on sets in miniature."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from frontdesk.evals.route.report import MARK, averaged, main, report, settings, table
from tests.evals.route.material import strangers, training


@pytest.fixture
def sets(tmp_path: Path) -> Path:
    """Both sets with four intents each."""
    for name in ("banking77", "clinc150"):
        (tmp_path / name).mkdir()
        training(tmp_path / name / "train.jsonl")
    training(tmp_path / "clinc150" / "val.jsonl")
    strangers(tmp_path / "clinc150" / "oos_val.jsonl")
    return tmp_path


def test_nothing_is_measured_that_was_fitted_on(tmp_path: Path) -> None:
    for name, several in settings(tmp_path, tmp_path / "p.jsonl", 3, few=False):
        assert all(one.test != one.train and (one.test or one.split) for one in several), name
        assert len({one.seed for one in several}) == len(several)
        assert not any("test" in path.name for one in several for path in (one.train, one.test, one.oos) if path)


def test_every_setting_has_a_line(sets: Path) -> None:
    found = report(sets, None, 2, few=True, kind="words")
    lines = list(table(found))
    assert sum(line.startswith("| banking77") for line in lines) == 2
    assert all(one["seeds"] == 2 for one in found.values())
    assert all(len(line.split(" | ")) == 8 for line in lines[2:4])


def test_means_leave_out_what_is_not_known() -> None:
    one = dict.fromkeys(
        ("accuracy", "macro_f1", "ece", "coverage_at_90", "coverage_at_95", "oos_auroc", "fit_s", "ms_p50", "ms_p99",
         "size", "accept"), 0.5,
    )  # fmt: skip
    far = {"n": 4, "oos_auroc": 0.9, "oos_recall": 1.0, "accept_precision": None}
    found = averaged([{**one, "far": far}, {**one, "accuracy": 0.7, "far": {**far, "accept_precision": 0.8}}])
    assert (found["accuracy"], found["far"]["accept_precision"], "near" in found) == (0.6, 0.8, False)


def test_a_folder_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path / "nowhere"), "--embeddings", ""]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_the_page_gets_the_table(
    sets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").mkdir()
    page = tmp_path / "docs" / "routing.md"
    page.write_text(f"before\n<!-- {MARK} -->\nold\n<!-- /{MARK} -->\nafter\n", "utf-8")
    assert main(["--data", str(sets), "--embeddings", "", "--few", "--seeds", "1", "--write"]) == 0
    text = page.read_text("utf-8")
    assert text.startswith("before") and text.endswith("after\n") and "old" not in text and "| banking77" in text
    assert len(json.loads(capsys.readouterr().out)) == 4
