"""The encoder is found in a folder or in a package, and never imported or downloaded."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from frontdesk.errors import ConfigurationError
from frontdesk.models.encoder.find import FILES, VARIABLE, Encoder, find_encoder, read_encoder


@pytest.fixture
def folder(small_encoder: Encoder, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small_encoder.folder, tmp_path / "encoder"))


def test_the_variable_names_a_folder(folder: Path) -> None:
    found = find_encoder({VARIABLE: str(folder)})
    assert found == Encoder(folder, 2)


def test_a_package_is_found_and_not_imported(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "packed_encoder_of_a_test"
    package.mkdir()
    (package / "__init__.py").write_text("raise RuntimeError('imported')")
    folder.rename(package / "model")
    monkeypatch.syspath_prepend(tmp_path)
    found = find_encoder({}, package.name)
    assert found is not None
    assert found.folder == package / "model"
    assert package.name not in sys.modules


def test_a_package_without_the_files_or_none_at_all_is_no_encoder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty_package_of_a_test").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    assert find_encoder({}, "empty_package_of_a_test") is None
    assert find_encoder({VARIABLE: ""}, "no_such_package_of_a_test") is None


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ConfigurationError, match=f"{VARIABLE}: .* has no {name}"):
        find_encoder({VARIABLE: str(folder)})


@pytest.mark.parametrize(
    "config",
    ["", "{", "[]", "{}", json.dumps({"model_type": "gpt2", "hidden_size": 384, "num_hidden_layers": 6}),
     json.dumps({"model_type": "bert", "hidden_size": 768, "num_hidden_layers": 6}),
     json.dumps({"model_type": "bert", "hidden_size": 384, "num_hidden_layers": "x"})],
    ids=["empty", "cut", "list", "nothing", "other model", "other width", "layers"],
)  # fmt: skip
def test_another_models_config_is_told(folder: Path, config: str) -> None:
    (folder / "config.json").write_text(config)
    with pytest.raises(ConfigurationError, match="--encoder: "):
        read_encoder(folder)


@pytest.mark.parametrize("content", [b"", b"\xff" * 100], ids=["empty", "noise"])
def test_damaged_weights_are_told(folder: Path, content: bytes) -> None:
    (folder / "model.safetensors").write_bytes(content)
    with pytest.raises(ConfigurationError, match="not the weights of a BERT encoder"):
        read_encoder(folder).arrays()


def test_fewer_layers_than_said_are_told(folder: Path) -> None:
    with pytest.raises(ConfigurationError, match="not the weights"):
        Encoder(folder, 7).arrays()


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json"])
def test_the_digest_changes_with_weights_and_tokenizer(folder: Path, name: str) -> None:
    before = Encoder(folder, 2).digest()
    assert Encoder(folder, 2).digest() == before
    with (folder / name).open("ab") as file:
        file.write(b" ")
    assert Encoder(folder, 2).digest() != before


def test_weights_are_floats_by_our_names(small_encoder: Encoder) -> None:
    arrays = small_encoder.arrays()
    assert arrays["0.inner.weight"].shape == (1536, 384)
    assert {value.dtype for value in arrays.values()} == {np.dtype(np.float32)}
