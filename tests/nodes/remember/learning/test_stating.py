"""Which messages do nothing but tell something of their writer."""

from __future__ import annotations

import pytest

from frontdesk.nodes.remember.learning.stating import states_only

ONLY = [
    ("I prefer email", ["contact.channel"]),
    ("I moved to Leeds.", ["address.town"]),
    ("please keep it short from now on", ["reply.length"]),
    ("Hi, I'm retired", ["work.status"]),
    ("just so you know, I live in a flat without a lift", ["home.kind", "home.lift"]),
    ("we moved to Leeds last week, thanks", ["address.town"]),
    ("I live in York and we have two cats. Thanks!", ["address.town", "pets.cat"]),
    ("I'm no longer vegetarian", ["diet"]),
    ("I'm allergic to nuts", ["health.allergy.nut"]),
    ("Ich wohne in Berlin", ["address.town"]),
    ("Hello!\nI work nights", ["work.hours"]),
]
MORE = [
    ("a question", "I prefer email, where is my order 10482?"),
    ("a question without its sign", "I live in York, how long does delivery take"),
    ("a request", "I moved to Leeds, please change my address"),
    ("a request in the same breath", "I live in York can you deliver the lamp there"),
    ("a number", "I prefer email for order 10482"),
    ("a complaint", "I have two cats and the sofa arrived broken"),
    ("a supposition beside it", "I live in York. If I moved, would you deliver"),
    ("another's word", "she says I live in York"),
    ("a wish to forget", "forget that I live in York"),
    ("a secret beside it", "I prefer email. My password is <SECRET_1>"),
    ("courtesy alone", "thank you very much"),
    ("an order", "cancel my order"),
    ("nothing", ""),
    ("a long tale", "I live in York " + "and the story of my life is long " * 80),
]


@pytest.mark.parametrize(("text", "about"), ONLY, ids=[text for text, _ in ONLY])
def test_states_only(text: str, about: list[str]) -> None:
    assert sorted(note["about"] for note in states_only(text)) == sorted(about)


@pytest.mark.parametrize("text", [text for _, text in MORE], ids=[why for why, _ in MORE])
def test_wants_more(text: str) -> None:
    assert states_only(text) == []
