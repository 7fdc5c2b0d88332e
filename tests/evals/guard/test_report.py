"""The report: where public data is absent it says so and gates its own sets; the table goes between its marks."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from frontdesk.errors import DataError
from frontdesk.evals.guard.page import CHECKS, OUT, PAGE, checks, put, steps, table
from frontdesk.evals.guard.report import gated, main
from frontdesk.evals.guard.sets import POOLED

ROOT = Path(__file__).resolve().parent.parent.parent.parent


@pytest.fixture(autouse=True)
def _from_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def given(tmp_path: Path, bounds: object, *more: str) -> list[str]:
    path = tmp_path / "bounds.json"
    path.write_text(json.dumps(bounds))
    return ["--data", str(tmp_path / "nowhere"), "--bounds", str(path), "--gate", *more]


def test_without_public_data_the_own_sets_are_gated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bounds = {"ordinary.over_block": {"at_most": 0.0}, "triggers.accuracy": {"at_least": 0.1}}
    assert main(given(tmp_path, bounds)) == 0
    said = capsys.readouterr()
    assert "only the sets of this repository are measured" in said.err
    assert "all bounds hold" in said.err
    found = json.loads(said.out)
    assert (found["complete"], set(found["sets"]) - {"left_out"}) == (False, {"triggers", "fresh"})


def test_a_broken_bound_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(given(tmp_path, {"triggers.accuracy": {"at_least": 1.01}})) == 1
    assert "guard gate: triggers.accuracy is" in capsys.readouterr().err


def test_wrong_bounds_are_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(given(tmp_path, [])) == 2
    assert "error: " in capsys.readouterr().err


def test_bounds_are_renewed(tmp_path: Path) -> None:
    arguments = given(tmp_path, {"ordinary.over_block": {"at_most": 0.5}, "fresh.caught": {"at_least": 2}})
    main([*arguments, "--update-bounds"])
    found = json.loads((tmp_path / "bounds.json").read_text())
    assert found["ordinary.over_block"] == {"at_most": 0.5}, "what was not measured stays"
    assert found["fresh.caught"]["at_least"] < 1


SETS = {
    "fresh": {"attacks": 3, "benign": 0, "recall": None, "refused": 0.5, "caught": 1.0, "over_block": None,
              "bothered": None, "only_size": 0},
    POOLED: {"attacks": 3, "benign": 1, "recall": 0.9101, "refused": 0.9, "caught": 1.0, "over_block": 0.0,
             "bothered": 0.0, "only_size": 2},
}  # fmt: skip


def test_the_table() -> None:
    lines = list(table(SETS))
    assert lines[2] == "| own: attacks nobody fitted on | 3 | 0 |  | 0.5 | 1 |  |  |"
    assert lines[3] == "| the three sets of direct attacks pooled | 3 | 1 | 0.9101 | 0.9 | 1 | 0 | 0 |"
    assert lines[-1].startswith("2 of the pooled attacks were refused for their length alone")
    assert {line.count("|") for line in lines[:4]} == {9}


BEGIN, END = "<!-- guard figures -->", "<!-- /guard figures -->"


def test_the_table_goes_between_its_marks(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")
    put(page, "guard figures", table(SETS))
    text = page.read_text()
    assert text.startswith(f"before\n{BEGIN}\n| set |") and text.endswith(f"{END}\nafter\n")
    assert "old" not in text
    put(page, "guard figures", table(SETS))
    assert page.read_text() == text


@pytest.mark.parametrize("text", ["nothing", BEGIN, f"{END}{BEGIN}"])
def test_a_page_without_its_marks_is_told(text: str, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(text)
    with pytest.raises(DataError, match="expected the marks"):
        put(page, "guard figures", table(SETS))
    assert page.read_text() == text


@pytest.mark.parametrize(("name", "lines"), [(CHECKS, checks), (OUT, steps)])
def test_the_page_has_every_check_and_step(name: str, lines: Callable[[], Iterator[str]]) -> None:
    between = PAGE.read_text(encoding="utf-8").partition(f"<!-- {name} -->\n")[2].partition(f"\n<!-- /{name} -->")[0]
    assert between.splitlines() == list(lines()), "make docs"


def test_figures_with_a_bound_are_named_by_set() -> None:
    assert gated(SETS) == {
        "fresh.recall": None, "fresh.refused": 0.5, "fresh.caught": 1.0, "pooled.recall": 0.9101, "pooled.caught": 1.0,
    }  # fmt: skip
