"""A follow-up is covered by a passage that holds what is new in it."""

from __future__ import annotations

import pytest

from frontdesk.graph.state import Passage
from frontdesk.nodes.recall.continuing import holds

SHOPS = Passage(page="stores", title="Our shops", url="", text="On bank holidays they open at 11:00.", score=0.9)


@pytest.mark.parametrize(
    ("word", "message", "expected"),
    [
        ("the same words", "and on bank holidays?", True),
        ("nothing new", "and then?", True),
        ("a foreign thing", "and is there a café?", False),
        ("an unknown word", "and xyzzyq?", False),
    ],
)
def test_holds(word: str, message: str, expected: bool) -> None:
    assert holds(message, SHOPS) is expected, word
