"""Lint: one planted fault each is found, at its place, and what is fine is left alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from frontdesk.desk.locate import locate
from frontdesk.knowledge.counts import Served, Use
from frontdesk.knowledge.lint.findings import Finding
from frontdesk.knowledge.lint.run import lint
from frontdesk.knowledge.lint.sentences import number, quantities_in
from tests.knowledge.conftest import AddPage

TODAY = date(2026, 6, 15)
FRESH = {"reviewed": "2026-06-01"}
IN_BOTH = frozenset({"untranslated"})
"""The desk of these tests has two languages."""


def codes(found: Sequence[Finding]) -> list[str]:
    return [one.code for one in found if one.code not in IN_BOTH]


@pytest.mark.parametrize(
    ("word", "fields", "expected"),
    [
        ("reviewed lately", {"reviewed": "2026-06-01"}, []),
        ("new", {"valid_from": "2026-06-01"}, []),
        ("reviewed long ago", {"reviewed": "2025-06-01"}, ["stale"]),
        ("old and never reviewed", {"valid_from": "2020-01-01"}, ["stale"]),
        ("no day at all", {}, ["stale"]),
        ("old, reviewed lately", {"valid_from": "2020-01-01", "reviewed": "2026-06-01"}, []),
        ("expired", {"valid_to": "2026-06-14", "reviewed": "2026-06-01"}, ["expired"]),
        ("ends soon", {"valid_to": "2026-06-30", "reviewed": "2026-06-01"}, ["ends"]),
        ("ends in a year", {"valid_to": "2027-06-30", "reviewed": "2026-06-01"}, []),
        ("not yet", {"valid_from": "2026-06-16"}, ["not_yet"]),
    ],
)
def test_ages(word: str, fields: dict[str, str], expected: list[str], desk: Path, add_page: AddPage) -> None:
    add_page("parking", "Parking is free.", **fields)
    assert codes(lint(desk, TODAY)) == expected, word


def test_an_intent_without_a_page_that_may_be_used_is_an_error(desk: Path, add_page: AddPage) -> None:
    intents = desk / "intents.yaml"
    intents.write_text(intents.read_text("utf-8") + "    pages: [returns]\n", "utf-8")
    add_page("returns", "You have 30 days to return goods.", valid_to="2026-06-01", **FRESH)
    found = [one for one in lint(desk, TODAY) if one.level == "error"]
    assert [(one.file, one.code) for one in found] == [("intents.yaml", "unusable")]
    add_page("returns-new", "You have 14 days to return goods.", replaces="[returns]", **FRESH)
    assert not [one for one in lint(desk, TODAY) if one.level == "error"]


@pytest.mark.parametrize(
    ("word", "one", "other", "expected"),
    [
        (
            "days",
            "Your refund arrives within 5 working days by bank.",
            "A refund arrives by bank within 10 days.",
            True,
        ),
        ("money", "Standard delivery costs 4.95 EUR.", "For standard delivery the cost is €5.95.", True),
        ("share", "Companies get a trade discount of 5 %.", "The trade discount for companies is 7 percent.", True),
        ("date", "Our winter sale starts on 3 January.", "The winter sale starts on 10 January.", True),
        ("negation", "Gift cards can be paid out in cash.", "Gift cards cannot be paid out in cash.", True),
        (
            "the same",
            "Your refund arrives within 5 working days by bank.",
            "A refund arrives by bank within 5 days.",
            False,
        ),
        ("part of a range", "Fitting a kitchen takes 3 to 5 days.", "Fitting a kitchen takes up to 5 days.", False),
        ("another subject", "Express delivery costs 9.95 EUR.", "A gift voucher costs 10 EUR at least.", False),
        ("another unit", "Parking a car is free for 2 hours.", "Parking a car is free on 2 days.", False),
        ("one form of a number", "Large orders start from 5,000 EUR.", "Large orders start from 5000 EUR.", False),
    ],
)
def test_contradictions(word: str, one: str, other: str, expected: bool, desk: Path, add_page: AddPage) -> None:
    filler = "".join(
        f"\n\nSentence about {topic} and nothing else besides {topic}." for topic in ("owls", "tea", "rain")
    )
    add_page("first-page", f"{one}{filler}", **FRESH)
    add_page("second-page", f"## Words\n\n{other}", **FRESH)
    found = [each for each in lint(desk, TODAY) if each.code == "contradiction"]
    assert [(each.file, each.line) for each in found] == ([("knowledge/second-page.md", 9)] if expected else []), word
    assert all("knowledge/first-page.md:7" in each.problem for each in found)


def test_a_sentence_that_names_its_own_case_contradicts_nothing(desk: Path, add_page: AddPage) -> None:
    add_page("returns-abroad", "The return label from abroad costs 9.95 EUR, taken off the refund.", **FRESH)
    add_page("refunds", "A return label costs 3.95 EUR, taken off the refund.", **FRESH)
    assert codes(lint(desk, TODAY)) == []


def test_pages_that_are_out_of_force_contradict_nothing(desk: Path, add_page: AddPage) -> None:
    add_page("delivery", "Standard delivery costs 4.95 EUR.", **FRESH)
    add_page("delivery-old", "Standard delivery costs 3.95 EUR.", valid_to="2026-01-01", **FRESH)
    assert codes(lint(desk, TODAY)) == ["expired"]


def test_a_copy(desk: Path, add_page: AddPage) -> None:
    text = "Bring the receipt to the till.\n\nThe shop opens at nine.\n\nA clerk checks the goods."
    add_page("one", text, **FRESH)
    add_page("two", text, **FRESH)
    assert "duplicate" in codes(lint(desk, TODAY))


def test_links(desk: Path, add_page: AddPage) -> None:
    add_page(
        "one", "See [two](https://www.corner.example/help/two#a).", url="https://www.corner.example/help/one", **FRESH
    )
    add_page("two", "Open it on www.corner.example/help/three.", url="https://www.corner.example/help/two", **FRESH)
    add_page("elsewhere", "See https://www.corner.example/shop/x for more.", **FRESH)
    found = [(each.file, each.line, each.level) for each in lint(desk, TODAY) if each.code == "dead_link"]
    assert found == [("knowledge/two.md", 8, "error")]


def test_long_sections(desk: Path, add_page: AddPage) -> None:
    add_page("long", f"Short.\n\n## Long\n\n{'Many words are here. ' * 80}\n\n## Short\n\nEnd.", **FRESH)
    assert [(one.code, one.line) for one in lint(desk, TODAY) if one.code == "long_section"] == [("long_section", 9)]


def test_translations(desk: Path, add_page: AddPage) -> None:
    add_page("returns", "You have 30 days and pay 4.95 EUR.", **FRESH)
    add_page("returns-de", "Sie haben 30 Tage und zahlen 4,95 EUR.", language="de", title="Rückgabe", **FRESH)
    add_page("parking", "Parking is free for 2 hours.", **FRESH)
    found = lint(desk, TODAY)
    assert [(one.file, one.code) for one in found] == [("knowledge/parking.md", "untranslated")]
    add_page("returns-de", "Sie haben 14 Tage und zahlen 4,95 EUR.", language="de", title="Rückgabe", **FRESH)
    assert "translation" in codes(lint(desk, TODAY))


def test_a_page_that_nothing_leads_to(desk: Path, add_page: AddPage) -> None:
    add_page("parking", "Parking is free for two hours.", title="Parking at the shop", **FRESH)
    add_page("odd", "Words of another kind stand here.", title="How about this one", **FRESH)
    assert [(one.file, one.code) for one in lint(desk, TODAY) if one.code == "unreached"] == [
        ("knowledge/odd.md", "unreached")
    ]


def test_faults_of_pages_are_errors_and_the_rest_is_looked_at(desk: Path, add_page: AddPage) -> None:
    add_page("parking", "See https://elsewhere.example/x.", valid_to="2020-01-01", valid_from="2021-01-01")
    found = lint(desk, TODAY)
    assert [one.code for one in found if one.level == "error"] == ["fault", "fault"]
    assert "expired" in codes(found)


def test_counters(desk: Path, add_page: AddPage) -> None:
    add_page("parking", "Parking is free.", **FRESH)
    add_page("packing", "We pack in paper.", **FRESH)
    use = Use(30, replies=200, pages={"parking": Served(3, 1, "2026-06-14")}, uncovered={"returns": 5, "": 9, "x": 1})
    found = [one for one in lint(desk, TODAY, use) if one.code in {"unused", "uncovered"}]
    assert [(one.file, one.code) for one in found] == [
        ("intents.yaml", "uncovered"),
        ("intents.yaml", "uncovered"),
        ("knowledge/packing.md", "unused"),
    ]
    few = Use(30, replies=20, pages={}, uncovered={"returns": 2})
    assert not [one for one in lint(desk, TODAY, few) if one.code in {"unused", "uncovered"}]


def test_the_retail_desk_has_nothing_to_mend() -> None:
    assert lint(locate("retail"), date(2026, 12, 1)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 to 5 working days", {"day": {"3", "5"}}),
        ("€4,95 or 4.95 EUR", {"EUR": {"4.95"}}),
        ("from 5,000 EUR", {"EUR": {"5000"}}),
        ("a 4-hour window", {"hour": {"4"}}),
        ("on 25 December", {"date": {"25 December"}}),
        ("10 % off", {"%": {"10"}}),
        ("two or three", {}),
        ("lamp E27", {}),
    ],
)
def test_quantities(text: str, expected: dict[str, set[str]]) -> None:
    assert {unit: set(found) for unit, found in quantities_in(text).items()} == expected


@pytest.mark.parametrize(
    ("one", "other"), [("4.95", "4,95"), ("1.000", "1000"), ("1,000.50", "1000.5"), ("10", "10.0"), ("100", "100")]
)
def test_one_number_in_two_forms(one: str, other: str) -> None:
    assert number(one) == number(other)


def test_numbers_that_differ_differ() -> None:
    assert len({number(text) for text in ("100", "10", "1", "1.5", "15", "1500")}) == 6
