"""Where a message is cut, and which pieces are requests of their own."""

from __future__ import annotations

import pytest

from frontdesk.graph.state import Route
from frontdesk.nodes.route.split import LONGEST, asking_part, pieces_of, position, segments_of, spans_of

SURE = 0.95
KNOWN = (("cancel", "cancel_order"), ("where is", "order_status"), ("open", "store_hours"), ("return", "return_item"),
         ("cost", "delivery_cost"), ("person", "talk_to_human"), ("lost", "lost_card"))  # fmt: skip


def score(text: str) -> Route:
    """A router that knows an intent by one word; text without any of the words is nobody's."""
    found = [name for word, name in KNOWN if word in text.casefold()]
    confidence = SURE if found else 0.1
    return Route(intent=found[0] if found else "", confidence=confidence, accepted=bool(found), alternatives=[])


def segments(text: str, *, answering: bool = False) -> list[tuple[str, str]]:
    pieces = pieces_of(text)
    if not pieces:
        return []
    routes = [score(span) for span in spans_of(text, pieces)]
    return [(s["text"], s["intent"]) for s in segments_of(text, pieces, routes, 0.5, answering=answering)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cancel 10482 and where is 10915", [("cancel 10482", "cancel_order"), ("where is 10915", "order_status")]),
        ("Where is 10915? When are you open?", [("Where is 10915?", "order_status"), ("When are you open?", "store_hours")]),
        ("cancel 10482; return 10377", [("cancel 10482", "cancel_order"), ("return 10377", "return_item")]),
        ("cancel 10482, and also return 10377", [("cancel 10482", "cancel_order"), ("return 10377", "return_item")]),
        ("return 10377 btw what does delivery cost", [("return 10377", "return_item"), ("what does delivery cost", "delivery_cost")]),
        ("cancel 10482\nwhen are you open", [("cancel 10482", "cancel_order"), ("when are you open", "store_hours")]),
        ("cancel 10482 and 10377", [("cancel 10482", "cancel_order"), ("10377", "cancel_order")]),
        ("cancel 10482, 10377", [("cancel 10482", "cancel_order"), ("10377", "cancel_order")]),
        ("cancel 10482, 10377 and 10915", [("cancel 10482", "cancel_order"), ("10377", "cancel_order"), ("10915", "cancel_order")]),
        ("return 10482 and return 10377", [("return 10482", "return_item"), ("return 10377", "return_item")]),
        ("Hello there. Where is 10915? When are you open?", [("Where is 10915?", "order_status"), ("When are you open?", "store_hours")]),
        ("where is 10915, can you cancel 10482, and when are you open", [("where is 10915", "order_status"), ("can you cancel 10482", "cancel_order"), ("when are you open", "store_hours")]),
        ("where is 10915 and can you cancel it", [("where is 10915", "order_status"), ("can you cancel it", "cancel_order")]),
        ("cancel 10482. Oh and can I talk to a person?", [("cancel 10482.", "cancel_order"), ("can I talk to a person?", "talk_to_human")]),
    ],
    ids=["and", "sentences", "semicolon", "and also", "btw", "lines", "two values", "listed values", "three values", "one kind, two values", "greeting", "three, listed", "a shared subject", "oh and"],
)  # fmt: skip
def test_two_requests(text: str, expected: list[tuple[str, str]]) -> None:
    assert segments(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "cancel 10482",
        "cancel 10482 and thanks a lot",
        "where is 10915 and where is the rest of it",
        "don't cancel 10482 and return 10377",
        "return the lamp and rug from 10377",
        "I lost my card. Is it possible to cancel it?",
        "Where is 10915? My number is 10377.",
        "What does delivery cost? I am <EMAIL_1>",
        "and where is 10915",
        "<NAME_1>, where is 10915",
        "#10482 and thanks",
        "Hi! Where is 10915?",
        "",
        "and and and",
    ],
    ids=[
        "one",
        "thanks",
        "same intent",
        "negated",
        "two things",
        "report",
        "told",
        "who",
        "leading and",
        "a name first",
        "a number first",
        "a greeting",
        "empty",
        "joints only",
    ],
)
def test_one_request(text: str) -> None:
    assert segments(text) == []


def route(confidence: float, intent: str) -> Route:
    return Route(intent=intent, confidence=confidence, accepted=confidence >= 0.5, alternatives=[])


@pytest.mark.parametrize(
    ("second", "cut"), [(0.9, True), (0.3, True), (0.2, False)], ids=["sure", "unsure", "not a request of the desk"]
)
def test_a_request_may_be_unsure(second: float, cut: bool) -> None:
    text = "please cancel my order from monday. Also, how do I get another invoice?"
    pieces = pieces_of(text)
    routes = [route(0.95, "cancel_order"), route(0.4, "cancel_order"), route(second, "invoice")]
    found = segments_of(text, pieces, routes, 0.5)
    assert [segment["accepted"] for segment in found] == ([True, second >= 0.5] if cut else [])


def test_the_desks_own_threshold_counts() -> None:
    text = "please cancel my order from monday. Also, how do I get another invoice?"
    routes = [route(0.95, "cancel_order"), route(0.4, "cancel_order"), route(0.4, "invoice")]
    cut = [len(segments_of(text, pieces_of(text), routes, accept)) for accept in (0.3, 0.5, 0.9)]
    assert cut == [2, 2, 0]


def test_a_value_that_answers_our_question_may_come_first() -> None:
    assert segments("10482. When are you open?") == []
    assert segments("10482. When are you open?", answering=True) == [
        ("10482.", ""),
        ("When are you open?", "store_hours"),
    ]


def test_the_pieces_are_the_customers_own_words() -> None:
    text = "Cancel 10482 ,  and also return   10377!"
    assert all(words in text for words, _ in segments(text))


def test_long_stories_are_not_cut() -> None:
    assert pieces_of("where is 10915? " + "x" * LONGEST) == []
    assert pieces_of(". ".join(["cancel it"] * 9)) == []


@pytest.mark.parametrize("count", [2, 3, 5])
def test_runs_are_found_by_their_position(count: int) -> None:
    text = ". ".join("abcde"[:count])
    pieces = pieces_of(text)
    spans = spans_of(text, pieces)
    assert len(spans) == count * (count + 1) // 2
    for i in range(count):
        for j in range(i, count):
            assert spans[position(i, j, count)] == text[pieces[i].start : pieces[j].end]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Where is my order? My address is <ADDRESS_1>", (0, 0)),
        ("My number is 10482. Where is it?", (1, 1)),
        ("Where is it? When does it come?", None),
        ("My number is 10482. It is <EMAIL_1>.", None),
    ],
    ids=["behind", "before", "nothing to leave out", "nothing asked"],
)
def test_what_is_told_beside_a_question(text: str, part: tuple[int, int] | None) -> None:
    assert asking_part(text, pieces_of(text)) == part
