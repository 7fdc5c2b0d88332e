"""``frontdesk scrub``: what is found in a text and why, and the text without it."""

from __future__ import annotations

import json
import sys
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from frontdesk.cli.text import plain, safe
from frontdesk.desk.load import Desk
from frontdesk.desk.scrubbing import Scrub
from frontdesk.errors import DataError
from frontdesk.graph.values import Finding, Scrubbed
from frontdesk.nodes.scrub.build import build_scrubber
from frontdesk.settings import load_settings

STDIN = "-"
COLUMNS = ("line", "label", "detector", "score", "reason", "length")


@dataclass(frozen=True)
class Shown:
    """What is printed of a text."""

    json: bool = False
    values: bool = False
    """Show what was found, too."""
    check: bool = False
    """Only whether and where: not the masked text."""


def run(files: Sequence[str], desk: str | None, head: str | None, shown: Shown) -> bool:
    """Search files and print what is found.

    Args:
        files: Paths; ``-`` is standard input.
        desk: Whose detectors; by default the settings' desk.
        head: ``auto``, ``on`` or ``off``; None: as the desk says.
        shown: What is printed.

    Returns:
        Whether anything was found.

    Raises:
        DataError: A file cannot be read or is not UTF-8; files before it have been printed.
        ConfigurationError: The desk is faulty, or a detector that it asks for is missing.
    """
    scrubber = build_scrubber(scrub_config(desk, head))
    console = Console(highlight=False)
    anything = False
    for number, name in enumerate(files):
        text = read_text(name)
        found = scrubber.scrub(text, {})
        anything = anything or bool(found.findings)
        title = name if len(files) > 1 else ""
        if shown.json:
            print(json.dumps(_data(title, text, found, shown), ensure_ascii=False))  # noqa: T201 - for programs
            continue
        if number:
            _say(console, "")
        output(console, title, text, found, shown)
    return anything


def scrub_config(desk: str | None, head: str | None) -> Scrub:
    """Return how a desk finds personal data, with another choice about the head where one is made.

    Raises:
        DeskError: The desk has faults.
        SettingsError: A variable is wrong.
    """
    config = Desk.load(desk or load_settings().desk).config.scrub
    return config.model_copy(update={"head": head}) if head else config


def read_text(name: str) -> str:
    """Return the text of a file, or of standard input for ``-``.

    Raises:
        DataError: It is not there, is a folder, may not be read, or is not UTF-8.
    """
    shown = "standard input" if name == STDIN else name
    try:
        data = sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes()
    except IsADirectoryError:
        raise DataError(f"{shown}: a folder; name a text file, or - for standard input") from None
    except FileNotFoundError:
        raise DataError(f"{shown}: there is no such file; name a text file, or - for standard input") from None
    except OSError as error:
        raise DataError(f"{shown}: cannot be read ({type(error).__name__})") from None
    place = -1
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = error.start
    line = data.count(b"\n", 0, place) + 1
    raise DataError(f"{shown}:{line}: not UTF-8 (byte {place + 1} of the file); convert it: iconv -f LATIN1 -t UTF-8")


def _rows(text: str, findings: Sequence[Finding]) -> list[dict[str, Any]]:
    breaks = [index for index, char in enumerate(text) if char == "\n"]
    return [
        {
            "line": bisect_right(breaks, item.start - 1) + 1,
            "label": item.label,
            "detector": item.detector,
            "score": round(item.score, 2),
            "reason": item.reason,
            "length": item.end - item.start,
        }
        for item in findings
    ]


def _data(title: str, text: str, found: Scrubbed, shown: Shown) -> dict[str, Any]:
    rows = [
        {**row, "start": item.start, "end": item.end} | ({"value": text[item.start : item.end]} if shown.values else {})
        for row, item in zip(_rows(text, found.findings), found.findings, strict=True)
    ]
    body: dict[str, Any] = {} if shown.check else {"text": found.text}
    return ({"file": title} if title else {}) | body | {"findings": rows}


def output(console: Console, title: str, text: str, found: Scrubbed, shown: Shown) -> None:
    """Print a text without what was found in it, and a table of that: drawn on a terminal, else tab-separated.

    Args:
        console: Where to.
        title: Printed above; empty for none.
        text: As it was.
        found: What is in it.
        shown: What is printed.
    """
    if title:
        _say(console, title, "bold")
    if not shown.check:
        _say(console, found.text.rstrip("\n") + "\n")
    cells = [[str(row[name]) for name in COLUMNS] for row in _rows(text, found.findings)]
    if not cells:
        _say(console, "nothing found")
        return
    names = list(COLUMNS)
    if shown.values:
        names.append("value")
        cells = [[*row, text[item.start : item.end]] for row, item in zip(cells, found.findings, strict=True)]
    rows = [[" ".join(safe(cell).split()) for cell in row] for row in cells]
    if console.is_terminal:
        console.print(_table(names, rows))
    else:
        _say(console, "\n".join("\t".join(row) for row in [names, *rows]))


def _say(console: Console, text: str, style: str = "") -> None:
    if console.is_terminal:
        console.print(plain(text, style), soft_wrap=True)
    else:
        console.file.write(text + "\n")  # for a script: Rich would make blanks of tabs


def _table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    table = Table(box=None, header_style="dim", pad_edge=False)
    for name in names:
        table.add_column(name, justify="right" if name in ("line", "score", "length") else "left", overflow="fold")
    for row in rows:
        table.add_row(*(plain(cell, "cyan" if n == 1 else "") for n, cell in enumerate(row)))
    return table
