"""The file of the trained model: weights of features as plain numbers, word lists as digests, thresholds."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from frontdesk.errors import ConfigurationError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.floating[Any]]

LABELS = ("O", "B-NAME", "I-NAME", "B-ADDRESS", "I-ADDRESS")
"""Columns of the weights."""
_LISTS = "flc"


def digest(text: str) -> int:
    """Return the 32-bit number by which the model knows a feature or a word."""
    return zlib.crc32(text.encode("utf-8", "replace"))


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """What the file holds."""

    features: dict[int, int]
    """Digest of a feature to its row in ``states``."""
    states: Numbers
    """Features by ``LABELS``; the last row is zero."""
    transitions: Numbers
    """``LABELS`` by ``LABELS``: from, to."""
    lists: dict[int, str]
    """Digest of a lower-case word to the lists that have it."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Probabilities from which a run of words counts; chosen by ``frontdesk train names``, kept beside the model."""

    peak: float = 0.5
    """What the surest word of a run must reach."""
    edge: float = 0.3
    """What each word of a run must reach."""
    lower_case: float = 0.6
    """``peak`` where the run has no capital letter."""


def read_thresholds(path: Traversable | Path) -> Mapping[str, Thresholds]:
    """Read the thresholds by label from the file beside a model.

    Raises:
        ConfigurationError: The file is missing or says something else.
    """
    try:
        held = json.loads(path.read_text(encoding="utf-8"))["thresholds"]
        return {label: Thresholds(**held[label]) for label in ("NAME", "ADDRESS")}
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise ConfigurationError(f"{path}: no thresholds; make them with: frontdesk train names") from error


def read(path: Traversable | Path) -> Weights:
    """Read a model file; plain arrays only, nothing in it is executed.

    Raises:
        ConfigurationError: The file is missing or is not a model of this version.
    """
    import numpy as np  # noqa: PLC0415 - not at import

    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as held:
            arrays = {name: held[name] for name in held.files}
        keys, states = arrays["features"].tolist(), arrays["states"].astype(np.float32) * arrays["scale"]
        lists = {
            key: "".join(letter for bit, letter in enumerate(_LISTS) if flags >> bit & 1)
            for key, flags in zip(arrays["words"].tolist(), arrays["flags"].tolist(), strict=True)
        }
    except (OSError, KeyError, ValueError, EOFError, BadZipFile) as error:
        raise ConfigurationError(f"{path}: no model of names; make one with: frontdesk train names") from error
    states = np.vstack([states, np.zeros((1, len(LABELS)), np.float32)])
    return Weights({key: row for row, key in enumerate(keys)}, states, arrays["transitions"].astype(np.float32), lists)


def write(path: Path, weights: Weights) -> None:
    """Write a model file: states as bytes with one scale per label, digests as 32-bit numbers."""
    import numpy as np  # noqa: PLC0415 - not at import

    keys = np.fromiter(weights.features, np.uint32, len(weights.features))
    states = weights.states[: len(keys)]
    scale = np.maximum(np.abs(states).max(axis=0), 1e-6) / 127
    flags = [sum(1 << _LISTS.index(letter) for letter in lists) for lists in weights.lists.values()]
    order = np.argsort(keys)
    words = np.fromiter(weights.lists, np.uint32, len(weights.lists))
    by_word = np.argsort(words)
    np.savez_compressed(
        path,
        features=keys[order],
        states=np.rint(states / scale).astype(np.int8)[order],
        scale=scale.astype(np.float32),
        transitions=weights.transitions.astype(np.float32),
        words=words[by_word],
        flags=np.asarray(flags, np.uint8)[by_word],
    )
