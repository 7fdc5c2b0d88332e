"""The many ways to say the same of oneself (``ways.yaml``), and what only sounds like it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from frontdesk.nodes.remember.learning.notes import notes_of

WAYS: dict[str, Any] = YAML(typ="safe").load(Path(__file__).with_name("ways.yaml").read_text(encoding="utf-8"))
TOLD = [(about, of["holds"], way) for about, of in WAYS["told"].items() for way in of["ways"]]
ENDED = [(about, way) for about, ways in WAYS["ended"].items() for way in ways]


def sentence(way: str) -> str:
    return f"{way[:1].upper()}{way[1:]}."


def test_there_are_many() -> None:
    assert (len(TOLD) > 280, len(ENDED) > 30, len(WAYS["never"]) > 130) == (True, True, True)


@pytest.mark.parametrize(("about", "holds", "way"), TOLD, ids=[way for _, _, way in TOLD])
def test_told(about: str, holds: str, way: str) -> None:
    found = {note["about"]: note for note in notes_of(sentence(way))}
    assert about in found
    assert holds.casefold() in found[about]["text"].casefold()


@pytest.mark.parametrize(("about", "way"), ENDED, ids=[way for _, way in ENDED])
def test_ended(about: str, way: str) -> None:
    found = {note["about"]: note for note in notes_of(sentence(way))}
    assert found[about].get("ended")


@pytest.mark.parametrize("text", WAYS["never"])
def test_never_told(text: str) -> None:
    assert notes_of(text) == []


@pytest.mark.parametrize("way", WAYS["unread"])
def test_what_is_not_read_is_not_read_wrongly(way: str) -> None:
    assert not {note["about"] for note in notes_of(sentence(way))} & set(WAYS["told"])
