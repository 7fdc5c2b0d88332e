"""How large a fitted router is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

_NUMBER = 8


def size_of(fitted: Any) -> int:
    """Return the bytes of what was fitted: arrays as they are, words as UTF-8, every other number 8 bytes.

    What Python's objects cost on top is not in it: it depends on the interpreter, and is not on disk.
    """
    if isinstance(fitted, np.ndarray):
        return fitted.nbytes
    if isinstance(fitted, str):
        return len(fitted.encode("utf-8"))
    if isinstance(fitted, Mapping):
        return sum(size_of(key) + size_of(value) for key, value in fitted.items())
    if isinstance(fitted, list | tuple | frozenset | set):
        return sum(size_of(one) for one in fitted)
    if is_dataclass(fitted) and not isinstance(fitted, type):
        return sum(size_of(getattr(fitted, one.name)) for one in fields(fitted))
    return 0 if fitted is None else _NUMBER
