"""Every fault is reported with its file, its line and a remedy, alone and together with all others."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from frontdesk.desk.check import report
from frontdesk.desk.load import Desk
from frontdesk.errors import DeskError, Fault


@dataclass(frozen=True)
class Case:
    """One fault: a text in one file is replaced, and one line of that file is blamed."""

    word: str
    file: str
    old: str
    new: str
    blamed: str
    """A text that ends in the line (after the change) at which the fault must point."""
    problem: str
    remedy: str


def cases() -> list[Case]:
    """Read the table beside this file."""
    table = YAML(typ="safe").load(Path(__file__).with_name("faults.yaml"))
    return [Case(**row) for row in table["cases"]]


CASES = cases()


def damage(case: Case, root: Path) -> None:
    """Apply a case."""
    path = root / case.file
    text = path.read_text("utf-8")
    assert case.old in text, "the case does not fit the good desk"
    path.write_text(text.replace(case.old, case.new), "utf-8")


def blamed_line(case: Case, root: Path) -> int:
    """Return the line on which the blamed text ends."""
    text = (root / case.file).read_text("utf-8")
    return text.count("\n", 0, text.index(case.blamed) + len(case.blamed) - 1) + 1


def matches(case: Case, line: int, fault: Fault) -> bool:
    """Whether a fault is the one that the case expects."""
    return (
        (fault.file, fault.line) == (case.file, line)
        and case.problem in fault.problem
        and case.remedy.lower() in fault.remedy.lower()
    )


def test_the_good_desk_has_no_faults(desk: Path) -> None:
    assert report(desk) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.word)
def test_each_fault_is_reported_where_it_is(desk: Path, case: Case) -> None:
    damage(case, desk)
    line = blamed_line(case, desk)
    faults = report(desk)
    assert any(matches(case, line, fault) for fault in faults), "\n".join(map(str, faults)) + f"\nexpected line {line}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.word)
def test_a_fault_does_not_drag_others_along(desk: Path, case: Case) -> None:
    damage(case, desk)
    # a wrong name leaves the right one missing or unused: two faults, one cause
    assert len(report(desk)) <= 2


APART = {
    "unknown key",
    "prompt declares too little",
    "tab", "open bracket", "alias", "no intents", "no front matter", "page id", "host with scheme", "schema type",
    "prompt syntax", "prompt name", "write without a word on confirmation",
}  # fmt: skip
"""Faults that keep the rest of a file from being read, or a name or host from being known."""


def test_all_faults_at_once_are_all_reported(desk: Path) -> None:
    used: set[tuple[str, str]] = set()
    cases = []
    for case in CASES:
        # of two cases that change the same line of the good desk, the first is taken
        spot = (case.file, case.old.strip().split("\n")[0])
        if case.word not in APART and spot not in used and case.old in (desk / case.file).read_text("utf-8"):
            damage(case, desk)
            used.add(spot)
            cases.append(case)
    (desk / "tools" / "extra.yml").write_text("name: x\n")
    (desk / "knowledge" / "broken.md").write_bytes(b"---\nid: a\ntitle: \xff\n---\n")
    (desk / "prompts" / "unused.md").write_text("---\nname: unused\ndescription: nothing uses it\n---\ntext\n")
    with pytest.raises(DeskError) as caught:
        Desk.load(desk)
    faults = caught.value.faults
    for case in cases:
        line = blamed_line(case, desk)
        assert any(matches(case, line, fault) for fault in faults), f"{case.word} in line {line}: {caught.value}"
    assert len(cases) >= 30
    assert {"tools/extra.yml", "prompts/unused.md"} <= {fault.file for fault in faults}
    assert ("knowledge/broken.md", 3) in {(fault.file, fault.line) for fault in faults}
    assert list(faults) == sorted(faults, key=lambda fault: (fault.file, fault.line, fault.problem))
    assert all(str(fault) in str(caught.value) for fault in faults)
