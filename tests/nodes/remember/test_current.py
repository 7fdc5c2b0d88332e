"""A summary after a correction: no former value as if it held, and no deed of ours rewritten."""

from __future__ import annotations

import pytest

from frontdesk.nodes.remember.current import Change, changes_of, current
from frontdesk.nodes.remember.extracting import extract

CHANGE = [Change("10482", "10483")]
LINES: list[tuple[str, str, str]] = [
    ("the old one alone", "- Customer: where is 10482?", "- Customer: where is 10483?"),
    ("both", "- Customer: not 10482 but 10483", "- Customer: not (corrected) but 10483"),
    ("a longer number", "- Customer: 104821 is late", "- Customer: 104821 is late"),
    ("a model's note", "- Goal: find order 10482", "- Goal: find order 10483"),
    ("what we did", "- Done: cancelled 10482", "- Done: cancelled 10482"),
    ("our answer alone", "- Customer: hello | Desk: 10482 is here", "- Customer: hello | Desk: 10482 is here"),
    (
        "our answer as well",
        "- Customer: cancel 10482 | Desk: 10482 is cancelled.",
        "- Customer: cancel 10482 (corrected: 10483) | Desk: 10482 is cancelled.",
    ),
]


@pytest.mark.parametrize(("before", "after"), [row[1:] for row in LINES], ids=[row[0] for row in LINES])
def test_lines(before: str, after: str) -> None:
    assert current(before, CHANGE) == after
    assert current(after, CHANGE) == after


def test_changes_are_what_the_ledger_says_was_before() -> None:
    ledger = ["number: order 10483 (turn 7, was 10482)", "amount: paid 45 € (turn 2)", "chosen: the grey sofa (turn 3)"]
    assert changes_of(ledger) == [Change("10482", "10483")]


def test_a_value_that_another_entry_still_has_is_no_former_one() -> None:
    assert changes_of(["amount: paid 45 € (turn 7, was 40 €)", "amount: delivery 40 € (turn 2)"]) == []


def test_extraction_amends_and_leaves_courtesies_out() -> None:
    summary = extract(
        "- Customer: where is order 10482?",
        [("I misread it, 10483", "You are welcome. Is there anything else?"), ("and?", "It left on Monday.")],
        ["number: order 10483 (turn 2, was 10482)"],
    )
    assert summary == (
        "- Customer: where is order 10483?\n- Customer: I misread it, 10483\n- Customer: and? | Desk: It left on Monday."
    )


def test_an_answer_is_quoted_once() -> None:
    summary = extract("", [("is the lamp here?", "It is in store."), ("and the shade?", "It is in store.")])
    assert summary.count("It is in store.") == 1
