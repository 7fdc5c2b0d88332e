"""Which messages are questions that no page covers, and which page is near."""

from __future__ import annotations

from typing import Any, cast

import pytest

from frontdesk.graph.state import DeskState, Passage
from frontdesk.nodes.decide.uncovered import NEAR, asks_of_us, asks_uncovered, near_page


def passage(score: float = 0.3) -> Passage:
    return Passage(page="returns", title="Returns", url="", text="", score=score)


def state(**recall: Any) -> DeskState:
    return cast("DeskState", {"recall": {"passages": [], "episodes": [], **recall}})


@pytest.mark.parametrize(
    ("word", "found", "text", "expected"),
    [
        ("a question", state(nearest=passage()), "do you sell rugs", True),
        ("a statement", state(nearest=passage()), "my rug is red", False),
        ("covered", state(nearest=passage(), passages=[passage()]), "do you sell rugs", False),
        ("not searched, or failed", state(), "do you sell rugs", False),
        ("an old checkpoint", cast("DeskState", {}), "do you sell rugs", False),
    ],
)
def test_asks_uncovered(word: str, found: DeskState, text: str, expected: bool) -> None:
    assert asks_uncovered(found, text) is expected, word


@pytest.mark.parametrize(("score", "named"), [(NEAR, True), (NEAR - 0.01, False)])
def test_only_what_is_near_is_named(score: float, named: bool) -> None:
    assert (near_page(state(nearest=passage(score))) is not None) is named
    assert near_page(cast("DeskState", {})) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [("do you sell rugs", True), ("is your furniture waxed?", True), ("what is the capital of Mongolia?", False)],
)
def test_asks_of_us(text: str, expected: bool) -> None:
    assert asks_of_us(text) is expected
