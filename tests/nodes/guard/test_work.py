"""The work of tier 1 on hostile texts: counted in calls and in characters, it grows with the length and no faster."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest

from frontdesk.nodes.guard.sentences import sentences
from frontdesk.nodes.guard.views import DECODED, LIMIT, VIEWS, View, views
from tests.support.benign_prose import prose
from tests.support.hostile_inputs import PIECES, hostile

LENGTH = 3_000
SHORT, LONG = hostile(LENGTH), hostile(2 * LENGTH)
# what is started once per text, whatever its length
FIXED = 4_000


def _counted(text: str) -> tuple[int, tuple[View, ...]]:
    """Return the calls of Python and C functions that reading ``text`` takes, and the views."""
    calls = 0

    def count(frame: FrameType, event: str, arg: Any) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        found = views(text)
    finally:
        sys.setprofile(before)
    return calls, found


@pytest.mark.parametrize("name", PIECES)
def test_twice_the_length_is_at_most_twice_the_work(name: str) -> None:
    short, _ = _counted(SHORT[name])
    long, _ = _counted(LONG[name])

    assert long <= 2.2 * short + FIXED


@pytest.mark.parametrize("name", PIECES)
def test_views_of_a_hostile_text_are_few(name: str) -> None:
    found = views(LONG[name])

    assert len(found) <= 2 * VIEWS + 1
    assert sum(len(view.text) for view in found) <= 12 * len(LONG[name]) + DECODED


def test_an_ordinary_text_is_read_once() -> None:
    assert [view.kind for view in views(prose(8_000))] == ["plain"]
    assert [view.kind for view in views("Where is my order 10482? It should have come on Monday.")] == ["plain"]


def test_a_text_of_any_length_is_cut() -> None:
    found = views("An ordinary sentence. " * 20_000)

    assert max(len(view.text) for view in found) <= LIMIT + 1


def test_sentences_of_a_hostile_text_are_bounded() -> None:
    assert max(len(sentences(text)) for text in LONG.values()) <= 2 * LENGTH
