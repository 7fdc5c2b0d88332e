"""Annoyance in words and form, and what is left of it a turn later."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from frontdesk.desk.config import Handoff
from frontdesk.nodes.route.mood import DECAY, annoyance, mood_after
from tests.nodes.route.annoyed import ANNOYED, CALM

BOUND = Handoff().mood
DATA = Path(os.environ.get("FRONTDESK_DATA", "../shared/data"))

ROWS = [
    ("nothing", "where is my order 10482?", 0.0, 0.0),
    ("outrage", "this is a disgrace", BOUND, 1.0),
    ("taken back", "this is not a disgrace at all", 0.0, 0.1),
    ("impatience", "I am still waiting for an answer", 0.3, 0.79),
    ("impatience twice", "still waiting, and nobody answers", BOUND, 1.0),
    ("impatience, shouted", "STILL NOTHING!!!", BOUND, 1.0),
    ("an insult said to us", "you are all idiots", BOUND, 1.0),
    ("an insult reported", "the driver called me an idiot", 0.0, 0.1),
    ("an insult of a thing", "the old lamp looks idiotic", 0.0, 0.1),
    ("capitals alone", "MY ORDER IS 10482 PLEASE CANCEL IT", 0.1, 0.79),
    ("signs alone", "hello?!", 0.1, 0.79),
    ("capitals and signs alone", "WHERE IS IT???", 0.1, 0.79),
    ("pleased", "THANK YOU SO MUCH!!!", 0.0, 0.0),
    ("pleased and outraged", "thanks for nothing, you are pathetic", BOUND, 1.0),
    ("placeholders are no shouting", "please write to <EMAIL_1> or <EMAIL_2>", 0.0, 0.0),
    ("accents are read over", "c'est inadmissible", BOUND, 1.0),
    ("a curly apostrophe", "I’ve had enough", BOUND, 1.0),
    ("empty", "", 0.0, 0.0),
]


@pytest.mark.parametrize(("text", "least", "most"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_annoyance(text: str, least: float, most: float) -> None:
    assert least <= annoyance(text) <= most


def test_our_annoyed_and_calm_messages() -> None:
    assert len(ANNOYED) >= 140
    held_back = ANNOYED[1::2]
    assert sum(annoyance(text) >= BOUND for text in held_back) >= 0.85 * len(held_back)
    assert [text for text in CALM if annoyance(text) >= BOUND] == []


@pytest.mark.parametrize("language", ["frechheit", "inadmissible", "vergüenza", "vergogna", "schande", "vergonha"])
def test_every_language_has_words(language: str) -> None:
    assert annoyance(language) >= BOUND


@pytest.mark.parametrize("name", ["banking77", "clinc150"])
def test_few_ordinary_messages_look_annoyed(name: str) -> None:
    path = DATA / name / "train.jsonl"
    if not path.exists():
        pytest.skip("no FRONTDESK_DATA")
    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()][::4]
    assert sum(annoyance(text) >= BOUND for text in texts) < 0.005 * len(texts)


def test_a_long_message_is_read_in_bounded_time() -> None:
    assert annoyance("calm words " * 100_000 + "this is a disgrace") == 0.0


@pytest.mark.parametrize(
    ("text", "before", "mood"),
    [
        ("where is it", 0.0, 0.0),
        ("where is it", 0.9, round(0.9 * DECAY, 2)),
        ("where is it", 0.06, 0.0),
        ("this is a disgrace", 0.0, 0.82),
    ],
)
def test_mood_decays(text: str, before: float, mood: float) -> None:
    assert mood_after(text, before) == mood


def test_annoyance_adds_up_over_turns_but_calm_never_reaches_the_bound() -> None:
    once = mood_after("still no answer", 0.0)
    assert once < BOUND <= mood_after("I already told you that!!", once)
    assert mood_after("order 10482", 1.0) < BOUND
