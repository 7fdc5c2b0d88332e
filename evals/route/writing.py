"""Thresholds into a desk's desk.yaml, its comments and order kept."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.representer import RoundTripRepresenter

from frontdesk.errors import DataError

FILE = "desk.yaml"
_WIDTH = 10_000
"""Of a line: nothing is folded."""


class _Representer(RoundTripRepresenter):
    """Writes the word for nothing, as the desks that ship have it, and not an empty place."""

    def represent_none(self, data: None) -> Any:
        """Return the node of a null."""
        return self.represent_scalar("tag:yaml.org,2002:null", "null")


_Representer.add_representer(type(None), _Representer.represent_none)


def snippet(thresholds: Mapping[str, float]) -> str:
    """Return the lines for desk.yaml."""
    return "routing:\n" + "".join(f"  {name}: {value:g}\n" for name, value in thresholds.items())


def write_thresholds(folder: Path, thresholds: Mapping[str, float]) -> Path:
    """Put thresholds into the `routing` of a desk.

    Args:
        folder: Of the desk.
        thresholds: By their names in `routing`.

    Returns:
        The file, replaced as a whole; its mode is kept.

    Raises:
        DataError: It cannot be read or written.
    """
    path = folder / FILE
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = _WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.Representer = _Representer
    try:
        before = path.read_text(encoding="utf-8")
        desk = yaml.load(before)
    except (OSError, YAMLError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot be read ({type(error).__name__}); run frontdesk check") from None
    if not isinstance(desk.get("routing"), dict):
        desk["routing"] = {}
    for name, value in thresholds.items():
        desk["routing"][name] = value
    text = io.StringIO()
    yaml.dump(desk, text)
    _replace(path, text.getvalue())
    return path


def _replace(path: Path, text: str) -> None:
    name = ""
    try:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.chmod(name, path.stat().st_mode & 0o777)
        os.replace(name, path)
    except OSError as error:
        if name:
            Path(name).unlink(missing_ok=True)
        raise DataError(f"{path}: cannot be written ({type(error).__name__})") from None
