"""Messages with labels: read whatever way they are labelled, split by id, and wrong lines named and not quoted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from frontdesk.errors import DataError
from frontdesk.evals.guard.data import Fields, Message, of_part, read_messages, read_ordinary


def write(path: Path, *records: Any) -> Path:
    target = path / "data.jsonl"
    target.write_text("".join(json.dumps(record) + "\n" for record in records))
    return target


@pytest.mark.parametrize(
    ("word", "label", "attack"),
    [
        ("one", 1, True), ("zero", 0, False), ("true", True, True), ("false", False, False), ("float", 1.0, True),
        ("float zero", 0.0, False), ("digit", "1", True), ("digit zero", "0", False), ("word", "injection", True),
        ("other case", "Jailbreak", True), ("blanks", " benign ", False), ("safe", "safe", False),
    ],
)  # fmt: skip
def test_labels_of_many_kinds(word: str, label: Any, attack: bool, tmp_path: Path) -> None:
    (found,) = read_messages(write(tmp_path, {"id": "a", "text": "x", "label": label}))
    assert found.attack is attack, word


@pytest.mark.parametrize(
    ("word", "record", "told"),
    [
        ("number", {"text": "hunter2", "label": 2}, "`label` must be 1 or 0"),
        ("half", {"text": "hunter2", "label": 0.5}, "`label` must be 1 or 0"),
        ("word", {"text": "hunter2", "label": "maybe"}, "--label-field names the field"),
        ("list", {"text": "hunter2", "label": [1]}, "`label` must be"),
        ("no text", {"label": 1}, "`text` must be a text; --text-field"),
        ("text is a number", {"text": 5, "label": 1}, "`text` must be a text"),
        ("id is a list", {"id": ["hunter2"], "text": "x", "label": 1}, "`id` must be a text or a whole number"),
        ("id is true", {"id": True, "text": "x", "label": 1}, "`id` must be"),
        ("label missing", {"text": "hunter2"}, "in every record or in none"),
        ("label null", {"text": "hunter2", "label": None}, "in every record or in none"),
    ],
)
def test_a_wrong_record_is_named_and_not_quoted(word: str, record: Any, told: str, tmp_path: Path) -> None:
    path = write(tmp_path, {"text": "fine", "label": 0}, record)
    with pytest.raises(DataError) as caught:
        read_messages(path)
    assert str(caught.value).startswith(f"{path}:2: "), word
    assert told in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_other_fields_and_no_ids(tmp_path: Path) -> None:
    path = write(
        tmp_path, {"prompt": "a", "kind": "attack", "category": "x", "source": "y"}, {"prompt": "b", "kind": 0}
    )
    found = read_messages(path, Fields("prompt", "kind"))
    assert found == [Message(1, "a", True, "x", "y"), Message(2, "b", False)]


def test_a_file_without_labels(tmp_path: Path) -> None:
    path = write(tmp_path, {"id": "a", "text": "x"}, {"id": "a", "text": "y"})
    assert [(message.id, message.attack) for message in read_messages(path)] == [("a", None), ("a", None)]
    with pytest.raises(DataError, match="no record has the field `kind`"):
        read_messages(path, Fields(label="kind"))


@pytest.mark.parametrize("reader", [read_messages, lambda path: read_ordinary(path, Fields())])
def test_an_empty_file_is_told(reader: Any, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no record; expected lines such as"):
        reader(write(tmp_path))


def test_ordinary_messages_are_no_attacks(tmp_path: Path) -> None:
    path = write(tmp_path, {"id": "a", "text": "x"}, {"id": "b", "text": "y", "label": 0})
    assert [(m.attack, m.file) for m in read_ordinary(path, Fields())] == [(False, "data.jsonl")] * 2
    with pytest.raises(DataError, match=r"data.jsonl:1: labelled as an attack"):
        read_ordinary(write(tmp_path, {"text": "x", "label": 1}), Fields())


@pytest.mark.parametrize(
    ("word", "identifier", "validation"),
    [
        # sha256sum of "frontdesk:deepset-0" ends in d (13), of "frontdesk:1" in c (12): divisible by four or not
        ("text", "deepset-0", False),
        ("number", 1, True),
    ],
)
def test_the_split_is_fixed(word: str, identifier: str | int, validation: bool) -> None:
    assert Message(identifier, "x", None).validation is validation, word


def test_the_parts_make_the_whole() -> None:
    messages = [Message(number, "x", None) for number in range(400)]
    fit, validation = of_part(messages, "fit"), of_part(messages, "validation")
    assert sorted(m.id for m in fit + validation) == sorted(m.id for m in of_part(messages, "all"))  # type: ignore[type-var]
    assert 70 < len(validation) < 130
