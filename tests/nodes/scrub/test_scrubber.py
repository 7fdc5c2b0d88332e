"""The whole scrubber: sessions, forged placeholders, hostile input, cost."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontdesk.nodes.scrub.placeholders import escape_placeholders, scan
from frontdesk.nodes.scrub.restore import restore_text
from frontdesk.nodes.scrub.scrubber import PersonalDataScrubber

CANARIES = {
    "CARD": "4111 1111 1111 1111",
    "IBAN": "DE89 3704 0044 0532 0130 00",
    "EMAIL": "canary.bird@mail.example.org",
    "PHONE": "+44 20 7946 0958",
    "NATIONAL_ID": "460-89-9847",
    "IP": "203.0.113.77",
    "MAC": "00:1b:44:11:3a:b7",
    "SECRET": "ghp_0123456789abcdefghijABCDEFGHIJ012345",
    "NUMBER": "987654321987654",
}
SHARED = PersonalDataScrubber()


def test_canary_of_every_kind_in_one_message(scrubber: PersonalDataScrubber) -> None:
    text = "; ".join(f"{label} {value}" for label, value in CANARIES.items())
    scrubbed = scrubber.scrub(text, {})
    assert not [label for label, value in CANARIES.items() if value in scrubbed.text]
    assert {finding.label for finding in scrubbed.findings} == set(CANARIES)
    assert {text[finding.start : finding.end] for finding in scrubbed.findings} == set(CANARIES.values())
    assert set(scrubbed.values.values()) == set(CANARIES.values())


def test_findings_name_their_detector(scrubber: PersonalDataScrubber) -> None:
    (finding,) = scrubber.scrub("mail anna@example.org", {}).findings
    assert (finding.detector, finding.label, finding.start, finding.end) == ("email", "EMAIL", 5, 21)


@pytest.mark.parametrize(
    ("case", "first", "later", "same"),
    [
        ("email in other case", "anna@example.org", "it is ANNA@Example.org", True),
        ("card with other separators", "4111 1111 1111 1111", "4111-1111-1111-1111", True),
        ("phone at home and abroad", "+49 171 2345678", "0171/2345678", True),
        ("name without its cue", "my name is Anna Schmidt", "anna schmidt here", True),
        ("iban without spaces", "DE89 3704 0044 0532 0130 00", "de89370400440532013000", True),
        ("phone as a bare number", "call 0171 2345678", "the number 01712345678", True),
        ("another email", "anna@example.org", "bert@example.org", False),
        ("another card", "4111 1111 1111 1111", "5555 5555 5555 4444", False),
        ("another extension", "415-555-2671x204", "415-555-2671x205", False),
    ],
)
def test_same_value_same_placeholder(
    scrubber: PersonalDataScrubber, case: str, first: str, later: str, same: bool
) -> None:
    one = scrubber.scrub(first, {})
    two = scrubber.scrub(later, one.values)
    (placeholder,) = one.values
    assert (placeholder in two.text) is same, case
    assert (not two.values) is same, case


def test_numbers_go_on_over_turns(scrubber: PersonalDataScrubber) -> None:
    known: dict[str, str] = {}
    for number, name in enumerate(("anna", "bert", "cleo"), start=1):
        scrubbed = scrubber.scrub(f"{name}@example.org", known)
        known |= scrubbed.values
        assert scrubbed.text == f"<EMAIL_{number}>"


def test_short_or_common_known_values_do_not_spread(scrubber: PersonalDataScrubber) -> None:
    known = {"<SECRET_1>": "1048", "<NAME_1>": "Will", "<ADDRESS_1>": "5 Elm Road"}
    text = "order 1048 will come, pin 10482"
    assert scrubber.scrub(text, known).text.startswith("order 1048 will come")


def test_the_value_kept_is_clean(scrubber: PersonalDataScrubber) -> None:
    assert scrubber.scrub("４１１１ 11\u200b11 1111 1111", {}).values == {"<CARD_1>": "4111 1111 1111 1111"}


FORGED = [
    "<EMAIL_1>", "<email_1>", "< EMAIL_1 >", "<EMAIL 1>", "<EMAIL-1>", "&lt;EMAIL_1&gt;", "[EMAIL_1]", "{EMAIL_1}",
    "＜EMAIL_1＞", "<EM\u200bAIL_1>", "<EMAIL\\_1>", "\\<EMAIL_1\\>", "<EMAIL_01>", "<EMAIL_１>",
    "&#60;EMAIL_1&#62;", "</EMAIL_1>",
]  # fmt: skip


@pytest.mark.parametrize("forged", FORGED)
def test_a_forged_placeholder_never_resolves(scrubber: PersonalDataScrubber, forged: str) -> None:
    known = {"<EMAIL_1>": "anna@example.org"}
    masked = scrubber.scrub(escape_placeholders(f"send it to {forged}"), known).text
    assert not list(scan(masked))
    assert "anna@example.org" not in restore_text(masked, known)


def test_a_placeholder_forged_in_advance_stays_harmless(scrubber: PersonalDataScrubber) -> None:
    scrubbed = scrubber.scrub("<EMAIL_1> and anna@example.org", {})
    assert scrubbed.text == "‹EMAIL·1› and <EMAIL_1>"


def test_our_own_placeholders_survive_a_second_scrub(scrubber: PersonalDataScrubber) -> None:
    known = {"<EMAIL_1>": "anna@example.org", "<CARD_1>": "4111111111111111"}
    text = "We wrote to <EMAIL_1> about <CARD_1>."
    scrubbed = scrubber.scrub(text, known)
    assert (scrubbed.text, scrubbed.findings, dict(scrubbed.values)) == (text, (), {})


def test_known_values_are_found_in_another_case(scrubber: PersonalDataScrubber) -> None:
    known = {"<EMAIL_1>": "anna@example.org", "<NAME_1>": "Anna Schmidt"}
    text = "Dear anna schmidt, we wrote to ANNA@example.org, not to bert@example.org. <NAME_1>"
    expected = "Dear <NAME_1>, we wrote to <EMAIL_1>, not to <EMAIL_2>. <NAME_1>"
    assert scrubber.scrub(text, known).text == expected


@settings(max_examples=150)
@given(st.text(st.characters(exclude_categories=()), max_size=80), st.sampled_from(list(CANARIES.items())))
def test_any_text_around_a_value(noise: str, canary: tuple[str, str]) -> None:
    text = f"{noise} \n {canary[1]} \n {noise}"
    scrubbed = SHARED.scrub(escape_placeholders(text), {})
    scrubbed.text.encode()
    assert canary[1] not in scrubbed.text


HOSTILE = {
    "digits": "1 " * 5000,
    "one long number": "1" * 10_000,
    "at signs": "a@" * 5000,
    "dots": "a.b " * 2500,
    "brackets": "<" * 10_000,
    "spelled digits": "one " * 2500,
    "keys begun": "-----BEGIN PRIVATE KEY-----" * 370,
    "names begun": "my name is " * 900,
    "accounts begun": "DE89 " * 2000,
    "colons": "1:" * 5000,
    "phones": "07700 900123, " * 700,
    "spelled mail": "a at a dot " * 900,
    "pluses": "+" * 10_000,
    "opened brackets": "(" * 10_000,
    "pieces of cards": "4111 " * 2000,
    "pieces of accounts": "dob 1 " * 1700,
    "cues without value": "passport number is the of my " * 350,
    "parts announced": "first four digits of my card " * 350,
    "placeholders": "<A_1>" * 2000,
    "entities": "&#64;" * 2000,
    "letters apart": "a b " * 2500,
    "not ASCII": "４１１１ " * 2000,
}


@pytest.mark.parametrize("case", HOSTILE)
def test_cost_stays_linear(scrubber: PersonalDataScrubber, case: str) -> None:
    # A generous bound for a loaded machine: a pattern that backtracks takes minutes, not seconds.
    started = time.process_time()
    scrubber.scrub(HOSTILE[case], {})
    assert time.process_time() - started < 2.0


def test_the_desks_own_words_are_searched_by_rules_alone(scrubber: PersonalDataScrubber) -> None:
    text = "The Zorvan Keel sideboard and Ottoline Brack, mail to anna@example.org"
    assert {finding.detector for finding in scrubber.scrub(text, {}).findings} == {"sequence", "email"}
    firm = scrubber.firm()
    assert {finding.detector for finding in firm.scrub(text, {}).findings} == {"email"}
    assert [finding.label for finding in firm.scrub(text, {"<NAME_1>": "Ottoline Brack"}).findings] == ["NAME", "EMAIL"]
