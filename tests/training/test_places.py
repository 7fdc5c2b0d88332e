"""Sentences about places: made by seed, every slot filled, nothing labelled."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("faker", reason="the extra `train` is not installed")

from frontdesk.training.places import mistyped, venues
from frontdesk.training.sentences import Sentence


def test_the_seed_decides_and_every_slot_is_filled() -> None:
    made = list(venues(1, 600))
    assert made == list(venues(1, 600)) != list(venues(2, 600))
    assert [one.text for one in made if re.search(r"[{}|]|^\s|\s$", one.text)] == []
    assert {one.spans for one in made} == {()}
    assert len({one.text for one in made}) > 450  # they differ


@pytest.mark.parametrize(
    "kind", [r"'s\b", r"(?i)\b(?:tue|fri|sat)\b", r"(?i)\b(?:greek|danish|welsh)\b", r"\b(?:ASAP|GBP|ETA)\b"]
)
def test_every_kind_is_there(kind: str) -> None:
    assert any(re.search(kind, one.text) for one in venues(1, 600))


def test_a_slip_changes_a_word_or_two_and_no_short_one() -> None:
    given = [Sentence("where is my parcel today"), Sentence("is it on")]
    made = [one.text for one in mistyped(1, given, 200)]
    assert len(made) == 200
    assert "is it on" in made
    slipped = [text for text in made if not text.startswith("is")]
    assert all(text.split()[1:3] == ["is", "my"] for text in slipped)
    assert sum(text == given[0].text for text in slipped) < len(slipped) / 5  # a swap of equal letters changes nothing
    assert len(set(slipped)) > 30
