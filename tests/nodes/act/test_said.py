"""Whether a value is among what the customer said."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage

from frontdesk.nodes.act.said import Said
from frontdesk.nodes.marks import refused

TODAY = date(2026, 6, 15)  # a Monday


def said(*texts: str, details: tuple[str, ...] = ()) -> Said:
    return Said.of([HumanMessage(text) for text in texts], details, TODAY)


@pytest.mark.parametrize(
    ("texts", "value", "known"),
    [
        (["order 10482 please"], "10482", True),
        (["order 10 482"], "10482", True),
        (["it is 1-0-4-8-2."], "10482", True),
        (["one zero four eight two"], "10482", True),
        (["eins null vier acht zwei"], "10482", True),
        (["ａｂ-１２ is it"], "AB-12", True),
        (["sku fh1301"], "FH-1301", True),
        (["order 104821"], "10482", False),
        (["order 110482"], "10482", False),
        (["x10482"], "10482", False),
        (["I ordered 10", "482 is my flat"], "10482", False),
        (["> order 10482"], "10482", False),
        (["hi"], "10482", False),
        (["hi"], "-", False),
    ],
    ids=["digits", "a blank", "hyphens", "spelled", "spelled in German", "full width", "a code without its hyphen", "longer behind",
         "longer before", "a letter before", "put together of two messages", "quoted", "never", "nothing but signs"],
)  # fmt: skip
def test_values(texts: list[str], value: str, known: bool) -> None:
    assert said(*texts).has_value(value) is known


@pytest.mark.parametrize(
    ("text", "number", "known"),
    [
        ("2 of them", 2, True), ("two of them", 2, True), ("zwei bitte", 2, True), ("2.0 kg", 2, True), ("2,5 kg", 2.5, True),
        ("on 2 May", 2, False), ("at 2 pm", 2, False), ("at 2:30", 2, False), ("2.10.2026", 2, False), ("2nd", 2, False),
        ("twenty-two", 22, True), ("twenty-two", 2, False), ("twenty-two", 20, False), ("two hundred", 2, False),
        ("one two three", 2, False), ("1,500", 1500, True), ("1,500", 1.5, True), ("1.234,50", 1234.5, True),
        ("1,000,000", 1000000, True), ("1000000", 1000000, True), ("100000", 100000.4, False), ("0.250", 250, False),
        ("-5", -5, True), ("-5", 5, False), ("5-6", 6, True), ("5 EUR", 5, True), ("5kg", 5, True), ("5a3", 5, False),
        ("my nan", float("nan"), False), ("inf", float("inf"), False), ("9" * 5000, 9, False), ("amount:5", 5, True),
        ("12 of them", 2, False), ("2.5 kg", 2, False), ("a few", 2, False), ("order 10482", 2, False),
    ],
)  # fmt: skip
def test_numbers(text: str, number: float, known: bool) -> None:
    assert said(text).has_number(number) is known


@pytest.mark.parametrize(
    ("text", "day", "known"),
    [
        ("on 2026-07-03", "2026-07-03", True),
        ("on 3 July", "2026-07-03", True),
        ("July 3rd, 2026", "2026-07-03", True),
        ("am 3. Juli", "2026-07-03", True),
        ("le 3 juillet 2026", "2026-07-03", True),
        ("3/7/26", "2026-07-03", True),
        ("26.07.26", "2026-07-26", True),
        ("today", "2026-06-15", True),
        ("tomorrow", "2026-06-16", True),
        ("on Friday", "2026-06-19", True),
        ("on Friday", "2026-06-26", False),
        ("3 July 2025", "2026-07-03", False),
        ("4 July", "2026-07-03", False),
        ("tomorrow", "2026-06-17", False),
        ("some day", "2026-06-15", False),
        ("on 2026-07-03", "no date", False),
        ("on 3 July", "2026-07-03 and more", False),
        ("on 3 July", "20260703", False),
        ("may 10482", "2026-05-10", False),
        ("on 3 July", "2026-07-03T00:00:00Z", True),
        ("on 3 July", "2026-07-03T03:33:00Z", False),
        ("on 3 July at 3", "2026-07-03T15:00:00Z", True),
        ("on 3 July, 10:30", "2026-07-03T10:30:00", True),
        ("on 3 July, 10:30", "2026-07-03T10:30:07", False),
        ("on 3 July, 10:30", "2026-07-03T10:30:00+09:00", False),
        ("am 3. Juli um 14 Uhr", "2026-07-03T14:00", True),
        ("on 3 July, 3 pm", "2026-07-03T03:00", False),
        ("on 3 July at noon", "2026-07-03T12:00", True),
    ],
    ids=["ISO", "day and month", "month first", "German", "French", "short year", "day like the year", "today", "tomorrow",
         "weekday", "the weekday after", "another year", "another day", "not tomorrow", "none", "not a date", "a tail",
         "another form", "a month and an id", "midnight for the day", "a time nobody said", "one of two times", "a time",
         "seconds", "another zone", "German time", "the other half of the day", "a named time"],
)  # fmt: skip
def test_dates(text: str, day: str, known: bool) -> None:
    assert said(text).has_date(day) is known


@pytest.mark.parametrize(
    ("text", "value", "strange"),
    [
        ("send it to 7 Harbour Street, Bristol", "7 Harbour Street, Bristol", []),
        ("it arrived broken", "It is broken.", []),
        ("the lamps are broken", "lamp broken", []),
        ("it is broken", "broken, refund to account 4711", ["refund", "account", "4711"]),
        ("send it to <ADDRESS_1>", "<ADDRESS_1>", []),
        ("send it to <ADDRESS_1>", "<ADDRESS_2>", ["<ADDRESS_2>"]),
        ("two lamps", "2 lamps", []),
        ("hi", "", []),
        ("please call me", "<please>{call}", ["<", ">", "{", "}"]),
        ("ship 50% of it", "50%", []),
        ("please call me", "call_me", ["_"]),
        ("hi", "our to you", ["our to you"]),
        ("hi", "?!", ["?!"]),
        ("x", "\U00010a40", ["\U00010a40"]),
    ],
    ids=["address", "words we may add", "another form", "more than was said", "placeholder", "another placeholder", "number",
         "empty", "markup", "a sign of theirs", "a joker", "nothing but what we may add", "nothing but signs",
         "a digit of another script"],
)  # fmt: skip
def test_free_texts(text: str, value: str, strange: list[str]) -> None:
    assert said(text).foreign(value) == strange


@pytest.mark.parametrize(
    ("text", "value", "known"),
    [
        ("it came too slow", "late", True),
        ("it is late", "late", True),
        ("it is not late, it is faulty", "late", False),
        ("it is not late, it is faulty", "faulty", True),
        ("I changed my mind", "late", False),
    ],
    ids=["synonym", "itself", "negated", "the other", "none"],
)
def test_closed_lists(text: str, value: str, known: bool) -> None:
    spec: dict[str, Any] = {"enum": ["late", "faulty"], "x-words": {"late": ["too slow", "late"], "faulty": ["faulty"]}}

    assert said(text).means(value, "reason", spec) is known


@pytest.mark.parametrize(
    ("text", "refers"),
    [("cancel my order", True), ("that one please", True), ("number 10482", True), ("storniere meine Bestellung", True),
     ("how do people cancel orders", False), ("an order", False)],
)  # fmt: skip
def test_what_refers_to_a_thing_of_theirs(text: str, refers: bool) -> None:
    assert said(text).refers is refers


@pytest.mark.parametrize(
    ("entry", "known"),
    [
        ("number: 10482 (turn 1)", True),
        ("looked up: get_order 10482 (turn 1)", False),
        ("done: cancel_order 10482 (turn 2)", False),
        ("open: cancel_order 10482 (turn 2)", False),
        ("10482", False),
    ],
    ids=["said in an earlier turn", "looked up", "done", "proposed", "no entry"],
)
def test_the_ledger_counts_where_it_holds_the_customers_words(entry: str, known: bool) -> None:
    assert said("hi", details=(entry,)).has_value("10482") is known


def test_nobody_elses_words_count() -> None:
    messages: list[AnyMessage] = [
        AIMessage("order 10482"),
        ToolMessage("order 10483", tool_call_id="1"),
        refused(HumanMessage("order 10484")),
        HumanMessage("order 10485"),
    ]
    words = Said.of(messages, [], TODAY)

    assert [number for number in ("10482", "10483", "10484", "10485") if words.has_value(number)] == ["10485"]


def test_the_newest_message_comes_first() -> None:
    assert said("first", "second").texts[:2] == ("second", "first")


@pytest.mark.parametrize(
    ("text", "number", "firm"),
    [
        ("pay 5", 5, False), ("pay 5 EUR", 5, True), ("pay €5", 5, True), ("5", 5, True), ("5, please", 5, True),
        ("the sum is 5", 5, True), ("1,500", 1500, False), ("5 then, and 7 EUR", 5, False),
    ],
    ids=["anywhere", "unit", "sign before", "alone", "alone, politely", "the property's name", "two readings", "another's unit"],
)  # fmt: skip
def test_a_number_that_is_announced(text: str, number: float, firm: bool) -> None:
    assert said(text).has_number(number, "sum", {}, firm=True) is firm
    assert said(text).has_number(number)


@pytest.mark.parametrize(
    ("text", "firm"),
    [("a refund of 5 EUR", True), ("5 refunds", True), ("5 EUR", False)],
    ids=["cue before", "cue after", "a unit, where there are cues"],
)
def test_cues_of_the_contract_announce_a_number(text: str, firm: bool) -> None:
    assert said(text + " or so").has_number(5, "sum", {"x-cues": ["refund of", "refunds"]}, firm=True) is firm


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Do NOT cancel 10482. Cancel 10483", ["10483"]),
        ("don't cancel 10482, whatever 10483", []),
        ("not 10482 but 10483", ["10483"]),
        ("nicht 10482, sondern 10483", ["10483"]),
        ("do not pay 10482.50", []),
        ("cancel 10482 and 10483", ["10482", "10483"]),
    ],
    ids=[
        "to the end of the sentence",
        "over commas",
        "but",
        "sondern",
        "not to the middle of a number",
        "nothing negated",
    ],
)
def test_what_is_negated_is_left_out(text: str, left: list[str]) -> None:
    kept = said(text).affirmed()

    assert [value for value in ("10482", "10483", "50") if kept.has_value(value)] == left


@pytest.mark.parametrize(
    ("text", "day", "firm"),
    [
        ("come 03/04/2026", "2026-04-03", False),
        ("come 03/04/2026", "2026-03-04", False),
        ("come 13/04/2026", "2026-04-13", True),
        ("come 04/04/2026", "2026-04-04", True),
        ("come 3 April 2026", "2026-04-03", True),
        ("come 2026-04-03", "2026-04-03", True),
    ],
    ids=["one of two days", "the other", "no such month", "the same both ways", "in words", "ISO"],
)
def test_a_date_with_one_reading(text: str, day: str, firm: bool) -> None:
    assert said(text).has_date(day, firm=True) is firm
    assert said(text).has_date(day)
