"""A call that waits for its second person must not be forgotten meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.desk.check import report


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


ROWS = [
    ("kept for long enough", "thread_days: 2", True, ""),
    ("the conversation goes first", "thread_days: 0.5", True, "`thread_days`"),
    ("the ledger forgets first", "ledger_days: 0.5", True, "`ledger_days`"),
    ("nothing waits", "thread_days: 0.5", False, ""),
]


@pytest.mark.parametrize(("retention", "waits", "blamed"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_what_waits_is_kept(desk: Path, retention: str, waits: bool, blamed: str) -> None:
    change(desk / "desk.yaml", "seed: ", f"retention: {{{retention}}}\ngateway: {{approval_minutes: 1440}}\nseed: ")
    if waits:
        change(desk / "tools" / "cancel_order.yaml", "confirm: always", "confirm: always\napproval: always")
    faults = [fault for fault in report(desk) if fault.problem.startswith("calls wait")]
    assert [blamed in fault.problem for fault in faults] == ([True] if blamed else [])
    assert all("720" in fault.remedy for fault in faults)
