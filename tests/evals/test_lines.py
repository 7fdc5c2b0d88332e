"""JSON Lines: what is wrong is named with its line, and nothing is written half."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from frontdesk.errors import DataError
from frontdesk.evals.lines import check_target, read_records, write_records


def test_records_come_with_their_line_and_blank_lines_do_not_count(tmp_path: Path) -> None:
    path = tmp_path / "data.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"a": 1}\r\n\n  \n{"a": "\xc3\xa9\xe2\x80\xa8"}')
    assert list(read_records(path)) == [(1, {"a": 1}), (4, {"a": "é\u2028"})]


@pytest.mark.parametrize(
    ("word", "line", "told"),
    [
        ("half", b'{"text": "hunter2', "not JSON"),
        ("list", b'["hunter2"]', "a JSON list"),
        ("number", b"5", "a JSON int"),
        ("null", b"null", "a JSON NoneType"),
        ("other encoding", b'{"text": "hunter2 \xe9"}', "not UTF-8 (byte 19 of the line)"),
        ("huge number", b'{"text": ' + b"9" * 5000 + b"}", "not JSON"),
        ("deep", b"[" * 100_000, "not JSON"),
    ],
)
def test_a_broken_line_is_named_and_not_quoted(word: str, line: bytes, told: str, tmp_path: Path) -> None:
    path = tmp_path / "data.jsonl"
    path.write_bytes(b'{"text": "fine"}\n' + line + b"\n")
    with pytest.raises(DataError) as caught:
        list(read_records(path))
    assert str(caught.value).startswith(f"{path}:2: {told}"), word
    assert "every line must be one JSON object" in str(caught.value)
    assert "hunter2" not in str(caught.value)
    assert caught.value.__context__ is None, "a chained exception would quote the line"


@pytest.mark.parametrize("name", ["missing.jsonl", "."])
def test_a_file_that_cannot_be_read(name: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        list(read_records(tmp_path / name))


def test_records_are_written_for_the_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    write_records(path, [{"text": "é\n"}, {"n": 1}])
    assert [json.loads(line) for line in path.read_text("utf-8").splitlines()] == [{"text": "é\n"}, {"n": 1}]
    assert path.stat().st_mode & 0o777 == 0o600


def test_nothing_is_written_half(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("before")

    def records() -> Iterator[dict[str, Any]]:
        yield {"n": 1}
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        write_records(path, records())
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["nowhere/out.jsonl", "."])
def test_a_target_that_cannot_be_written_is_told_at_once(name: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be written"):
        check_target(tmp_path / name)
    check_target(tmp_path / "out.jsonl")
