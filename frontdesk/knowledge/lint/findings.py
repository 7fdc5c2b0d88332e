"""What a lint says, and what it looks at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal

from frontdesk.desk.config import DeskConfig, Intent, Page
from frontdesk.desk.draft import Entry

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that somebody should look at."""

    file: str
    """Path relative to the desk folder."""
    line: int
    level: Level
    """error: customers get a wrong answer or none, or the desk does not open; warning: somebody should look."""
    code: str
    """Closed: ``fault``, ``expired``, ``stale``, ``contradiction`` …"""
    problem: str
    remedy: str

    def __str__(self) -> str:
        """Return the line for a terminal."""
        return f"{self.file}:{self.line}: {self.level}: {self.code}: {self.problem}; {self.remedy}"

    def as_dict(self) -> dict[str, str | int]:
        """Return plain JSON data."""
        return asdict(self)


@dataclass(frozen=True)
class Desk:
    """A desk as it is read, with the day on which it is looked at."""

    config: DeskConfig
    pages: Sequence[Entry[Page]]
    intents: Sequence[Entry[Intent]]
    today: date


def at_page(entry: Entry[Page], level: Level, code: str, problem: str, remedy: str, *place: str) -> Finding:
    """Return a finding at a value of a page's front matter."""
    fault = entry.fault(place, problem, remedy)
    return Finding(fault.file, fault.line, level, code, problem, remedy)


def in_body(entry: Entry[Page], offset: int, level: Level, code: str, problem: str, remedy: str) -> Finding:
    """Return a finding at a line of a page's body; ``offset`` counts from 0."""
    return Finding(entry.document.file, entry.document.body_line + offset, level, code, problem, remedy)


__all__ = ["Desk", "Finding", "Level", "at_page", "in_body"]
