"""The model file: what is written is read again, and nothing else is."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from frontdesk.errors import ConfigurationError
from frontdesk.nodes.guard.scorer.features import BITS
from frontdesk.nodes.guard.scorer.scale import Scale
from frontdesk.nodes.guard.scorer.weights import VERSION, Head, Weights, read, write

WIDTH = 1 << BITS


def _head(seed: int) -> Head:
    weights = np.random.default_rng(seed).normal(size=WIDTH).astype(np.float32)
    return Head(weights, -1.5, Scale(0.5, 1.25, 0.5))


def _arrays(**changed: Any) -> Mapping[str, Any]:
    numbers = np.array([0.1, 0.0, 0.0, 1.0, 1.0])
    given: dict[str, Any] = {
        "version": np.array([VERSION]),
        "window": np.zeros(WIDTH, np.int8),
        "window_numbers": numbers,
        "whole": np.zeros(WIDTH, np.int8),
        "whole_numbers": numbers,
    }
    return {name: value for name, value in (given | changed).items() if value is not None}


def _file(arrays: Mapping[str, Any]) -> io.BytesIO:
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    file.seek(0)
    return file


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    made = Weights(window=_head(1), whole=_head(2))
    write(tmp_path / "weights.npz", made)

    found = read(tmp_path / "weights.npz", "weights.npz")

    assert found.window.scale == made.window.scale and found.whole.bias == made.whole.bias
    for name in ("window", "whole"):
        given, got = getattr(made, name).weights, getattr(found, name).weights
        assert np.abs(given - got).max() <= np.abs(given).max() / 127 / 2 * 1.001


def test_a_good_file_is_read() -> None:
    assert read(_file(_arrays()), "w").window.weights.shape == (WIDTH,)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"window": None}, "w is no scorer: .*window"),
        ({"window": np.zeros(8, np.int8)}, "weights must be 262144 bytes"),
        ({"whole": np.zeros(WIDTH, np.float32)}, "weights must be 262144 bytes, not .* of float32"),
        ({"whole_numbers": np.zeros(3)}, "numbers must be step, bias"),
        ({"whole_numbers": np.array([0.1, np.nan, 0, 1, 1])}, "all finite"),
        ({"window_numbers": np.array([0.1, 0, 2.0, 1.0, 1])}, "raised < refused"),
        ({"window_numbers": np.array([0.1, 0, 0.0, 1.0, 0])}, "spread > 0"),
        ({"version": np.array([9])}, r"w is of version \[9\], this release reads \[2\]"),
        ({"window": np.array([{"a": 1}], object)}, "w is no scorer: .*allow_pickle"),
    ],
    ids=["part missing", "short", "type", "numbers", "not a number", "order", "spread", "version", "pickle"],
)
def test_a_broken_file_is_refused(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        read(_file(_arrays(**changed)), "w")


@pytest.mark.parametrize("data", [b"", b"no zip at all", b"PK\x03\x04 torn"], ids=["empty", "text", "torn"])
def test_what_is_no_archive_is_refused(data: bytes) -> None:
    with pytest.raises(ConfigurationError, match="w is no scorer"):
        read(io.BytesIO(data), "w")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"weights-user\.npz is no scorer: no such file"):
        read(tmp_path / "weights-user.npz", "weights-user.npz")
