"""Read YAML and Markdown front matter with the line of every value, and every fault of a file.

YAML 1.2 as JSON sees it: string keys, no tags, no anchors, dates stay text. So a desk file has one reading, and the
JSON Schemas that we publish say all there is to say about it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from frontdesk.desk.tree import Converter, compose
from frontdesk.errors import Fault

MAX_BYTES = 2_000_000
"""A larger file is a mistake: a knowledge page of this size could not be shown to any model."""

Place = tuple[str | int, ...]
"""Where a value stands in a document: keys and indexes from the top."""


@dataclass(frozen=True)
class Document:
    """One file that was read: its data and where each value stands."""

    file: str
    """Path relative to the desk folder."""
    data: Mapping[str, Any]
    lines: Mapping[Place, int]
    """1-based line of each key or list item."""
    body: str = ""
    """What follows the front matter of a Markdown file."""
    body_line: int = 1
    """1-based line on which the body begins."""
    source: str = ""
    """The whole text."""
    faults: tuple[Fault, ...] = field(default=())
    """Faults that did not keep the file from being read."""

    def line(self, *place: str | int) -> int:
        """Return the line of a value, or of the nearest one around it."""
        while place:
            if place in self.lines:
                return self.lines[place]
            place = place[:-1]
        return self.lines.get((), 1)

    def fault(self, place: Place, problem: str, remedy: str) -> Fault:
        """Make a fault that points at a value of this document."""
        return Fault(self.file, self.line(*place), problem, remedy)


def read_text(path: Path, file: str) -> str | Fault:
    """Read a UTF-8 file; ``file`` is the name that a fault gives it. Line ends become ``\\n``."""
    try:
        if path.stat().st_size > MAX_BYTES:
            return Fault(file, 1, f"the file is larger than {MAX_BYTES:,} bytes", "split it into several files")
        raw = path.read_bytes()
    except OSError as error:
        return Fault(file, 1, f"the file cannot be read: {error.strerror}", "make it a regular, readable file")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return Fault(file, line, f"byte 0x{raw[error.start]:02x} is not UTF-8", "save the file as UTF-8")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def parse_yaml(text: str, file: str, first_line: int = 1) -> Document | Fault:
    """Parse a YAML mapping.

    Args:
        text: The YAML text.
        file: The name that faults give the file.
        first_line: The line of the file on which the text begins.

    Returns:
        The document (its ``faults`` list duplicate keys, tags, anchors …), or the one fault that stopped the reading.
    """
    root = compose(text, file, first_line)
    if isinstance(root, Fault):
        return root
    converter = Converter(file, first_line)
    data = converter.value(root, ()) if root is not None else None
    if not isinstance(data, dict):
        what = "the file is empty" if root is None else "the top level is not a mapping"
        line = first_line if root is None else converter.lines[()]
        return Fault(file, line, what, "write `key: value` lines at the top level")
    return Document(file, data, converter.lines, source=text, faults=tuple(converter.faults))


def parse_markdown(text: str, file: str) -> Document | Fault:
    """Parse a Markdown file whose front matter stands between two lines of ``---``."""
    remedy = "start the file with a line `---`, the front matter as YAML, and a second line `---`"
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return Fault(file, 1, "the file has no front matter", remedy)
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        return Fault(file, 1, "the front matter is not closed", remedy)
    front = parse_yaml("\n".join(lines[1:end]), file, first_line=2)
    if isinstance(front, Fault):
        return front
    rest = lines[end + 1 :]
    blank = next((number for number, line in enumerate(rest) if line.strip()), 0)
    body = "\n".join(rest).strip()
    return Document(file, front.data, front.lines, body, end + 2 + blank, text, front.faults)
