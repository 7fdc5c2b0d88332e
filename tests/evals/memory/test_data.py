"""Talks and questions as they are read, and what is said of broken ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from frontdesk.errors import DataError
from frontdesk.evals.memory.data import read_questions, read_talks, sentences
from tests.evals.memory.material import QUESTIONS, TALKS, written


def test_turns_of_both_forms(tmp_path: Path) -> None:
    talks = read_talks(written(tmp_path / "c.jsonl", TALKS))
    garden = talks["garden"]
    assert [(turn.conversation, turn.number) for turn in garden] == [
        ("g1", 0),
        ("g1", 1),
        ("g1", 2),
        ("g2", 0),
        ("g2", 1),
    ]
    assert garden[3].spoken == "The mower broke in the shed." and garden[4].spoken.startswith("Olga: I repaired")
    assert garden[4].text == "I repaired it with a belt from Turin."


def test_without_ids_and_scenarios(tmp_path: Path) -> None:
    talks = read_talks(written(tmp_path / "c.jsonl", [{"turns": ["a"]}, {"turns": ["b"]}]))
    assert [turn.conversation for turn in talks[""]] == ["line 1", "line 2"]
    asked = read_questions(written(tmp_path / "q.jsonl", [{"question": "a?"}]), talks)
    assert (asked[0].id, asked[0].answers, asked[0].evidence, asked[0].at) == ("line 1", (), (), None)


@pytest.mark.parametrize(
    ("given", "at"),
    [({"at": 5}, 5.0), ({"date": "1970-01-02"}, 86400.0), ({"date": "1970-01-02T01:00:00+01:00"}, 86400.0), ({}, 0.0)],
)
def test_times(tmp_path: Path, given: dict[str, Any], at: float) -> None:
    talk = {"id": "a", "turns": ["x", {"text": "y", "at": 9}], **given}
    turns = read_talks(written(tmp_path / "c.jsonl", [talk]))[""]
    assert [turn.at for turn in turns] == [at, 9.0]


@pytest.mark.parametrize(
    ("word", "records", "told"),
    [
        ("none", [], "no turn in it"),
        ("no turns", [{"id": "a"}], "c.jsonl:1: turns is missing"),
        ("turns as text", [{"turns": "a"}], "c.jsonl:1: turns is missing or no list"),
        ("a number as a turn", [{"turns": ["a", 3]}], r"c.jsonl:1: turns\[1\]: neither a string"),
        ("a turn without text", [{"turns": [{"role": "user"}]}], r"turns\[0\]"),
        ("an id twice", [{"id": "a", "turns": ["x"]}, {"id": "a", "turns": ["y"]}], "c.jsonl:2: the id"),
        ("a list as id", [{"id": [], "turns": ["x"]}], "id is neither"),
        ("no date", [{"turns": ["x"], "date": "soon"}], "at or date"),
        ("a list as date", [{"turns": ["x"], "at": []}], "at or date"),
        ("no object", [["x"]], "c.jsonl:1: a JSON list"),
    ],
)
def test_broken_talks(tmp_path: Path, word: str, records: list[Any], told: str) -> None:
    with pytest.raises(DataError, match=told):
        read_talks(written(tmp_path / "c.jsonl", records))


@pytest.mark.parametrize(
    ("word", "records", "told"),
    [
        ("none", [], "no question in it"),
        ("no question", [{"scenario": "garden"}], "q.jsonl:1: question is missing"),
        ("an empty one", [{"scenario": "garden", "question": " "}], "question is missing"),
        ("nobody talked", [QUESTIONS[0], {"scenario": "sea", "question": "a"}], "q.jsonl:2: no conversation"),
        ("answers of objects", [{**QUESTIONS[0], "answers": [{}]}], "answers must be"),
        ("evidence as an object", [{**QUESTIONS[0], "evidence": {}}], "evidence must be"),
    ],
)
def test_broken_questions(tmp_path: Path, word: str, records: list[Any], told: str) -> None:
    with pytest.raises(DataError, match=told):
        read_questions(written(tmp_path / "q.jsonl", records), {"garden": [], "music": []})


def test_sentences_as_turns(tmp_path: Path) -> None:
    cut = sentences(read_talks(written(tmp_path / "c.jsonl", TALKS)))["garden"]
    assert [(turn.conversation, turn.number) for turn in cut] == [*(("g1", n) for n in range(5)), ("g2", 0), ("g2", 1)]
    assert cut[1].text == cut[1].spoken == "I planted seven apple trees behind the barn."
