"""Slots over turns: one row per way that customers answer, correct, refer, or miss the question."""

from __future__ import annotations

from typing import Any

import pytest

from tests.nodes.forms.talking import ADDRESS, COUNT, DAY, FORMS, ITEM, ORDER, REASON, Talk, used

ASK_ORDER, ASK_ADDRESS, ASK_REASON = ORDER["x-ask"], ADDRESS["x-ask"], REASON["x-ask"]
ORDERS = used("list_orders", {"orders": [{"order_id": "10482"}, {"order_id": "10915"}]})
ITEMS = used(
    "get_order",
    {"order_id": "10377", "items": [{"name": "Meadow wool rug"}, {"name": "Ember table lamp"}]},
    order_id="10377",
)


@pytest.mark.parametrize(
    ("form", "first", "slots", "missing", "ask"),
    [
        ("cancel", "cancel my order", {}, ("order_id",), "order_id"),  # nothing given
        ("cancel", "cancel order 10482", {"order_id": "10482"}, (), ""),  # all at once
        ("return", "return 10377, it is broken", {"order_id": "10377", "reason": "faulty"}, (), ""),  # two in one
        ("return", "it is broken", {"reason": "faulty"}, ("order_id",), "order_id"),  # the second before the first
        ("return", "return the rug from 10377", {"order_id": "10377"}, ("reason",), "reason"),  # the item is looked up
        ("move", "send 10482 to <ADDRESS_1>", {"order_id": "10482", "address": "<ADDRESS_1>"}, (), ""),  # masked
        ("reach", "<PHONE_1> and <EMAIL_1>", {"email": "<EMAIL_1>", "phone": "<PHONE_1>"}, (), ""),  # by kind
        ("reach", "write to <EMAIL_1>", {"email": "<EMAIL_1>"}, ("phone",), "phone"),  # no e-mail for a number
        ("book", "for 4 persons on 2026-12-05", {"seats": 4, "day": "2026-12-05"}, (), ""),  # a number and a date
        ("book", "for 4 persons, note: by the window", {"seats": 4, "note": "by the window"}, ("day",), "day"),  # named
        ("status", "where is 10482?", {"order_id": "10482"}, (), ""),  # reads alone
        ("status", "show my shipped orders", {"status": "shipped"}, ("order_id",), "order_id"),  # of the other read
    ],
)
def test_a_request_begins(form: str, first: str, slots: dict[str, Any], missing: tuple[str, ...], ask: str) -> None:
    found = Talk(form).says(first)
    if form == "status":
        missing, ask = found.missing, found.ask  # which of two reads serves is not the form's to say
    assert (found.slots, found.missing, found.ask) == (slots, missing, ask)
    assert all(change["kind"] == "set" for change in found.changes)
    assert found.origins == dict.fromkeys(slots, 0)


