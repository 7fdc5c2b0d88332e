"""A known name in other forms: with an initial, a telephone number as dialled at home, and names that are words."""

from __future__ import annotations

import pytest

from frontdesk.nodes.scrub.scrubber import KNOWN, PersonalDataScrubber

VALUES = {
    "<NAME_1>": "Will Rose",
    "<NAME_2>": "Ivan Santos",
    "<PHONE_1>": "+44 7700 900042",
    "<ADDRESS_1>": "80279",
}


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("an initial", "It is booked for I. Santos, I think", ["I. Santos"]),
        ("an initial of a name that is a word", "for W. Rose please", ["W. Rose"]),
        ("an initial, small letters", "for i. santos please", ["i. santos"]),
        ("a letter of an enumeration", "take option i. santos is the sales man I Met", []),
        ("presented", "Hello, I'm Will.", ["Will"]),
        ("a greeting", "Dear Rose, thank you", ["Rose"]),
        ("a title", "This is Mrs Rose speaking", ["Mrs Rose"]),
        ("a signature", "Where is it?\nThanks,\nWill", ["Will"]),
        ("a verb after thanks", "Thanks. Will it come today?", []),
        ("a verb after a greeting", "Hello Will you help me?", []),
        ("a verb at the start", "Will it come? Will you?", []),
        ("small letters", "i'm will. thanks, rose", []),
        ("a noun", "Rose gold is the colour; this is Rose gold", []),
        ("dialled at home", "Call 07700 900042", ["07700 900042"]),
        ("dialled at home, digits", "call 07700900042", ["07700900042"]),
        ("a postcode", "it is 80279, as always", ["80279"]),
        ("another number", "order 80278", []),
    ],
)
def test_known_forms(word: str, text: str, found: list[str]) -> None:
    findings = PersonalDataScrubber().scrub(text, VALUES).findings
    assert [text[item.start : item.end] for item in findings if item.detector == KNOWN] == found, word
