"""Which pages a reply drew on, and which questions count as covered by none."""

from __future__ import annotations

from typing import Any, cast

import pytest
from langchain_core.messages import AIMessage, HumanMessage

from frontdesk.desk.config import Intent, Page
from frontdesk.graph.pageuse import PageTurn
from frontdesk.graph.state import DeskState
from frontdesk.nodes.remember.pages import pages_of
from tests.support.deps import tiny_desk
from tests.support.tools import CONTRACTS

WORDS = {"description": "For tests.", "utterances": ["a", "b"]}
WARRANTY = Intent(name="warranty", title="ask about the warranty", pages=["warranty"], **WORDS)  # type: ignore[arg-type]
CANCEL = Intent(name="cancel", title="cancel", pages=["warranty"], tools=["cancel_order"], **WORDS)  # type: ignore[arg-type]
THANKS = Intent(name="thanks", title="say thanks", **WORDS)  # type: ignore[arg-type]
DESK = tiny_desk(
    intents=[WARRANTY, CANCEL, THANKS],
    tools=list(CONTRACTS.values()) if isinstance(CONTRACTS, dict) else CONTRACTS,
    pages=[
        Page(id="warranty", title="Warranty", body="2 years."),
        Page(id="returns", title="Returns", body="30 days."),
    ],
)


def state(
    *, cited: tuple[str, ...] = (), found: tuple[str, ...] = (), note: str = "uncovered", **changes: Any
) -> DeskState:
    """A turn that was answered."""
    intent, stage, extra = changes.pop("intent", "warranty"), changes.pop("stage", "respond"), changes.pop("ran", ())
    steps = [("recall", note), ("decide", stage), (stage, "keyless"), *((name, "done") for name in extra)]
    plain = {
        "messages": [HumanMessage("How long?"), AIMessage("So long.", additional_kwargs={"citations": list(cited)})],
        "verdict": {"outcome": "allow", "rules": [], "score": 0.0},
        "status": "answered",
        "decision": {"stage": stage, "intent": intent, "tier": "fast", "reasons": [], "answer": ""},
        "recall": {
            "passages": [{"page": name, "title": "", "url": "", "text": "", "score": 1.0} for name in found],
            "episodes": [],
        },
        "path": [{"stage": name, "ms": 1.0, "note": word} for name, word in steps],
        **changes,
    }
    return cast("DeskState", plain)


def test_what_was_recalled_and_cited_counts_once() -> None:
    turn = state(cited=("warranty", "warranty"), found=("warranty", "returns", "returns"), note="covered")
    assert pages_of(turn, DESK) == PageTurn(("warranty", "returns"), ("warranty",), None)


def test_a_cited_page_of_the_cache_was_drawn_on_too() -> None:
    assert pages_of(state(cited=("returns",)), DESK) == PageTurn(("returns",), ("returns",), None)


def test_a_page_that_the_desk_lost_meanwhile_does_not_count() -> None:
    assert pages_of(state(cited=("gone",), found=("gone",), note="covered"), DESK) == PageTurn()


@pytest.mark.parametrize(
    ("word", "changes", "expected"),
    [
        ("a question of an intent", {}, "warranty"),
        ("the intent's page was shown and not cited", {"found": ("warranty",)}, "warranty"),
        ("no intent", {"intent": ""}, ""),
        ("asked back", {"stage": "clarify", "status": "clarify"}, ""),
        ("found", {"note": "covered", "found": ("returns",)}, None),
        ("search failed", {"note": "partial"}, None),
        ("cited", {"cited": ("warranty",)}, None),
        ("what tools serve", {"intent": "cancel"}, None),
        ("a tool ran", {"ran": ("act",)}, None),
        ("small talk", {"intent": "thanks"}, None),
    ],
)
def test_questions_that_no_page_covers(word: str, changes: dict[str, Any], expected: str | None) -> None:
    turn = pages_of(state(**changes), DESK)
    assert turn is not None
    assert turn.uncovered == expected, word


@pytest.mark.parametrize(
    ("word", "changes"),
    [
        ("refused by a guard", {"verdict": {"outcome": "refuse", "rules": ["x"], "score": 1.0}}),
        ("raised by a guard", {"verdict": {"outcome": "raise", "rules": ["x"], "score": 1.0}}),
        ("a person's", {"status": "human"}),
        ("passed on", {"status": "handoff"}),
        ("relayed, so nothing was searched", {"path": []}),
        ("nothing was said", {"messages": [HumanMessage("How long?")]}),
    ],
)
def test_turns_that_nothing_is_counted_of(word: str, changes: dict[str, Any]) -> None:
    assert pages_of(state(cited=("warranty",), **changes), DESK) is None, word
