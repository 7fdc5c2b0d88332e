"""The counts of pages that served, summed up over days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from frontdesk.desk.pages import Page, version_of


@dataclass
class Served:
    """How one page served."""

    recalled: int = 0
    cited: int = 0
    last: str = ""
    """Last day on which a reply drew on it, such as ``2025-11-22``."""


@dataclass
class Use:
    """The counts of some days."""

    days: int
    replies: int = 0
    pages: dict[str, Served] = field(default_factory=dict)
    """By id."""
    uncovered: dict[str, int] = field(default_factory=dict)
    """Questions that no page covered, by intent; empty for no intent in particular."""
    uncovered_days: dict[str, dict[str, int]] = field(default_factory=dict)
    """The same by day."""


def summed(found: Mapping[str, Mapping[str, int]], days: int) -> Use:
    """Return the sum of what ``PageCounts.counts`` returned for so many days."""
    use = Use(days)
    for day, counts in sorted(found.items()):
        for name, count in counts.items():
            what, _, key = name.partition("\t")
            if what == "replies":
                use.replies += count
            elif what == "uncovered":
                use.uncovered[key] = use.uncovered.get(key, 0) + count
                use.uncovered_days.setdefault(day, {})[key] = count
            elif what in {"recalled", "cited"}:
                served = use.pages.setdefault(key, Served())
                setattr(served, what, getattr(served, what) + count)
                served.last = day
    return use


def rows(use: Use, pages: Iterable[Page]) -> list[dict[str, Any]]:
    """Return one row per page, most cited first; a page that the desk no longer has comes without a version."""
    versions = {page.id: version_of(page) for page in pages}
    names = [*versions, *(name for name in use.pages if name not in versions)]
    told = [
        {
            "page": name,
            "version": versions.get(name, ""),
            "recalled": served.recalled,
            "cited": served.cited,
            "share": round(served.cited / use.replies, 4) if use.replies else 0.0,
            "last": served.last,
        }
        for name in names
        for served in [use.pages.get(name, Served())]
    ]
    return sorted(told, key=lambda row: (-row["cited"], -row["recalled"], row["page"]))


__all__ = ["Served", "Use", "rows", "summed"]
