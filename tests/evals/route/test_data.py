"""Messages with intents: read, refused, sampled."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.errors import DataError
from frontdesk.evals.route.data import (
    check_enough,
    declared,
    placed,
    read_messages,
    read_outside,
    shots,
    split,
)
from tests.evals.route.material import WORDS, strangers, training


def test_a_message_of_no_intent_is_known_by_several_signs(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text(
        '{"text": "a", "intent": "pay", "id": 7}\n\n{"text": "b", "intent": null}\n{"text": "c", "intent": "OOS"}\n'
        '{"text": "d", "intent": "pay", "oos": true}\n{"text": "e", "oos": true}\n'
    )
    found = read_messages(path)
    assert [(one.id, one.intent, one.origin) for one in found] == [
        (7, "pay", "in"), (3, None, "far"), (4, None, "far"), (5, None, "far"), (6, None, "far"),
    ]  # fmt: skip
    assert [one.text for one in read_messages(path, outside=False)] == ["a"]


@pytest.mark.parametrize(
    ("word", "line", "told"),
    [
        ("no text", '{"intent": "a"}', ":2: `text` must be a text"),
        ("no intent", '{"text": "secret words"}', ":2: `intent` is missing"),
        ("an intent that is a number", '{"text": "secret words", "intent": 3}', ":2: `intent` must be a name"),
        ("an empty intent", '{"text": "secret words", "intent": " "}', ":2: `intent` must be a name"),
        ("oos as a word", '{"text": "secret words", "intent": "a", "oos": "no"}', ":2: `oos` must be true or false"),
        ("a bad id", '{"text": "secret words", "intent": "a", "id": 1.5}', ":2: `id` must be"),
        ("not JSON", "secret words", ":2: not JSON"),
    ],
)
def test_a_broken_line_is_named_and_not_quoted(word: str, line: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text('{"text": "fine", "intent": "a"}\n' + line + "\n")
    with pytest.raises(DataError) as caught:
        read_messages(path)
    assert told in str(caught.value) and "secret" not in str(caught.value), word


def test_an_empty_file_says_what_is_expected(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text("\n")
    for read in (read_messages, read_outside):
        with pytest.raises(DataError, match="no record; expected lines such as"):
            read(path)


def test_strangers_are_strangers_whatever_they_say(tmp_path: Path) -> None:
    path = tmp_path / "o.jsonl"
    path.write_text('{"text": "a", "intent": "pay"}\n')
    assert [(one.intent, one.origin, one.id) for one in read_outside(path)] == [(None, "far", 1)]


def test_undeclared_and_unknown_intents(tmp_path: Path) -> None:
    every = read_messages(training(tmp_path / "t.jsonl"))
    near = placed(tmp_path / "t.jsonl", every, {"pay_bill"}, set(WORDS))
    assert {one.origin for one in near if one.intent is None} == {"near"}
    assert {one.intent for one in near} == {"pay_bill", None}
    with pytest.raises(DataError, match=r"t\.jsonl:1: the intent is in no training record"):
        placed(tmp_path / "t.jsonl", every, {"pay_bill"}, {"pay_bill"})


def test_one_example_is_not_enough(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text('{"text": "a", "intent": "x"}\n{"text": "b", "intent": "x"}\n{"text": "c", "intent": "y"}\n')
    with pytest.raises(DataError, match=r"t\.jsonl:3: the only example"):
        check_enough(path, read_messages(path))


def test_samples_follow_the_seed(tmp_path: Path) -> None:
    every = read_messages(training(tmp_path / "t.jsonl"))
    first, again, other = (shots(every, 2, seed) for seed in (1, 1, 2))
    assert first == again != other
    assert all(sum(one.intent == name for one in first) == 2 for name in WORDS)
    assert shots(every, 99, 1) == every
    assert len(declared(every, 2, 1)) == 2 and declared(every, 0, 1) == sorted(WORDS)


def test_a_split_loses_nothing_and_leaves_two_of_each(tmp_path: Path) -> None:
    every = read_messages(training(tmp_path / "t.jsonl"))
    fitted, held = split(every, 1 / 3, 5)
    assert len(held) == 8 and sorted((*fitted, *held), key=lambda one: one.line) == every
    assert split(every, 1 / 3, 5) == (fitted, held) != split(every, 1 / 3, 6)
    most, _ = split(every, 0.9, 0)
    assert all(sum(one.intent == name for one in most) == 2 for name in WORDS)


def test_strangers_file(tmp_path: Path) -> None:
    assert [one.id for one in read_outside(strangers(tmp_path / "o.jsonl"))] == ["s0", "s1", "s2", "s3"]
