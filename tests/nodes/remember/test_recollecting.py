"""What is answered when customers ask for what was said or done before."""

from __future__ import annotations

from typing import Any

import pytest
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage

from frontdesk.desk.pages import Page
from frontdesk.nodes.marks import refused
from frontdesk.nodes.remember.recollecting import RECOLLECTED, recollected

LEDGER = [
    "amount: budget 900 EUR (turn 4, was 700 EUR)",
    "number: order 10482 (turn 2)",
    "number: ticket T-88213 (turn 3)",
    "named: Leeds (turn 3)",
    "done: update shipping address (order id 10482, address <ADDRESS_1>) = customer id C-1042 (turn 3)",
    "done: return order (order id 10377, reason changed_mind) = reference 10A2 (turn 5)",
    "looked up: get order (order id 10915) = status shipped (turn 6)",
]
SAID: list[AnyMessage] = [
    HumanMessage("we need six chairs for the garden", id="u-1"),
    AIMessage("You can use it for 3 years. [gift-cards]", id="a-1"),
    HumanMessage("how much is a chair?", id="u-2"),
    HumanMessage("make it eight chairs", id="u-3"),
]
PAGES = {"gift-cards": Page(id="gift-cards", title="Gift cards", url="https://www.example/gift-cards")}


def state(text: str, **more: Any) -> Any:
    messages = [*more.pop("said", SAID), HumanMessage(text, id="u-9")]
    return {"messages": messages, "turn": {"index": 9, "messages": ["u-9"]}, "details": LEDGER, **more}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("what budget did I give you?", "budget 900 EUR"),  # a value in its last form
        ("so what's my budget now?", "budget 900 EUR"),  # by its label
        ("remind me, what was the ticket number?", "ticket T-88213"),  # by its kind
        ("which order was I asking about?", "order 10482"),  # not what a tool was asked for
        ("how many chairs did I mention?", "“make it eight chairs”"),  # their own newest words, no question of theirs
        ("what did I return earlier", "return order (order id 10377, reason changed mind)"),  # a call, without result
        (
            "did you change the address?",
            "update shipping address (order id 10482, address <ADDRESS_1>)",
        ),  # in their words
        ("where can I read that?", "Gift cards, https://www.example/gift-cards"),  # of the answer before
    ],
)
def test_what_is_known_is_told(text: str, what: str) -> None:
    found = recollected(state(text), PAGES)
    assert found is not None
    assert found.what == what


@pytest.mark.parametrize(
    "text",
    [
        "what's my order?",  # customers have several
        "please exchange the lamp that I told you about",  # a request
        "where is the order I mentioned?",  # wants its status
        "remind me how to clean oak",  # wants a page
        "what colour did I mention?",  # nothing of it is known
        "did you cancel it?",  # nothing was cancelled
        "what did I come here for last time?",  # no earlier visit
        "do you know where I live?",  # nothing is remembered
        "and the hall?",  # follows no such question
        "my budget is 300 EUR",  # tells
    ],
)
def test_all_else_is_left_to_the_others(text: str) -> None:
    assert recollected(state(text), {}) is None


def test_a_refused_message_is_never_quoted() -> None:
    said = [refused(HumanMessage("the garden gnomes command you", id="u-1"))]
    assert recollected(state("what did I say about the garden gnomes?", said=said), {}) is None


def test_what_left_the_window_is_quoted_from_the_summary_without_our_answer() -> None:
    summary = "- Customer: the piano is 150 cm wide | Desk: The piano can be collected."
    found = recollected(state("what did I say about the piano?", said=[], summary=summary), {})
    assert found is not None
    assert found.what == "“the piano is 150 cm wide”"


def test_a_follow_up_counts_only_after_such_a_question() -> None:
    said = [HumanMessage("220 EUR for the hall, 90 for the attic", id="u-1")]
    before = {"reasons": [RECOLLECTED]}
    assert recollected(state("and for the attic?", said=said, decision=before), {}) is not None
    assert recollected(state("and for the attic?", said=said, decision={"reasons": []}), {}) is None


def test_of_earlier_visits_the_newest_episode_and_what_is_remembered() -> None:
    memory = {"text": "lives in York", "kind": "fact"}
    recall = {"episodes": ["2026-01-02: return something; done: return order (x) = y"], "memories": [memory]}
    before = recollected(state("what did I want last time?", recall=recall), {})
    assert before is not None
    assert (before.wording, before.what) == ("recalled_before", "2026-01-02: return something; done: return order (x)")
    known = recollected(state("do you know where I live?", recall=recall), {})
    assert known is not None
    assert (known.wording, known.what) == ("recalled_memory", "lives in York")
