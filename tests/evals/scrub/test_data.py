"""Annotated texts: checked line by line, first and last name joined, split by template."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from frontdesk.errors import DataError
from frontdesk.evals.scrub.data import Annotated, Span, joined, read_texts


def write(path: Path, *records: dict[str, Any]) -> Path:
    target = path / "data.jsonl"
    target.write_text("".join(json.dumps(record) + "\n" for record in records))
    return target


def test_a_file_is_read(tmp_path: Path) -> None:
    span = {"start": 0, "end": 4, "label": "PERSON", "value": "Anna", "raw_label": "x"}
    path = write(
        tmp_path, {"id": 7, "text": "Anna", "spans": [span], "template": "{P}"}, {"id": "b", "text": "", "spans": []}
    )
    assert read_texts(path) == [Annotated(7, "Anna", (Span(0, 4, "PERSON"),), "{P}"), Annotated("b", "", ())]


def test_texts_need_no_annotations(tmp_path: Path) -> None:
    assert read_texts(write(tmp_path, {"id": "a", "text": "x", "intent": "y"})) == [Annotated("a", "x", None)]


GOOD = {"id": "a", "text": "Anna", "spans": [{"start": 0, "end": 4, "label": "PERSON"}]}


@pytest.mark.parametrize(
    ("word", "change", "told"),
    [
        ("no id", {"id": None}, "`id` must be a text or a whole number"),
        ("id true", {"id": True}, "`id` must be"),
        ("no text", {"text": None}, "`text` must be a text"),
        ("spans no list", {"spans": {}}, "`spans` must be a list"),
        ("span no object", {"spans": [3]}, "spans[0] must be an object"),
        ("no label", {"spans": [{"start": 0, "end": 4}]}, "spans[0] must be an object"),
        ("empty label", {"spans": [{"start": 0, "end": 4, "label": ""}]}, "spans[0] must be an object"),
        ("empty span", {"spans": [{"start": 2, "end": 2, "label": "P"}]}, "0 <= start < end <= 4"),
        ("beyond the text", {"spans": [{"start": 0, "end": 5, "label": "P"}]}, "0 <= start < end <= 4"),
        ("negative", {"spans": [{"start": -1, "end": 4, "label": "P"}]}, "0 <= start < end <= 4"),
        ("fraction", {"spans": [{"start": 0.0, "end": 4, "label": "P"}]}, "0 <= start < end <= 4"),
        ("second of two", {"spans": [*GOOD["spans"], 3]}, "spans[1]"),  # type: ignore[misc]
        ("same id", {"id": "first"}, "its id comes a second time"),
        ("spans missing", {"spans": None}, "in every record or in none"),
    ],
)
def test_a_wrong_record_is_named(word: str, change: dict[str, Any], told: str, tmp_path: Path) -> None:
    path = write(tmp_path, {**GOOD, "id": "first"}, {**GOOD, **change})
    with pytest.raises(DataError) as caught:
        read_texts(path)
    assert str(caught.value).startswith(f"{path}:2: "), word
    assert told in str(caught.value)


def test_an_empty_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no record; expected lines such as"):
        read_texts(write(tmp_path))


NAME = "table for Jane van Doe, please"


@pytest.mark.parametrize(
    ("word", "spans", "result"),
    [
        ("side by side", [(10, 14, "first_name"), (15, 22, "last_name")], [(10, 22, "first_name+last_name")]),
        ("last name first", [(10, 14, "last_name"), (15, 22, "first_name")], [(10, 22, "last_name+first_name")]),
        ("apart", [(10, 14, "first_name"), (19, 22, "last_name")], [(10, 14, "first_name"), (19, 22, "last_name")]),
        ("twice the same", [(10, 14, "first_name"), (15, 22, "first_name")], [(10, 14, "first_name"), (15, 22, "first_name")]),
        ("one name has two parts", [(10, 14, "first_name"), (15, 18, "last_name"), (19, 22, "last_name")], [(10, 18, "first_name+last_name"), (19, 22, "last_name")]),
        ("other labels", [(10, 14, "PERSON"), (15, 22, "PERSON")], [(10, 14, "PERSON"), (15, 22, "PERSON")]),
        ("nothing", [], []),
    ],
)  # fmt: skip
def test_first_and_last_name_side_by_side_are_one_name(word: str, spans: list[Any], result: list[Any]) -> None:
    assert joined(NAME, [Span(*span) for span in spans]) == [Span(*span) for span in result], word


def test_the_split_keeps_texts_of_one_template_together(tmp_path: Path) -> None:
    records = [{"id": str(n), "text": "x", "spans": [], "template": f"template {n % 60}"} for n in range(300)]
    path = write(tmp_path, *records)
    fit, validation = read_texts(path, "fit"), read_texts(path, "validation")
    assert len(fit) + len(validation) == len(read_texts(path)) == 300
    assert not {text.template for text in fit} & {text.template for text in validation}
    assert 12 <= len({text.template for text in validation}) <= 28


@pytest.mark.parametrize(
    ("word", "text", "validation"),
    [
        # sha256("frontdesk:a") mod 3 is 2, of "frontdesk:c" 0: computed with sha256sum
        ("by id", Annotated("a", "x", ()), False),
        ("by another id", Annotated("c", "x", ()), True),
        ("the template goes first", Annotated("a", "x", (), "c"), True),
    ],
)
def test_the_split_is_fixed(word: str, text: Annotated, validation: bool) -> None:
    assert text.validation is validation, word
