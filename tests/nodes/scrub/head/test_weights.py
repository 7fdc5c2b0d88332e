"""The head's file: arrays and facts, no pickles; a damaged one is told."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from frontdesk.errors import ConfigurationError
from frontdesk.nodes.scrub.head.weights import SHIPPED, Head, load_head, save_head


def test_what_is_written_is_read_again_byte_for_byte(small_head: Head, head_file: Path, tmp_path: Path) -> None:
    read = load_head(head_file)
    assert read.thresholds == small_head.thresholds
    assert (read.layers, read.encoder, read.training) == (small_head.layers, small_head.encoder, {"seed": 1})
    assert read.arrays.keys() == small_head.arrays.keys()
    assert all(np.array_equal(read.arrays[name], small_head.arrays[name]) for name in read.arrays)
    save_head(read, tmp_path / "again.npz")
    assert (tmp_path / "again.npz").read_bytes() == head_file.read_bytes()


def changed(path: Path, **changes: object) -> None:
    with np.load(path) as file:
        arrays = {name: file[name] for name in file.files}
    facts = json.loads(arrays["facts"].tobytes())
    for name, value in changes.items():
        if isinstance(value, np.ndarray):
            arrays[name.replace("__", ".")] = value
        elif value is None:
            facts.pop(name)
        else:
            facts[name] = value
    arrays["facts"] = np.frombuffer(json.dumps(facts).encode(), np.uint8)
    np.savez(path, **arrays)


@pytest.mark.parametrize(
    "changes",
    [
        {"format": 99},
        {"tags": ["O", "B-NAME"]},
        {"layers": None},
        {"thresholds": {"name": 0.5}},
        {"thresholds": {"name": "x", "plain_name": 0, "address": 0, "extend": 0}},
        {"head__weight": np.zeros((5, 10), np.float16)},
        {"kind": np.zeros((3, 384), np.float16)},
        {"kind": np.array([{}], dtype=object)},  # a pickle is never opened
    ],
    ids=["format", "tags", "no layers", "thresholds", "words", "width", "kinds", "pickle"],
)
def test_a_file_of_another_make_is_told(head_file: Path, changes: dict[str, object]) -> None:
    changed(head_file, **changes)
    with pytest.raises(ConfigurationError, match="frontdesk train names --head"):
        load_head(head_file)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"{}", None], ids=["empty", "cut", "text", "missing"])
def test_a_damaged_file_is_told(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "head.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigurationError, match=r"head\.npz is not a head"):
        load_head(path)


def test_a_file_cut_off_in_the_middle_is_told(head_file: Path) -> None:
    head_file.write_bytes(head_file.read_bytes()[:-2000])
    with pytest.raises(ConfigurationError, match="not a head"):
        load_head(head_file)


def test_the_head_that_ships_is_small_and_says_how_it_was_made() -> None:
    head = load_head(SHIPPED)
    assert SHIPPED.stat().st_size < 1_000_000
    assert head.layers == 6
    assert head.training["command"].startswith("frontdesk train names --head")
    assert all(np.isfinite(value).all() for value in head.arrays.values())
