"""Which labels are personal data, and which texts are conversational."""

from __future__ import annotations

import pytest

from frontdesk.evals.scrub.labels import PLAIN, SENSITIVE, STRUCTURED, conversational, ours
from frontdesk.nodes.scrub.scrubber import PersonalDataScrubber


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("PERSON", "NAME"),
        ("first_name", "NAME"),
        ("first_name+last_name", "NAME"),
        ("ZIP_CODE", "ADDRESS"),
        ("US_SSN", "NATIONAL_ID"),
        ("LOCATION", ""),
        ("people", ""),
        ("SHOE_SIZE", ""),
    ],
)
def test_an_annotated_label_has_one_of_ours(label: str, name: str) -> None:
    assert ours(label) == name


def test_the_tables_do_not_contradict_each_other() -> None:
    assert not PLAIN & SENSITIVE.keys()
    assert set(SENSITIVE.values()) >= STRUCTURED


def test_structured_labels_are_labels_of_the_scrubber() -> None:
    assert set(PersonalDataScrubber().labels) >= STRUCTURED | {"NAME", "ADDRESS", "NUMBER"}


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("I lost it", True),
        ("i'm here", True),
        ("Where is My parcel?", True),
        ("please tell us what YOUR", False),
        ("Can you help?", True),
        ("yours", True),
        ("we’re late", True),
        ("The US and ME are in capitals", False),
        ("Mystery of the wet yellow house", False),
        ("", False),
    ],
)
def test_conversational_texts_have_a_word_of_the_first_or_second_person(text: str, is_so: bool) -> None:
    assert conversational(text) is is_so
