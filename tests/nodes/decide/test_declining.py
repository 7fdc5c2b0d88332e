"""A no to a proposal in other words than a bare one; what names anything of its own is none."""

from __future__ import annotations

import pytest

from frontdesk.nodes.decide.answers import bare_answer, is_drop
from frontdesk.nodes.decide.declining import declines, declines_the_rest


@pytest.mark.parametrize(
    "text",
    [
        "no wait, don't",
        "no ffs I changed my mind",
        "hmm, not now",
        "noo",
        "NOOOO!!!",
        "nah man",
        "yes. no wait, stop",
        "hmm no keep the old one",
        "right, but leave it for now",
        "no, and forget the exchange too",
        "ok no",
        "don’t do that",
        "non merci",
        "nein danke",
        "n",
    ],
)
def test_a_no(text: str) -> None:
    assert declines(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("no yes", "a yes at the end"),
        ("no, the lamps", "another item"),
        ("no, 10377", "another number"),
        ("no, wrong item", "another reason"),
        ("no i meant exchange it", "another request"),
        ("keep the lamp, return the rug", "another item"),
        ("yes but not the whole order", "a condition"),
        ("no?", "a question"),
        ("hmm maybe", "no refusal"),
        ("I changed my mind", "a reason, without a no"),
        ("stop by tomorrow", "an appointment"),
        ("yes", "a yes"),
        ("", "nothing"),
        ("no " * 60, "longer than any answer"),
    ],
)
def test_no_no(text: str, why: str) -> None:
    assert not declines(text), why


def test_a_no_to_what_waits_as_well() -> None:
    assert declines_the_rest("no, and forget the exchange too")
    assert not declines_the_rest("no, forget it")


@pytest.mark.parametrize("text", ["👍", "👍🏽", " 👌 ", "✅", "👍👍"])
def test_a_sign_alone_is_a_yes(text: str) -> None:
    assert bare_answer(text) == "yes"


@pytest.mark.parametrize("text", ["👎", "👍👎", "🙂", "👍?", "🙏"])
def test_other_signs_are_none(text: str) -> None:
    assert bare_answer(text) == ""


@pytest.mark.parametrize(
    ("text", "dropped"),
    [
        ("forget the address", True),
        ("never mind the return then", True),
        ("forget the address, send it to the shop", False),
        ("forget the address?", False),
        ("did you forget the address", False),
    ],
)
def test_what_is_dropped_by_its_name(text: str, dropped: bool) -> None:
    assert is_drop(text) is dropped
