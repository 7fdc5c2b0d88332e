"""Which memories a customer means when something is to be forgotten."""

from __future__ import annotations

import pytest

from frontdesk.graph.memories import Memory
from frontdesk.nodes.remember.learning.matching import meant, present

HERE, THERE = "a" * 32, "b" * 32


def memory(name: str, about: str, text: str, thread: str = THERE, turn: int = 1) -> Memory:
    return Memory(id=name, kind="fact", about=about, text=text, at=1.0, thread=thread, turn=turn, confidence=1, source="customer")  # fmt: skip


HELD = [
    memory("town", "address.town", "lives in York"),
    memory("cats", "pets.cat", "has 2 cats"),
    memory("dog", "pets.dog", "has 1 dog"),
    memory("diet", "diet", "is vegetarian", HERE, 2),
    memory("shoe", "size.shoe", "has shoe size 42", HERE, 3),
    memory("mail", "contact.channel", "prefers email"),
    Memory(**{**memory("old", "address.town", "lives in Leeds"), "ended": 2.0}),
]
MEANT = [
    ("forget that I'm vegetarian", ["diet"]),
    ("forget my address", ["town"]),
    ("forget where I live", ["town"]),
    ("please forget that I have two cats", ["cats"]),
    ("forget about my pets", ["cats", "dog"]),
    ("forget the second one", ["cats"]),
    ("forget number 3", ["dog"]),
    ("forget 1 and 3", ["town", "dog"]),
    ("forget the last one", ["mail"]),
    ("forget the first two", ["town", "cats"]),
    ("please forget the first two notes", ["town", "cats"]),
    ("delete the last three", ["diet", "shoe", "mail"]),
    ("forget 2 to 4", ["cats", "dog", "diet"]),
    ("forget numbers 1, 2 and 6", ["town", "cats", "mail"]),
    ("delete the first and the third", ["town", "dog"]),
    ("forget all but the second", ["town", "dog", "diet", "shoe", "mail"]),
    ("forget everything except number 1", ["cats", "dog", "diet", "shoe", "mail"]),
    ("forget everything except my diet", ["town", "cats", "dog", "shoe", "mail"]),
    ("forget everything but 1 and 3", ["cats", "diet", "shoe", "mail"]),
    ("forget everything except my birthday", []),
    ("forget the first two cats", ["cats"]),
    ("forget that I live on the third floor", ["town"]),
    ("remove the note about my shoe size", ["shoe"]),
    ("delete the note that I prefer email", ["mail"]),
    ("delete all your notes about me", ["town", "cats", "dog", "diet", "shoe", "mail"]),
    ("don't remember this", ["shoe"]),
    ("forget what I just said", ["shoe"]),
    ("don't remember that I'm vegetarian", ["diet"]),
    ("forget number 9", []),
    ("forget my birthday", []),
    ("forget that I lived in Leeds", ["town"]),
]
WITH_AN_ERRAND = [
    *HELD,
    Memory(**{**memory("errand", "", "change the delivery address of order 10482"), "kind": "episode"}),
]
NO_WISH = [
    "I live in York and have two cats",
    "I'm vegetarian",
    "don't forget that I'm vegetarian",
    "never delete the note about my cats",
    "the second one, where is that?",
    "",
]


@pytest.mark.parametrize(("what", "names"), MEANT, ids=[what for what, _ in MEANT])
def test_meant(what: str, names: list[str]) -> None:
    assert [found["id"] for found in meant(what, HELD, HERE)] == names


@pytest.mark.parametrize("what", NO_WISH)
def test_nothing_is_meant_without_a_wish_to_forget(what: str) -> None:
    assert meant(what, HELD, HERE) == []


def test_what_ended_is_not_listed() -> None:
    assert "old" not in [each["id"] for each in present(HELD)]


@pytest.mark.parametrize(("what", "names"), [("forget my address", ["town"]), ("forget order 10482", ["errand"])])
def test_what_they_told_of_themselves_goes_before_what_they_came_for(what: str, names: list[str]) -> None:
    assert [found["id"] for found in meant(what, WITH_AN_ERRAND, HERE)] == names
