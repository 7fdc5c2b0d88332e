"""Arrays in a file that anybody may have written: numbers and text only, and no more memory than the file has bytes."""

from __future__ import annotations

import math
import os
import tempfile
import tokenize
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

Arrays = dict[str, NDArray[Any]]

LIMIT = 512 << 20
"""Bytes of a file at most. A router over 150 intents with 100 utterances each has a tenth of it."""
_MEMBERS = 256
_KINDS = frozenset("biufSU")
"""Kinds of number and text (numpy's ``dtype.kind``); an object would be a pickle."""
_HEADER = 10_000
"""Bytes of an array's header at most; numpy's own limit for files that are not trusted."""
_DAMAGES = (
    zipfile.BadZipFile,
    tokenize.TokenError,
    SyntaxError,
    EOFError,
    MemoryError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
)
"""What zipfile and numpy raise of a damaged or hostile file, besides ValueError."""


def read_arrays(source: Path | BinaryIO, limit: int = LIMIT) -> Arrays:
    """Read what :func:`write_arrays` wrote.

    Args:
        source: The file, or where it lies.
        limit: Bytes that it may have.

    Raises:
        OSError: It cannot be read.
        ValueError: It is not such a file, or damaged; nothing of it was executed.
    """
    try:
        with zipfile.ZipFile(source) as file:
            members = file.infolist()
            names = [member.filename.removesuffix(".npy") for member in members]
            if len(members) > _MEMBERS or len(set(names)) != len(names):
                raise ValueError("too many arrays, or one name twice")
            if _size(source) > limit or sum(member.file_size for member in members) > limit:
                raise ValueError(f"more than {limit} bytes")
            arrays: Arrays = {}
            for name, member in zip(names, members, strict=True):
                # stored as they are, so that a small file cannot unfold into a large one
                if member.compress_type != zipfile.ZIP_STORED or member.flag_bits & 1:
                    raise ValueError(f"{name} is compressed or locked")
                with file.open(member) as raw:
                    arrays[name] = _array(raw, member.file_size)
            return arrays
    except _DAMAGES as problem:
        raise ValueError(f"damaged: {type(problem).__name__}") from problem


def _size(source: Path | BinaryIO) -> int:
    return os.stat(source if isinstance(source, Path) else source.fileno()).st_size


def _array(raw: Any, size: int) -> NDArray[Any]:
    """Read one array; its header may not promise more than follows."""
    if npy.read_magic(raw) != (1, 0):
        raise ValueError("an array of another version")
    shape, by_columns, dtype = npy.read_array_header_1_0(raw, max_header_size=_HEADER)
    if dtype.hasobject or dtype.kind not in _KINDS:
        raise ValueError("an array of neither numbers nor text")
    content = raw.read(size)
    if min(shape, default=0) < 0 or math.prod(shape) * dtype.itemsize != len(content):
        raise ValueError("an array whose size is not that of its shape")
    return np.frombuffer(content, dtype).reshape(shape, order="F" if by_columns else "C")


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write arrays beside the final name and move them there: readers see the old file or the whole new one.

    Args:
        path: The file; mode 0600.
        arrays: Numbers and text; names without a slash.

    Raises:
        OSError: The place is not writable; nothing is left half written.
        ValueError: An array of objects, or too large.
    """
    if sum(value.nbytes for value in arrays.values()) > LIMIT:
        raise ValueError(f"more than {LIMIT} bytes")
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".part-", delete=False) as file:
        try:
            _write(file, arrays)
        except BaseException:
            os.unlink(file.name)
            raise
    os.replace(file.name, path)


def _write(file: Any, arrays: Mapping[str, NDArray[Any]]) -> None:
    target: BinaryIO = file
    np.savez(target, allow_pickle=False, **arrays)
