"""The head at work: kept on disk once built, mended when damaged, the same in long texts and from several threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from frontdesk.errors import ConfigurationError
from frontdesk.models.encoder.find import Encoder
from frontdesk.nodes.scrub.head.runtime import HeadRuntime, open_runtime
from frontdesk.nodes.scrub.head.weights import Head, save_head

TEXT = "Anna Schmidt lives at 12 Main Street, Leeds"


def judged(runtime: HeadRuntime, text: str = TEXT) -> np.ndarray:
    return runtime.probabilities(runtime.tokens(text))


def kept(home: Path) -> list[Path]:
    return [path for path in home.rglob("*") if path.is_file()]


def test_the_built_network_is_kept_and_used_again(small_encoder: Encoder, head_file: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    first = judged(open_runtime(small_encoder, home, head_file))
    (file,) = kept(home)
    assert file.suffix == ".onnx"
    written = file.stat().st_mtime_ns
    assert np.array_equal(judged(open_runtime(small_encoder, home, head_file)), first)
    assert file.stat().st_mtime_ns == written
    assert kept(home) == [file]


@pytest.mark.parametrize(
    "damage",
    [lambda content: b"", lambda content: content[:5000], lambda content: b"x" * 5000],
    ids=["empty", "cut", "noise"],
)
def test_a_damaged_kept_network_is_built_again(small_encoder: Encoder, head_file: Path, tmp_path: Path, damage) -> None:
    first = judged(open_runtime(small_encoder, tmp_path, head_file))
    (file,) = tmp_path.rglob("*.onnx")
    good = file.read_bytes()
    file.write_bytes(damage(good))
    assert np.array_equal(judged(open_runtime(small_encoder, tmp_path, head_file)), first)
    assert file.read_bytes() == good


def test_another_head_is_another_network(small_encoder: Encoder, small_head: Head, tmp_path: Path) -> None:
    for bias in (0, 1):
        arrays = {**small_head.arrays, "head.bias": np.full(5, bias, np.float32)}
        save_head(replace(small_head, arrays=arrays), tmp_path / f"{bias}.npz")
        open_runtime(small_encoder, tmp_path / "home", tmp_path / f"{bias}.npz")
    assert len(kept(tmp_path / "home")) == 2


def test_a_place_that_cannot_be_written_is_left_alone(small_encoder: Encoder, head_file: Path, tmp_path: Path) -> None:
    home = tmp_path / "file"
    home.write_text("no folder")
    without = open_runtime(small_encoder, None, head_file)
    assert np.array_equal(judged(open_runtime(small_encoder, home, head_file)), judged(without))
    assert home.read_text() == "no folder"


def test_a_head_of_another_encoder_is_refused(small_encoder: Encoder, small_head: Head, tmp_path: Path) -> None:
    save_head(replace(small_head, encoder="f" * 64), tmp_path / "head.npz")
    with pytest.raises(ConfigurationError, match=r"trained on another encoder \(digest ffffffffffff\)"):
        open_runtime(small_encoder, tmp_path, tmp_path / "head.npz")


def test_whole_numbers_stay_close_to_floats(small_encoder: Encoder, head_file: Path) -> None:
    close = judged(open_runtime(small_encoder, None, head_file))
    exact = judged(open_runtime(small_encoder, None, head_file, whole=False))
    assert 0 < np.abs(close - exact).max() < 0.1
    assert np.allclose(exact.sum(axis=1), 1, atol=1e-5)


def test_a_long_text_is_judged_to_its_end(small_encoder: Encoder, head_file: Path) -> None:
    runtime = open_runtime(small_encoder, None, head_file)
    found = judged(runtime, "please call her . " * 100 + TEXT)
    assert len(found) == 400 + len(judged(runtime))
    assert np.allclose(found.sum(axis=1), 1, atol=1e-4)


@pytest.mark.parametrize("text", ["", " \n ", "\x00", "\u200b"])
def test_nothing_is_found_in_nothing(small_encoder: Encoder, head_file: Path, text: str) -> None:
    assert list(open_runtime(small_encoder, None, head_file).find(text)) == []


def test_several_threads_at_once_give_what_one_gives(small_encoder: Encoder, head_file: Path) -> None:
    runtime = open_runtime(small_encoder, None, head_file)
    texts = [" ".join(["Anna"] * count) for count in range(1, 60)]
    alone = [list(runtime.find(text)) for text in texts]
    assert any(alone)
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda text: list(runtime.find(text)), texts)) == alone
