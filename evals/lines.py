"""JSON Lines in and out: a broken line is named with what would be right, and nothing is written half."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from frontdesk.errors import DataError


def read_records(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield line number (from 1) and object of every line that is not blank.

    Raises:
        DataError: The file cannot be read, or a line is not a JSON object; names file and line, quotes nothing.
    """
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({type(error).__name__}); name a JSON Lines file") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield number, _object(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line, path, number)


def _object(line: bytes, path: Path, number: int) -> dict[str, Any]:
    problem = ""
    record: Any = None
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        problem = f"not UTF-8 (byte {error.start + 1} of the line)"
    except json.JSONDecodeError as error:
        problem = f"not JSON ({error.msg}, column {error.colno})"
    except (ValueError, RecursionError):
        problem = "not JSON that can be read"
    if not problem and not isinstance(record, dict):
        problem = f"a JSON {type(record).__name__}"
    # outside the handler, so that no chained exception quotes the line
    if problem:
        raise DataError(f"{path}:{number}: {problem}; every line must be one JSON object")
    found: dict[str, Any] = record
    return found


def check_target(path: Path) -> None:
    """Tell early that a file could not be written, before minutes of work.

    Raises:
        DataError: Its folder is not there or may not be written, or it is a folder itself.
    """
    folder = path.parent
    if path.is_dir() or not folder.is_dir() or not os.access(folder, os.W_OK):
        raise DataError(f"{path}: cannot be written; name a file in a folder that exists and may be written")


def write_records(path: Path, records: Iterable[dict[str, Any]]) -> None:
    """Write JSON Lines, whole or not at all, readable by the owner only: the texts may be personal.

    Raises:
        OSError: The file cannot be written; one that was there before is as it was.
    """
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            for record in records:
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
