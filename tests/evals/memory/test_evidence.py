"""Where quotes stand."""

from __future__ import annotations

import pytest

from frontdesk.evals.memory.data import Question, Turn
from frontdesk.evals.memory.evidence import Located, normal, pieces

TURNS = [
    Turn("c", number, text, text, name, 0.0)
    for number, (name, text) in enumerate(
        [
            ("D1:1", "I planted seven apple trees, didn’t I?"),
            ("D1:2", "It’s behind the barn – the green one."),
            ("D1:3", "The barn is green and old; my sister painted it"),
            ("D1:4", "in the summer of 1999."),
        ]
    )
]


def asked(*evidence: str, answers: tuple[str, ...] = ()) -> Question:
    return Question("q", "s", "?", answers, evidence, None)


@pytest.mark.parametrize(
    ("word", "evidence", "places"),
    [
        ("word for word", ["planted seven apple trees"], [{0}]),
        ("other signs and capitals", ['"It\'s behind the Barn - the GREEN one!"'], [{1}]),
        ("dots between", ["I planted seven... the green one"], [{0}, {1}]),
        ("an ellipsis", ["seven apple trees… my sister painted it"], [{0}, {2}]),
        ("two quotes in one text", ['"seven apple trees" and also "behind the barn"'], [{0}, {1}]),
        ("several texts", ["seven apple trees", "behind the barn"], [{0}, {1}]),
        ("ids of turns", ["D1:3", "D1:1"], [{2}, {0}]),
        ("across two turns", ["my sister painted it in the summer"], [{2, 3}]),
        ("loosely", ["planted those seven big apple trees"], [{0}]),
        ("nowhere", ["a submarine surfaced near Oslo"], []),
        ("not part of a word", ["apple tree"], []),
        ("nothing", [], []),
    ],
)
def test_places(word: str, evidence: list[str], places: list[set[int]]) -> None:
    found = Located(TURNS).evidence(asked(*evidence))
    assert [one for one in found if one not in places] == [] and [one for one in places if one not in found] == [], word


def test_one_word_is_a_piece_only_where_it_is_all() -> None:
    assert pieces("green... my sister") == [" my sister "]
    assert pieces("Green.") == [" green "] and pieces("…") == []


@pytest.mark.parametrize(("answer", "there"), [("Seven", True), ("apple tree", False), ("1999", True), ("", False)])
def test_answers(answer: str, there: bool) -> None:
    assert Located(TURNS).answers(asked(answers=(answer,)), range(4)) is there


def test_normal() -> None:
    assert normal("It’s 3.50 €, Café!") == " its 3 50 café "