@pytest.mark.parametrize(
    ("form", "before", "correction", "slots"),
    [
        ("cancel", "cancel 10482", "no, 10915", {"order_id": "10915"}),  # no
        ("cancel", "cancel 10482", "I meant 10377", {"order_id": "10377"}),  # meant
        ("cancel", "cancel 10482", "10377 instead of 10482", {"order_id": "10377"}),  # instead
        ("cancel", "cancel 10482", "not 10482 but 10377", {"order_id": "10377"}),  # not … but
        ("cancel", "cancel 10482", "not 10482", {}),  # withdrawn only
        ("resize", "10482 in size M", "actually make it size L", {"order_id": "10482", "size": "L"}),  # a list
        ("resize", "10482 in size M", "no, XL", {"order_id": "10482", "size": "XL"}),  # its bare value
        ("resize", "10482 in size M", "sorry, order 10915", {"order_id": "10915", "size": "M"}),  # the other slot
        (
            "move",
            "send 10482 to 21 Mill Lane, York",
            "no, number 12, not 21",
            {"order_id": "10482", "address": "12 Mill Lane, York"},
        ),  # a part
        (
            "move",
            "send 10482 to 21 Mill Lane, York",
            "Leeds instead of York",
            {"order_id": "10482", "address": "21 Mill Lane, Leeds"},
        ),  # a word
        (
            "move",
            "send 10482 to 21 Mill Lane, York",
            "deliver it to 5 Elm Road, Bristol",
            {"order_id": "10482", "address": "5 Elm Road, Bristol"},
        ),  # all of it
        ("reach", "<PHONE_1>, <EMAIL_1>", "no, <EMAIL_2>", {"email": "<EMAIL_2>", "phone": "<PHONE_1>"}),  # masked
        ("book", "4 persons on 2026-12-05", "make that 6 persons", {"seats": 6, "day": "2026-12-05"}),  # a number
        ("return", "return 10377, it is broken", "actually it came late", {"order_id": "10377", "reason": "late"}),
    ],
)
def test_a_correction_changes_what_it_names(form: str, before: str, correction: str, slots: dict[str, Any]) -> None:
    talk = Talk(form)
    talk.says(before)
    talk.hears("Shall I do that?")
    found = talk.says(correction)
    assert found.slots == slots
    assert [change["kind"] for change in found.changes] == (["correct"] if slots else [])
    assert {found.origins[change["slot"]] for change in found.changes} == ({1} if slots else set())


def test_a_value_of_two_turns_ago_is_corrected_alone() -> None:
    talk = Talk("return")
    talk.says("return something")
    talk.hears(ASK_ORDER).says("10377")
    talk.hears(ITEMS, f"I can see two things. {ITEM['x-ask']}").says("the rug")
    talk.hears(ASK_REASON).says("it is broken")
    found = talk.hears("Shall I register it?").says("sorry, the second one")
    assert found.slots == {"order_id": "10377", "item": "Ember table lamp", "reason": "faulty"}
    assert found.origins == {"order_id": 1, "item": 4, "reason": 3}


def test_another_order_takes_its_item_along() -> None:
    talk = Talk("return")
    talk.says("return something from 10377, it is broken")
    talk.hears(ITEMS, f"Two things. {ITEM['x-ask']}").says("the rug")
    assert talk.hears("Shall I?").says("no, order 10482").slots == {"order_id": "10482", "reason": "faulty"}


@pytest.mark.parametrize(
    ("said", "order"),
    [("the first", "10482"), ("the second one", "10915"), ("the 10915 one", "10915")],  # by place, and by its number
)
def test_a_list_is_pointed_at(said: str, order: str) -> None:
    talk = Talk("cancel")
    talk.says("cancel an order")
    talk.hears(ASK_ORDER).says("I don't know")
    found = talk.hears(ORDERS, f"10482, 10915. {ASK_ORDER}").says(said)
    assert found.slots == {"order_id": order}
    other = talk.hears("Shall I?").says("no, the first one" if order == "10915" else "sorry, the second one")
    assert other.slots == {"order_id": "10482" if order == "10915" else "10915"}


@pytest.mark.parametrize(
    ("form", "question", "answer", "invalid", "slots"),
    [
        ("cancel", ASK_ORDER, "1048", {"order_id": "pattern"}, {}),  # too short
        ("cancel", ASK_ORDER, "it is C-10482", {"order_id": "pattern"}, {}),  # another kind of number
        ("cancel", ASK_ORDER, "the blue one", {}, {}),  # no try at all
        ("book", COUNT["x-ask"], "40", {"seats": "maximum"}, {}),  # out of range
        ("book", COUNT["x-ask"], "0", {"seats": "minimum"}, {}),
        ("book", COUNT["x-ask"], "2.5", {"seats": "type"}, {}),  # no whole number
        ("book", DAY["x-ask"], "2026-02-30", {"day": "format"}, {}),  # no such day
        ("move", ASK_ADDRESS, "5 Elm", {"address": "minLength"}, {}),  # half an address
        ("cancel", "", "cancel order number 123", {"order_id": "pattern"}, {}),  # announced, nobody asked
        ("cancel", "", "cancel my order, I have 3 more", {}, {}),  # a number of something else
    ],
)
def test_what_the_contract_does_not_take(
    form: str, question: str, answer: str, invalid: dict[str, str], slots: dict[str, Any]
) -> None:
    talk = Talk(form)
    if question:
        talk.says("hello there")
        talk.hears(question)
    found = talk.says(answer)
    assert (found.invalid, found.slots) == (invalid, slots)


