"""Files of this machine's data folder: what is read from there can only be this user's own."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from frontdesk.graph.persistence.home import open_own


def test_a_file_of_ones_own_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"mine")
    path.chmod(0o644)
    with open_own(path) as file:
        assert file.read() == b"mine"


def linked(path: Path) -> None:
    other = path.with_name("other")
    other.write_bytes(b"mine")
    path.symlink_to(other)


def writable(mode: int) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.write_bytes(b"mine")
        path.chmod(mode)

    return make


FOREIGN: dict[str, Callable[[Path], None]] = {
    "none": lambda path: None,
    "a link": linked,
    "a link to nothing": lambda path: path.symlink_to("nowhere"),
    "a folder": lambda path: path.mkdir(),
    "a pipe that nobody writes to": os.mkfifo,
    "the group may write it": writable(0o660),
    "everybody may write it": writable(0o606),
}


@pytest.mark.parametrize("make", FOREIGN.values(), ids=FOREIGN.keys())
def test_nothing_else_is(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "a")
    with pytest.raises(OSError):
        open_own(tmp_path / "a")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_another_users_file_is_not(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"theirs")
    os.chown(path, 65534, 65534)
    with pytest.raises(PermissionError):
        open_own(path)
