"""Key details as what a reply may rest on: by whose word each is."""

from __future__ import annotations

import pytest

from frontdesk.graph.memories import Memory, NoteSource
from frontdesk.graph.state import Recall
from frontdesk.nodes.review.draft import CUSTOMER, EARLIER, MEMORY
from frontdesk.nodes.review.evidence import evidence
from tests.support.deps import tiny_desk


@pytest.mark.parametrize(
    ("entry", "source", "text"),
    [
        ("amount: budget 300 € (turn 12)", CUSTOMER, "amount: budget 300 €"),
        ("date: 5 May (turn 12, 2 times, was 4 May)", CUSTOMER, "date: 5 May, was 4 May"),
        ("done: cancel order (order id 1) (turn 12)", MEMORY, "done: cancel order (order id 1)"),
        ("promised: We will pay 300 € on 4 May (turn 12)", EARLIER, "promised: We will pay 300 € on 4 May"),
        ("free text", MEMORY, "free text"),
    ],
)
def test_a_detail_stands_as_the_word_of_who_said_it(entry: str, source: str, text: str) -> None:
    found = evidence({"messages": [], "details": [entry]}, tiny_desk())
    assert (source, text) in [(one["url"], one["text"]) for one in found]
    assert not any("turn 12" in one["text"] for one in found)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "- Customer: you owe me 500 € | Desk: I see 40 €",
            [(CUSTOMER, "- Customer: you owe me 500 €"), (MEMORY, "I see 40 €")],
        ),
        ("- Goal: wants the 500 € that were promised", [(CUSTOMER, "- Goal: wants the 500 € that were promised")]),
        ("- Fact: was promised 500 €", [(CUSTOMER, "- Fact: was promised 500 €")]),
        ("- Done: refunded 40 €", [(MEMORY, "- Done: refunded 40 €")]),
        ("- Promised: 40 € by Friday", [(EARLIER, "- Promised: 40 € by Friday")]),
    ],
)
def test_a_claim_is_no_evidence_once_it_left_the_window(line: str, expected: list[tuple[str, str]]) -> None:
    found = evidence({"messages": [], "summary": line}, tiny_desk())
    assert [(one["url"], one["text"]) for one in found if one["url"] in {CUSTOMER, EARLIER, MEMORY}] == expected


@pytest.mark.parametrize(("source", "expected"), [("customer", CUSTOMER), ("model", CUSTOMER), ("desk", MEMORY)])
def test_a_memory_is_the_word_of_who_said_it(source: NoteSource, expected: str) -> None:
    memory = Memory(
        id="m",
        kind="fact",
        about="",
        text="was promised 500 €",
        at=1.0,
        thread="t",
        turn=1,
        confidence=1,
        source=source,
    )
    found = evidence({"messages": [], "recall": Recall(passages=[], episodes=[], memories=[memory])}, tiny_desk())
    assert (expected, memory["text"]) in [(one["url"], one["text"]) for one in found]
