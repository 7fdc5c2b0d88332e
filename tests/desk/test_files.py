"""Reading YAML and front matter: values, lines, and what is not allowed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from frontdesk.desk.files import MAX_BYTES, Document, parse_markdown, parse_yaml, read_text
from frontdesk.errors import Fault


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: no", "no"),  # YAML 1.1 would say False
        ("a: 2024-01-31", "2024-01-31"),  # dates stay text, as in JSON
        ("a: 010", 10),  # no octal by accident
        ("a: 0x1F", 31),  # hexadecimal
        ("a: 1_000", 1000),  # grouped
        ("a: -0.5e3", -500.0),  # float
        ("a: true", True),  # boolean
        ("a: ~", None),  # null
        ("a: 12:30", "12:30"),  # no sexagesimal
        ("a: '5'", "5"),  # quoted number
        ("a: |\n  x\n  y\n", "x\ny\n"),  # block text
        ('a: "\\u00e9"', "é"),  # escape
    ],
)
def test_values_are_those_of_json(text: str, value: Any) -> None:
    document = parse_yaml(text, "f.yaml")
    assert isinstance(document, Document)
    assert document.data == {"a": value}
    assert type(document.data["a"]) is type(value)
    assert document.faults == ()


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "empty"),  # nothing
        ("# only a comment\n", 1, "empty"),  # comment
        ("- a\n- b\n", 1, "not a mapping"),  # list
        ("just text", 1, "not a mapping"),  # text
        ("a: 1\nb:\n\tc: 2\n", 3, "a tab"),  # tab
        ("a: 1\nb: 'x\nc: 2\n", 2, "unexpected end"),  # open quote
        ("a: b: c\n", 1, "not allowed here"),  # two colons
        ("a: 1\n---\nb: 2\n", 2, "second YAML document"),  # two documents
        ("a: 1\nb: \x01\n", 2, "control character"),  # control character
        ("a: 1\nb: @x\n", 2, "cannot start"),  # reserved
        ("a: " + "[" * 5000, 1, "too deeply"),  # bottomless
    ],
)
def test_a_syntax_error_names_its_line(text: str, line: int, words: str) -> None:
    fault = parse_yaml(text, "f.yaml")
    assert isinstance(fault, Fault)
    assert (fault.line, words in fault.problem) == (line, True), fault


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "stands twice (first in line 1)"),  # duplicate key
        ("a:\n  b: 1\n  b: 2\n", 3, "stands twice (first in line 2)"),  # nested duplicate
        ("a: &x 1\nb: *x\n", 2, "alias"),  # alias
        ("a: &x [*x]\n", 1, "alias"),  # an alias into itself
        ("a: !!python/object:os.system 1\n", 1, "tag"),  # object
        ("a: {<<: {b: 1}}\n", 1, "key is not text"),  # merge
        ("1: a\n", 1, "key is not text"),  # number as key
        ("a: .inf\n", 1, "no usable"),  # endless
        ("a: .nan\n", 1, "no usable"),  # no number
        ("a: " + "9" * 5000, 1, "no usable"),  # thousands of digits
        ('a: "\\ud800"\n', 1, "surrogate"),  # half a character
        ("a: " + "[" * 70 + "]" * 70, 1, "too deeply"),  # deep
    ],
)
def test_what_is_not_allowed_is_told_and_the_rest_is_read(text: str, line: int, words: str) -> None:
    document = parse_yaml(text, "f.yaml")
    assert isinstance(document, Document)
    wanted = words.replace("no usable", "not a usable number")
    assert [(fault.line, wanted in fault.problem) for fault in document.faults] == [(line, True)], document.faults


def test_every_value_knows_its_line() -> None:
    document = parse_yaml("a: 1\nb:\n  - x: 1\n    y: 2\n  - {z: 3}\n", "f.yaml", first_line=10)
    assert isinstance(document, Document)
    assert document.line("a") == 10
    assert document.line("b", 0, "y") == 13
    assert document.line("b", 1, "z") == 14
    assert document.line("b", 0, "absent", 5) == 12


def test_front_matter_and_body_know_their_lines() -> None:
    document = parse_markdown("---\nid: a\nid: b\n---\n\n\n# Title\ntext\n", "f.md")
    assert isinstance(document, Document)
    assert document.data == {"id": "a"}
    assert [fault.line for fault in document.faults] == [3]
    assert (document.body, document.body_line) == ("# Title\ntext", 7)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no front matter"),  # empty
        ("# Title\n", "no front matter"),  # none
        ("---\nid: a\n", "not closed"),  # open
        ("---\n---\ntext", "empty"),  # nothing in it
    ],
)
def test_front_matter_must_be_there_and_closed(text: str, words: str) -> None:
    fault = parse_markdown(text, "f.md")
    assert isinstance(fault, Fault)
    assert words in fault.problem


def test_bytes_that_are_not_text_name_their_line(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(b"a: 1\nb: caf\xe9\n")
    fault = read_text(path, "f.yaml")
    assert isinstance(fault, Fault)
    assert (fault.line, "0xe9" in fault.problem) == (2, True)


def test_a_folder_and_a_huge_file_are_not_read(tmp_path: Path) -> None:
    huge = tmp_path / "huge.yaml"
    huge.write_bytes(b" " * (MAX_BYTES + 1))
    assert isinstance(read_text(huge, "huge.yaml"), Fault)
    assert isinstance(read_text(tmp_path, "folder"), Fault)
