"""Files of arrays: exact round trips, and nothing that a stranger's file could do."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from frontdesk.nodes.route.npz import read_arrays, write_arrays

ARRAYS = {
    "floats": np.linspace(0, 1, 12, dtype=np.float32).reshape(3, 4),
    "by_columns": np.asfortranarray(np.arange(6).reshape(2, 3)),
    "whole": np.array([1, 2, 3], np.int64),
    "words": np.array(["order", "größe", ""]),
    "bytes": np.frombuffer("ü".encode(), np.uint8),
    "scalar": np.array(0.25),
    "none": np.empty((0, 5), np.float32),
}


def test_arrays_come_back_as_they_were(tmp_path: Path) -> None:
    write_arrays(tmp_path / "a.npz", ARRAYS)
    found = read_arrays(tmp_path / "a.npz")
    assert found.keys() == ARRAYS.keys()
    for name, value in ARRAYS.items():
        assert found[name].dtype == value.dtype
        assert np.array_equal(found[name], value)


def test_a_file_is_its_users_alone_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_arrays(tmp_path / "a.npz", ARRAYS)
    assert [path.name for path in tmp_path.iterdir()] == ["a.npz"]
    assert (tmp_path / "a.npz").stat().st_mode & 0o777 == 0o600


def test_objects_are_not_written_and_leave_the_old_file(tmp_path: Path) -> None:
    write_arrays(tmp_path / "a.npz", ARRAYS)
    with pytest.raises(ValueError, match="Object"):
        write_arrays(tmp_path / "a.npz", {"objects": np.array([{}], dtype=object)})
    assert read_arrays(tmp_path / "a.npz").keys() == ARRAYS.keys()
    assert [path.name for path in tmp_path.iterdir()] == ["a.npz"]


def test_a_file_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    write_arrays(tmp_path / "a.npz", {"large": np.zeros(5000)})
    with pytest.raises(ValueError, match="bytes"):
        read_arrays(tmp_path / "a.npz", limit=10_000)


def npy(header: str, content: bytes = b"", version: bytes = b"\x01\x00") -> bytes:
    return b"\x93NUMPY" + version + struct.pack("<H", len(header)) + header.encode() + content


def packed(members: list[tuple[str, bytes]], method: int = zipfile.ZIP_STORED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as file:
        for name, content in members:
            file.writestr(name, content)
    return target.getvalue()


def pickled() -> bytes:
    target = io.BytesIO()
    np.savez(target, evil=np.array([Path("/")], dtype=object))
    return target.getvalue()


def altered() -> bytes:
    whole = bytearray(
        packed([("a.npy", npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", b"12345678"))])
    )
    whole[whole.index(b"12345678")] ^= 1
    return bytes(whole)


def good() -> bytes:
    return npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", b"1234")


HOSTILE: list[tuple[str, Callable[[], bytes]]] = [
    ("empty", lambda: b""),
    ("noise", lambda: b"\x00" * 4096),
    ("cut", lambda: packed([("a.npy", good())])[:60]),
    ("altered", altered),
    ("pickle", pickled),
    ("pickle by its header", lambda: packed([("a.npy", npy("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", b"cos\nsystem\n"))])),
    ("a terabyte promised", lambda: packed([("a.npy", npy("{'descr': '<f4', 'fortran_order': False, 'shape': (250000000000,), }", b"1234"))])),
    ("shape beyond a machine word", lambda: packed([("a.npy", npy("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999999,), }"))])),
    ("negative shape", lambda: packed([("a.npy", npy("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", b"1234"))])),
    ("two negatives", lambda: packed([("a.npy", npy("{'descr': '<f4', 'fortran_order': False, 'shape': (-1, -1), }", b"1234"))])),
    ("shape of words", lambda: packed([("a.npy", npy("{'descr': '<f4', 'fortran_order': False, 'shape': ('a',), }"))])),
    ("shorter than its shape", lambda: packed([("a.npy", npy("{'descr': '<f4', 'fortran_order': False, 'shape': (9,), }", b"1234"))])),
    ("longer than its shape", lambda: packed([("a.npy", npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", b"12345678"))])),
    ("endless header", lambda: packed([("a.npy", npy("{'descr': '<f4'," + " " * 60_000 + "}"))])),
    ("header of code", lambda: packed([("a.npy", npy("__import__('os').system('true')"))])),
    ("nested header", lambda: packed([("a.npy", npy("(" * 5000))])),
    ("fields", lambda: packed([("a.npy", npy("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", b"1234"))])),
    ("later version", lambda: packed([("a.npy", npy("{}", version=b"\x03\x00"))])),
    ("no array", lambda: packed([("a.npy", b"hello")])),
    ("bomb", lambda: packed([("a.npy", b"\x00" * 1_000_000)], zipfile.ZIP_DEFLATED)),
    ("one name twice", lambda: packed([("a.npy", good()), ("a", good())])),
    ("a thousand arrays", lambda: packed([(f"{number}.npy", good()) for number in range(1000)])),
]  # fmt: skip


@pytest.mark.parametrize(("word", "made"), HOSTILE, ids=[word for word, _ in HOSTILE])
def test_a_hostile_file_is_a_value_error(word: str, made: Callable[[], bytes], tmp_path: Path) -> None:
    (tmp_path / "a.npz").write_bytes(made())
    with pytest.raises(ValueError, match=" "):
        read_arrays(tmp_path / "a.npz")


def test_no_file_is_an_error_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_arrays(tmp_path / "a.npz")