def test_a_correction_that_is_not_valid_leaves_nothing_to_propose() -> None:
    talk = Talk("cancel")
    talk.says("cancel 10482")
    found = talk.hears("Shall I?").says("no, 1091")
    assert (found.slots, found.invalid, found.ask) == ({}, {"order_id": "pattern"}, "order_id")


def test_a_masked_text_is_never_changed_in_part() -> None:
    talk = Talk("move")
    talk.says("send 10482 to <ADDRESS_1>")
    found = talk.hears("Shall I?").says("no, number 12, not 21")
    assert (found.slots, found.invalid, found.ask) == ({"order_id": "10482"}, {"address": "partial"}, "address")


def test_several_values_are_the_customers_to_choose_from() -> None:
    talk = Talk("cancel")
    found = talk.says("cancel 10482 and 10915")
    assert (found.slots, found.choices) == ({}, {"order_id": ("10482", "10915")})
    assert talk.hears("One at a time, please: 10482 or 10915?").says("10915").slots == {"order_id": "10915"}


@pytest.mark.parametrize(
    ("answer", "slots"),
    [
        ("it is for order 10915 actually", {"order_id": "10915"}),  # another slot than asked
        ("12 Mill Lane, 40213 Düsseldorf", {"order_id": "10482", "address": "12 Mill Lane, 40213 Düsseldorf"}),
        ("5 Elm Road, Bristol, for order 10915", {"order_id": "10915", "address": "5 Elm Road, Bristol"}),  # both
    ],
)
def test_the_answer_to_another_question(answer: str, slots: dict[str, Any]) -> None:
    talk = Talk("move")
    talk.says("change the address of order 10482")
    assert talk.hears(ASK_ADDRESS).says(answer).slots == slots


@pytest.mark.parametrize("said", ["the same as before", "same as last time"])
def test_the_same_as_before(said: str) -> None:
    talk = Talk("return")
    talk.says("return something, order 10482")
    past = used("return_order", {"done": True}, order_id="10377", reason="late")
    found = talk.hears(past, ASK_REASON).says(said)
    assert found.slots == {"order_id": "10482", "reason": "late"}
    fresh = Talk("return")
    fresh.says("return something, order 10482")
    assert fresh.hears(ASK_REASON).says(said).slots == {"order_id": "10482"}  # there was none


def test_a_choice_between_changes_is_kept_and_may_change() -> None:
    talk = Talk("settle")
    assert talk.says("order 10482 is broken").tool == ""
    assert talk.hears("An exchange or a refund?").says("a refund please").tool == "request_refund"
    assert talk.hears("What else?").says("hm, let me think").tool == "request_refund"
    found = talk.hears("Shall I?").says("no, exchange it for size L")
    assert (found.tool, found.slots["size"]) == ("exchange_item", "L")


def test_answers_that_give_nothing_are_counted() -> None:
    talk = Talk("cancel")
    talk.says("cancel an order")
    counts = [
        talk.hears(ASK_ORDER).says(said).unheard
        for said in ("blue", "how long does it take?", "I don't know", "green", "10482")
    ]
    assert counts == [1, 1, 1, 2, 0]  # a question and "I don't know" are no failures


def test_words_of_a_hosted_model_count_as_the_question_too() -> None:
    talk = Talk("book")
    talk.says("a table please")
    assert talk.task["asked"] == "seats"
    assert talk.hears("Sure! May I ask how large your party is?").says("five").slots == {"seats": 5}


def test_nothing_is_invented() -> None:
    for form in FORMS:
        assert Talk(form).says("good morning, I have a question for you").slots == {}, form
