"""Where this machine's data lies: the embedded Redis, the key, the demo database."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO


def default_home(environment: Mapping[str, str]) -> Path:
    """Return the data folder: ``FRONTDESK_HOME``, else the platform's place for a user's data."""
    if given := environment.get("FRONTDESK_HOME"):
        return Path(given).expanduser()
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "frontdesk"
    base = environment.get("XDG_DATA_HOME", "")
    # the XDG specification has relative paths ignored
    return (Path(base) if os.path.isabs(base) else Path.home() / ".local" / "share") / "frontdesk"


def open_own(path: Path) -> BinaryIO:
    """Open a file of which only this user can have decided what is in it; the check is of what was opened.

    Raises:
        OSError: There is none, it is a link, another user's, writable by others, or no file.
    """
    # non-blocking, since opening another user's pipe would wait for that user
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    opened = os.open(path, flags)
    try:
        found = os.fstat(opened)
        mine = getattr(os, "geteuid", lambda: found.st_uid)()
        if not stat.S_ISREG(found.st_mode) or found.st_uid != mine or found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            raise PermissionError("not a file of this user alone")
        return os.fdopen(opened, "rb")
    except BaseException:
        os.close(opened)
        raise
