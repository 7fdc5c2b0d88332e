"""What holds for every text: offsets that point at the value, and a masked text that stays as it is."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from frontdesk.nodes.scrub.placeholders import escape_placeholders
from frontdesk.nodes.scrub.registry import registered
from frontdesk.nodes.scrub.scrubber import PersonalDataScrubber

STRUCTURED = ("birth card email iban ip licence mac national_id number passport phone secret").split()  # noqa: SIM905
SCRUBBER = PersonalDataScrubber({name: item for name, item in registered().items() if name in STRUCTURED})
PIECES = st.sampled_from(
    ["4111 1111 1111 1111", "DE89 3704 0044 0532 0130 00", "anna@mail.example", "+49 171 2345678", "460-89-9847", "four one",
     "born on 3 May 1984", "passport", "10482", "O", "I", "@", "at", "dot com", ":", "-", " ", "\n", ", ", "&#64;", "5", "①",
     "\u200b", "12.50 EUR", "2024-05-03", "é", "card", "(", ")", "+", "|", "203.0.113.9", "sk-abcdefghijklmnop1234", "%40"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=14).map("".join) | st.lists(PIECES, max_size=10).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_findings_are_in_order_and_inside(text: str) -> None:
    scrubbed = SCRUBBER.scrub(escape_placeholders(text), {})
    findings = scrubbed.findings
    assert all(0 <= finding.start < finding.end <= len(text) for finding in findings)
    assert all(before.end <= after.start for before, after in pairwise(findings))
    assert all(finding.reason and finding.detector for finding in findings)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_a_masked_text_keeps_its_placeholders(text: str) -> None:
    first = SCRUBBER.scrub(escape_placeholders(text), {})
    again = SCRUBBER.scrub(first.text, first.values)
    assert all(again.text.count(placeholder) >= first.text.count(placeholder) for placeholder in first.values)
    # What one pass leaves between two placeholders can read as a value of its own; a third pass changes nothing.
    third = SCRUBBER.scrub(again.text, {**first.values, **again.values})
    assert SCRUBBER.scrub(third.text, {**first.values, **again.values, **third.values}).text == third.text
