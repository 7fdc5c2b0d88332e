"""Grounding: which numbers stand on what."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from frontdesk.nodes.review.draft import CUSTOMER, EARLIER, MEMORY, TODAY, TOOL, Draft, Facts
from frontdesk.nodes.review.grounding import grounding, number, numbers
from frontdesk.nodes.review.quantities import quantities
from tests.support.alterations import page, said

PAGE = (
    "Within 30 days you can return an item. The oak table costs 1,299.00 EUR, delivery 4.95 EUR. Standard delivery takes 3 to "
    "5 working days. The lamp has a guarantee of 2 years. Members get 10 % off. The shop is open from 9:00 to 17:30. The sale "
    "ends on 11 March 2026. We keep a dozen chairs. The call costs nothing before noon. Photos are checked within 14 days."
)
ORDER = {
    "order_id": "10482",
    "total": 263.95,
    "shipping": 4.95,
    "placed_on": "2026-03-02",
    "items": [
        {"sku": "FH-1407", "name": "Brass lamp", "quantity": 2, "price": 79.5},
        {"sku": "FH-1408", "name": "Linen cushion", "quantity": 4, "price": 25.0},
    ],
}


def facts_of(scrubber: object, customer: str = "", memory: str = "", tool: Mapping[str, object] | None = None) -> Facts:
    passages = [page("help", PAGE), said(TODAY, "Wednesday, 2026-03-11"), said(EARLIER, "It costs 777 EUR.")]
    passages += [said(CUSTOMER, customer)] if customer else []
    passages += [said(MEMORY, memory)] if memory else []
    passages += [said(TOOL, json.dumps(tool))] if tool else []
    return Facts(passages, {}, scrubber)  # type: ignore[arg-type]


GOOD = {
    "as it stands": "You have 30 days.",
    "another spelling": "It costs 1299 EUR.",
    "German spelling": "Er kostet 1.299,00 EUR.",
    "sign before": "It costs €1,299.",
    "cents": "Delivery costs 495 cents.",
    "weeks for days": "Photos are checked within two weeks.",
    "months for years": "The guarantee is 24 months.",
    "in words": "You have thirty days.",
    "in German words": "Sie haben dreißig Tage.",
    "in French words": "Vous avez trente jours pour le retour.",
    "in Spanish words": "Usted tiene treinta días para la devolución.",
    "a fortnight": "Photos are checked within a fortnight of 14 days.",
    "twelve for a dozen": "We keep twelve chairs.",
    "a range": "It takes 3-5 working days.",
    "a range in German": "Es dauert 3 bis 5 Werktage.",
    "between": "It takes between 3 and 5 days.",
    "end of a range": "It takes up to 5 working days.",
    "start of a range": "It takes at least three days.",
    "a date": "The sale ends on 2026-03-11.",
    "an American date": "The sale ends on March 11, 2026.",
    "a German date": "Die Aktion endet am 11.03.2026.",
    "with its weekday": "The sale ends on Wednesday, 11 March 2026.",
    "a time": "We close at 5:30 p.m.",
    "a range of times": "We are open 9:00-17:30.",
    "noon": "Call before 12:00.",
    "percent": "Members get 10% off.",
    "ten percent": "Members get ten percent off.",
    "a list": "1. Pack it.\n2. Send it.",
    "a placeholder": "We write to <EMAIL_7>.",
    "an URL": "See https://www.fernhill.example/help/2041.",
    "a pronoun": "This one is the right one.",
    "nothing": "No number at all.",
}
BAD = {
    "another number": "You have 31 days.",
    "another unit": "You have 30 weeks.",
    "a unit of another number": "You have 30 EUR.",
    "cents altered": "It costs 1,299.50 EUR.",
    "point moved": "Delivery costs 49.50 EUR.",
    "in words, altered": "You have twenty-one days.",
    "in German words, altered": "Sie haben einundzwanzig Tage.",
    "in French words, altered": "Vous avez vingt et un jours pour le retour.",
    "in Spanish words, altered": "Usted tiene veintiún o treinta y dos días para la devolución.",
    "a dozen, altered": "You have a dozen days.",
    "inside a range": "It takes 4 working days.",
    "another range": "It takes 3 to 14 days.",
    "the quick end as a promise": "It takes 3 working days.",
    "another day": "The sale ends on 12 March 2026.",
    "another month": "The sale ends on 2026-04-11.",
    "another year": "The sale ends on 11 March 2027.",
    "another time": "We close at 6:30 p.m.",
    "another currency": "Delivery costs 4.95 USD.",
    "another share": "Members get 15 % off.",
    "half": "Members get half off.",
    "said by ourselves only": "It costs 777 EUR.",
    "a code": "Use the code SAVE-20.",
}


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_what_the_page_says_is_grounded(text: str, scrubber: object) -> None:
    assert grounding(Draft(text), facts_of(scrubber)).findings == ()


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_what_no_source_says_is_flagged(text: str, scrubber: object) -> None:
    draft = grounding(Draft(text), facts_of(scrubber))

    assert (draft.findings, draft.blocked, draft.text) == (("grounding:number",), False, text)


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("The order comes to 263.95 EUR.", ()),
        ("You ordered 2 lamps and 4 cushions.", ()),
        ("The order has 2 items.", ()),
        ("That is 6 pieces in all.", ()),
        ("The two lamps cost 159 EUR together.", ()),
        ("The goods cost 259 EUR, delivery 4.95 EUR.", ()),
        ("The item is FH-1407, order 10482.", ()),
        ("The lamp costs 79.50 EUR and the cushion 25 EUR, together 104.50 EUR.", ()),
        ("The lamp costs 79.50 EUR and the cushion 25 EUR, together 105.50 EUR.", ("grounding:number",)),
        ("You ordered 4 lamps.", ("grounding:number",)),
        ("That is 7 pieces in all.", ("grounding:number",)),
        ("The order comes to 264.95 EUR.", ("grounding:number",)),
        ("The item is FH-1470.", ("grounding:number",)),
        ("You ordered it on 3 March 2026.", ("grounding:number",)),
    ],
)
def test_what_a_tool_result_allows_to_reckon(text: str, findings: tuple[str, ...], scrubber: object) -> None:
    assert grounding(Draft(text), facts_of(scrubber, tool=ORDER)).findings == findings


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("Yes, 50 % off.", ("grounding:customer",)),
        ("Yes, we pay 80 EUR back.", ("grounding:customer",)),
        ("Order 10999 is on its way.", ()),
        ("Yes, 10 % off.", ()),
        ("Yes, 60 % off.", ("grounding:number",)),
    ],
    ids=["a promise of theirs", "an amount of theirs", "their order", "also ours", "neither"],
)
def test_what_only_the_customer_says(text: str, findings: tuple[str, ...], scrubber: object) -> None:
    given = facts_of(scrubber, customer="Is it 50 % off for order 10999, and do you pay 80 EUR back? Or 10 %?")

    assert grounding(Draft(text), given).findings == findings


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("It comes on 12 March 2026.", ()),
        ("It comes on Thursday, 12 March 2026.", ()),
        ("It comes on Friday, 12 March 2026.", ("grounding:weekday",)),
        ("It comes on 13 March 2026.", ("grounding:number",)),
        ("Today is 11 March 2026.", ()),
    ],
)
def test_days_are_reckoned_from_today(text: str, findings: tuple[str, ...], scrubber: object) -> None:
    assert grounding(Draft(text), facts_of(scrubber, memory="The carrier comes tomorrow.")).findings == findings


def test_a_number_of_another_sentence_is_flagged(scrubber: object) -> None:
    assert grounding(Draft("Within 14 days you can return an item."), facts_of(scrubber)).findings == (
        "grounding:context",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,299.00", "1299"),
        ("1.299", "1299"),
        ("12,50", "12.5"),
        ("007", "7"),
        ("100", "100"),
        ("1 000 000", "1000000"),
    ],
)
def test_one_spelling_of_a_number(text: str, expected: str) -> None:
    assert number(text) == expected


def test_numbers_of_a_text() -> None:
    assert numbers("two lamps of 3.50 EUR for <EMAIL_1>") == {"2", "3.5"}


@pytest.mark.parametrize(
    "text",
    ["1" * 10_000, "1." * 5000, "1 to " * 2000, "twenty " * 2000, "12:" * 3000, "- " * 5000],
    ids=lambda text: text[:6],
)
def test_any_text_is_read(text: str, scrubber: object) -> None:
    assert grounding(Draft(text), facts_of(scrubber)).text == text


def test_first_of_all_is_no_number() -> None:
    assert quantities("To return something, please sign in first: then I can do it here.") == []
    assert quantities("It arrives on the first day.") != []
