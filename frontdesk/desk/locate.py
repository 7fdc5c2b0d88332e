"""From what a person writes to a desk's folder."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

from frontdesk.desk.names import choose
from frontdesk.errors import DeskError, Fault

DEFAULT = "retail"


def shipped_desks() -> dict[str, Path]:
    """Return the desks that ship with frontdesk: name to folder."""
    base = Path(str(files("frontdesk.desks")))
    return {path.name: path for path in sorted(base.iterdir()) if (path / "desk.yaml").is_file()}


def locate(path: str | Path | None) -> Path:
    """Return the folder of a desk.

    Args:
        path: A folder, or the bare name of a shipped desk (which wins over a folder of that name in the working
            directory: write ``./retail`` for that one), or None for the shipped ``retail``.

    Returns:
        The absolute path of the folder.

    Raises:
        DeskError: There is no such desk.
    """
    given = DEFAULT if path is None else os.fspath(path)
    shipped = shipped_desks()
    if not isinstance(path, Path) and given in shipped:
        return shipped[given]
    folder = Path(given).expanduser()
    if folder.is_dir() and given.strip():
        return folder.resolve()
    problem = "this is a file, not a desk's folder" if folder.is_file() else "there is no such folder"
    remedy = f"give a folder with a desk.yaml, or a shipped desk: {choose(given, shipped)}"
    raise DeskError(given, [Fault(".", 1, problem, remedy)])
