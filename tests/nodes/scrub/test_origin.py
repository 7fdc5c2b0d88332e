"""What others wrote keeps the sign of its origin, and no reply shows it."""

from __future__ import annotations

import pytest

from frontdesk.nodes.scrub.origin import REMOVED, bare, is_foreign, marked, seen, without_foreign
from frontdesk.nodes.scrub.placeholders import FOREIGN
from frontdesk.nodes.scrub.restore import restore_text, restore_value, restorer
from frontdesk.nodes.scrub.scrubber import PersonalDataScrubber

KNOWN = {"<EMAIL_1>": "jo@mail.example", "<EMAIL_2>": FOREIGN + "refunds@evil.example", "<CARD_1>": FOREIGN + "4111"}


@pytest.mark.parametrize(
    ("key", "own", "foreign"),
    [
        ("<EMAIL_1>", (), True), ("<PHONE_1>", (), True), ("<IBAN_1>", (), True), ("<NUMBER_1>", (), True),
        ("<EMAIL_1>", ("<EMAIL_1>",), False), ("<NAME_1>", (), False), ("<DOB_1>", (), False),
    ],
    ids=["mail", "telephone", "account", "number", "the customer's own", "a name", "a date of birth"],
)  # fmt: skip
def test_marked(key: str, own: tuple[str, ...], foreign: bool) -> None:
    (value,) = marked({key: "x"}, own).values()

    assert (is_foreign(value), bare(value)) == (foreign, "x")
    assert marked({key: value}, own) == {key: value}


def test_seen_is_bare_and_the_customers_own_comes_first() -> None:
    both = {**KNOWN, "<EMAIL_3>": "refunds@evil.example"}

    assert seen(KNOWN) == {"<EMAIL_1>": "jo@mail.example", "<EMAIL_2>": "refunds@evil.example", "<CARD_1>": "4111"}
    assert "<EMAIL_2>" not in seen(both)


@pytest.mark.parametrize("spelled", ["<EMAIL_2>", "[EMAIL_2]", "EMAIL_2", "&lt;email_2&gt;"])
def test_no_spelling_of_it_reaches_the_customer(spelled: str) -> None:
    text = f"Write to {spelled}, not to <EMAIL_1>."

    assert without_foreign(text, KNOWN) == f"Write to {REMOVED}, not to <EMAIL_1>."
    assert restore_text(text, KNOWN) == f"Write to {REMOVED}, not to jo@mail.example."
    assert restore_value({"to": [spelled]}, KNOWN) == {"to": [REMOVED]}


def test_a_tool_gets_the_value_as_it_was() -> None:
    assert restorer(KNOWN)({"to": "<EMAIL_2>"}) == {"to": "refunds@evil.example"}


def test_the_number_is_not_given_again_and_the_value_not_found_again() -> None:
    scrubbed = PersonalDataScrubber().scrub("ann@mail.example and refunds@evil.example", KNOWN)

    assert scrubbed.text == "<EMAIL_3> and <EMAIL_4>"
    assert dict(scrubbed.values) == {"<EMAIL_3>": "ann@mail.example", "<EMAIL_4>": "refunds@evil.example"}
