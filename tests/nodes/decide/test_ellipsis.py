"""What leans on the message before, a row per way of saying it."""

import pytest

from frontdesk.nodes.decide.ellipsis import (
    asks_more,
    continues,
    has_pronoun_only,
    is_fragment,
    names_only_a_value,
    points_back,
)


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("10915", True),  # bare
        ("what about 10915?", True),  # led in
        ("and order number 10915 please", True),  # named
        ("and <EMAIL_1>?", True),  # masked
        ("cancel 10915", False),  # a request
        ("where is 10915", False),  # a question of its own
        ("what about it", False),  # no value
        ("", False),
    ],
)
def test_only_a_value(text: str, only: bool) -> None:
    assert names_only_a_value(text) is only


@pytest.mark.parametrize(
    ("text", "leans"),
    [
        ("and how long does it take?", True),
        ("what about Sweden?", True),
        ("ok and who pays for it", True),  # behind a filler
        ("how long does delivery take?", False),
        ("android phones, do you sell them", False),  # a longer word
        ("and now I would like to hear everything about your Club programme", False),  # says what it is about
    ],
)
def test_continuations(text: str, leans: bool) -> None:
    assert continues(text) is leans


@pytest.mark.parametrize(
    ("text", "points"),
    [("and how long does it take?", True), ("and when are you open", False), ("what about that lamp", False)],
)
def test_pointing_back(text: str, points: bool) -> None:
    assert points_back(text) is points


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("and for sofas?", True),
        ("and on the lamps", True),
        ("and the cancelled ones?", True),
        ("what about the open ones", True),
        ("for sofas I want a refund", False),  # no continuation
        ("and in which shops can I buy the new chairs", False),  # a question
        ("and cancel it", False),  # a verb
    ],
)
def test_fragments(text: str, fragment: bool) -> None:
    assert is_fragment(text) is fragment


@pytest.mark.parametrize(
    ("text", "short", "more"),
    [
        ("how do I ask for it", True, True),
        ("can I use them", True, True),
        ("how is it going", True, False),  # no question about the matter
        ("is it going to rain", True, False),
        ("how do I reset the password of my account with it", False, False),  # long
        ("how do refunds work", False, False),  # no pronoun
    ],
)
def test_questions_about_what_was_said(text: str, short: bool, more: bool) -> None:
    assert (has_pronoun_only(text), asks_more(text)) == (short, more)
