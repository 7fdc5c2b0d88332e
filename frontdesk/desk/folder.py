"""Which files of a desk's folder are read, and which look as if they were meant to be."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

from frontdesk.desk.files import Document, parse_markdown, parse_yaml, read_text
from frontdesk.errors import Fault

FOLDERS = {"schemas": ".yaml", "knowledge": ".md", "tools": ".yaml", "prompts": ".md"}
"""Folders of a desk, and how the files in them end."""
TOP = ("desk.yaml", "intents.yaml")
"""Files that every desk has."""
_IGNORED_SUFFIXES = frozenset({".py", ".sql", ".json", ".pyc"})


def parse_file(path: Path, file: str) -> Document | Fault:
    """Read one YAML or Markdown file; ``file`` is the name that faults give it."""
    if not path.exists():
        return Fault(file, 1, "the file is missing", f"add {file} (docs/desks.md shows one)")
    text = read_text(path, file)
    if isinstance(text, Fault):
        return text
    return parse_markdown(text, file) if path.suffix == ".md" else parse_yaml(text, file)


def files_of(root: Path, folder: str) -> Iterator[tuple[Path, Document | Fault]]:
    """Yield each file of one of the desk's folders, by name, read or with the fault that kept it from being read."""
    base = root / folder
    suffix = FOLDERS[folder]
    for path in sorted(base.iterdir()) if base.is_dir() else ():
        file = f"{folder}/{path.name}"
        if path.name.startswith((".", "__")) or path.suffix in _IGNORED_SUFFIXES:
            continue
        if path.suffix != suffix:
            remedy = f"files of {folder}/ end in {suffix} and lie directly in it"
            yield path, Fault(file, 1, "this file or folder is not read", remedy)
        else:
            yield path, parse_file(path, file)


def misnamed(root: Path) -> Iterator[Fault]:
    """Yield names at the top of the folder that are not read but look like one that is, such as ``tool/``."""
    known = (*TOP, *FOLDERS)
    for path in sorted(root.iterdir()):
        if path.name in known or path.name.startswith((".", "__")):
            continue
        near = difflib.get_close_matches(path.name, known, n=1, cutoff=0.75)
        if near:
            problem = "this name is not read, but looks like one that is"
            yield Fault(path.name, 1, problem, f"rename it to `{near[0]}`")
