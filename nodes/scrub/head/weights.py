"""The head's file: low-rank changes to the encoder and a linear layer, as arrays with the facts of their training."""

from __future__ import annotations

import json
import os
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from frontdesk.errors import ConfigurationError
from frontdesk.models.encoder.layout import LINEAR
from frontdesk.nodes.scrub.head.layout import KINDS, TAGS

SHIPPED = Path(__file__).with_name("head.npz")
"""The head that comes with frontdesk; ``frontdesk train names --head`` makes it."""
REMEDY = "frontdesk train names --head --encoder FOLDER"
"""Command that makes a head."""
FORMAT = 1
_OWN = {
    "kind": (KINDS, 384),
    "head.weight": (len(TAGS), 384),
    "head.kind": (KINDS, len(TAGS)),
    "head.bias": (len(TAGS),),
}

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which probability a word counts."""

    name: float
    """A word written as names are, with one capital, starts a name."""
    plain_name: float
    """Any other word starts a name: in lower case, in capitals, an initial."""
    address: float
    """A word starts an address."""
    extend: float
    """A word beside one that started a span belongs to it."""


@dataclass(frozen=True, slots=True)
class Head:
    """A trained head."""

    arrays: Mapping[str, Floats]
    """``kind``, ``head.*`` and, per layer and matrix, ``0.query.down`` (rank by inputs) and ``0.query.up``."""
    layers: int
    encoder: str
    """Digest of the encoder that it was trained on."""
    thresholds: Thresholds
    training: Mapping[str, Any]
    """How it was trained: command, seed, steps, counts; free of dates, so that the file can be made again."""

    def merged(self, encoder: Mapping[str, Floats]) -> dict[str, Floats]:
        """Return the encoder's arrays with the low-rank changes added, and the head's own beside them."""
        joined = {**encoder, **{name: self.arrays[name] for name in _OWN}}
        for layer in range(self.layers):
            for name in LINEAR:
                down, up = (self.arrays.get(f"{layer}.{name}.{part}") for part in ("down", "up"))
                if down is not None and up is not None:
                    joined[f"{layer}.{name}.weight"] = encoder[f"{layer}.{name}.weight"] + up @ down
        return joined

    def facts(self) -> dict[str, Any]:
        """Return all but the arrays, as JSON can hold it."""
        return {
            "format": FORMAT,
            "tags": TAGS,
            "layers": self.layers,
            "encoder": self.encoder,
            "thresholds": asdict(self.thresholds),
            "training": dict(self.training),
        }


def save_head(head: Head, path: Path) -> None:
    """Write a head: half-precision arrays and a JSON text, no pickles. Same head, same bytes.

    Raises:
        OSError: The place is not writable; nothing is left half written.
    """
    arrays: dict[str, NDArray[Any]] = {name: value.astype(np.float16) for name, value in sorted(head.arrays.items())}
    arrays["facts"] = np.frombuffer(json.dumps(head.facts(), sort_keys=True).encode(), np.uint8)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        try:
            np.savez_compressed(file, allow_pickle=False, **arrays)
        except BaseException:
            os.unlink(file.name)
            raise
    os.chmod(file.name, 0o644)
    os.replace(file.name, path)


def load_head(path: Path = SHIPPED) -> Head:
    """Read a head.

    Raises:
        ConfigurationError: The file is missing, damaged, or of another version.
    """
    wrong = ConfigurationError(f"{path} is not a head of this version of frontdesk, or damaged; make one: {REMEDY}")
    try:
        with path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        facts = json.loads(arrays.pop("facts").tobytes())
        head = Head(
            {name: value.astype(np.float32) for name, value in arrays.items()},
            int(facts["layers"]),
            str(facts["encoder"]),
            Thresholds(**{name: float(value) for name, value in facts["thresholds"].items()}),
            facts["training"],
        )
    except (OSError, EOFError, ValueError, TypeError, KeyError, AttributeError, zipfile.BadZipFile) as problem:
        raise wrong from problem
    if facts.get("format") != FORMAT or tuple(facts["tags"]) != TAGS:
        raise wrong
    if any(head.arrays.get(name, np.empty(0)).shape != shape for name, shape in _OWN.items()):
        raise wrong
    return head
