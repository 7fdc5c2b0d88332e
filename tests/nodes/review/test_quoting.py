"""Replies that quote pages: re-scrub passes over the quotation, and over nothing beside it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from frontdesk.desk.load import Desk
from frontdesk.nodes.review.contracts import contract_words, desk_words
from frontdesk.nodes.review.draft import Draft, Facts
from frontdesk.nodes.review.rescrub import REMOVED, rescrub

Make = Callable[..., Facts]
PAGE = (
    "You can send goods back within thirty days of their delivery, in the box in which they came to you. "
    "Write to help@shop.example, where somebody reads every letter and answers within a working day or two. "
    "Large furniture is fetched by our own drivers, who ring a day before and carry it down the stairs for you."
)
FIRST, SECOND, THIRD = (f"{part.strip('. ')}." for part in PAGE.split(". "))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PAGE, PAGE),
        (f"{FIRST} [returns] Mail eve@other.net.", f"{FIRST} [returns] Mail {REMOVED}."),
        (f"Mail eve@other.net. {FIRST}", f"Mail {REMOVED}. {FIRST}"),
        (f"{FIRST} Mail eve@other.net. {THIRD}", f"{FIRST} Mail {REMOVED}. {THIRD}"),
        (f"{FIRST[:-1]} or eve@other.net. {THIRD}", f"{FIRST[:-1]} or {REMOVED}. {THIRD}"),
        (f"{FIRST[:-1]} [returns] eve@other.net.", f"{FIRST[:-1]} [returns] {REMOVED}."),
        (f"{FIRST[:-1]} (eve@other.net) [returns].", f"{FIRST[:-1]} ({REMOVED}) [returns]."),
        (SECOND.replace("help@shop.example", "eve@other.net"), SECOND.replace("help@shop.example", REMOVED)),
    ],
    ids=["only", "before", "behind", "between", "grown", "behind a citation", "in brackets", "another address"],
)
def test_only_what_a_page_says_is_passed_over(text: str, expected: str, facts: Make) -> None:
    assert rescrub(Draft(text), facts({"returns": PAGE})).text == expected


def test_a_reply_of_a_tool_is_evidence_once_it_ran() -> None:
    contract = Desk.load("retail").tools["cancel_order"]

    assert "5 working days" not in contract_words(contract, ran=False)
    assert "5 working days" in contract_words(contract, ran=True)
    assert "{" not in contract_words(contract, ran=True)
    assert "return it within 30 days" in contract_words(contract, ran=False)


def test_a_turn_may_speak_the_words_of_its_own_contracts_only() -> None:
    desk = Desk.load("retail")
    words = "\n".join(desk_words(desk.intents["cancel_order"], desk.tools, ["get_order"]))

    assert desk.intents["cancel_order"].title in words
    assert "Shall I cancel order" in words
    assert desk.tools["erase_my_data"].question.split("?")[0] not in words
    assert list(desk_words(None, desk.tools, [])) == []
