"""The model file: two vectors of one byte per column, and the scale of each. No pickles are read."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from frontdesk.errors import ConfigurationError
from frontdesk.nodes.guard.scorer.features import BITS
from frontdesk.nodes.guard.scorer.scale import Scale

VERSION = 2
"""Of the file and of the features: weights of another version mean other columns."""
HEADS = ("window", "whole")
"""What is judged: one to three sentences, and a whole text."""
_NUMBERS = ("step", "bias", "raised", "refused", "spread")


@dataclass(frozen=True)
class Head:
    """A linear function of features, and what its values mean."""

    weights: NDArray[np.float32]
    """One per column."""
    bias: float
    scale: Scale


@dataclass(frozen=True)
class Weights:
    """A trained scorer."""

    window: Head
    whole: Head


def write(target: Path, weights: Weights) -> None:
    """Write a model file, each weight rounded to one of 255 even steps."""
    arrays: dict[str, NDArray[np.generic]] = {"version": np.array([VERSION], np.int64)}
    for name in HEADS:
        head: Head = getattr(weights, name)
        step = float(np.abs(head.weights).max()) / 127 or 1.0
        arrays[name] = np.round(head.weights / step).astype(np.int8)
        scale = head.scale
        arrays[f"{name}_numbers"] = np.array([step, head.bias, scale.raised, scale.refused, scale.spread], np.float64)
    np.savez_compressed(target, allow_pickle=False, **arrays)


def read(source: Path | IO[bytes], name: str) -> Weights:
    """Read a model file.

    Args:
        source: The file.
        name: What it is called in an error.

    Raises:
        ConfigurationError: It is not there, no model of this version, damaged, or holds anything but numbers.
    """
    try:
        with np.load(source, allow_pickle=False) as file:
            version = np.asarray(file["version"]).tolist()
            heads = {head: _head(file[head], file[f"{head}_numbers"]) for head in HEADS}
    except (OSError, KeyError, ValueError, EOFError, zipfile.BadZipFile) as fault:
        raise ConfigurationError(f"{name} is no scorer: {_reason(fault)}; `frontdesk train guard` makes one") from fault
    if version != [VERSION]:
        raise ConfigurationError(f"{name} is of version {version}, this release reads [{VERSION}]: train it again")
    return Weights(**heads)


def _reason(fault: Exception) -> str:
    if isinstance(fault, FileNotFoundError):
        return "no such file"
    return str(fault) or type(fault).__name__


def _head(values: NDArray[np.generic], numbers: NDArray[np.generic]) -> Head:
    if values.dtype != np.int8 or values.shape != (1 << BITS,):
        raise ValueError(f"weights must be {1 << BITS} bytes, not {values.shape} of {values.dtype}")
    if numbers.dtype != np.float64 or numbers.shape != (len(_NUMBERS),) or not np.isfinite(numbers).all():
        raise ValueError(f"the numbers must be {', '.join(_NUMBERS)}, all finite")
    step, bias, raised, refused, spread = (float(number) for number in numbers)
    return Head(values.astype(np.float32) * np.float32(step), bias, Scale(raised, refused, spread))


__all__ = ["HEADS", "VERSION", "Head", "Weights", "read", "write"]
