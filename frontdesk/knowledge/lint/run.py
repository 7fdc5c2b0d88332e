"""Runs every lint over a desk folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from frontdesk.desk.check import examine
from frontdesk.knowledge.counts import Use
from frontdesk.knowledge.lint.ages import ages
from frontdesk.knowledge.lint.contradictions import contradictions
from frontdesk.knowledge.lint.findings import Desk, Finding
from frontdesk.knowledge.lint.reach import links, sections, translations, unreached
from frontdesk.knowledge.lint.use import used

LINTS: tuple[Callable[[Desk], Iterator[Finding]], ...] = (
    ages,
    contradictions,
    links,
    sections,
    translations,
    unreached,
)


def lint(root: Path, today: date, use: Use | None = None) -> list[Finding]:
    """Look at a desk's pages; a desk that cannot be opened is looked at, too.

    Args:
        root: The desk's folder.
        today: Against which dates are judged.
        use: What the counters say; None leaves out what rests on them.

    Returns:
        In file and line order.
    """
    draft = examine(root)
    found = [
        Finding(fault.file, fault.line, "error", "fault", fault.problem, fault.remedy)
        for fault in draft.faults
        if fault.file.startswith("knowledge/") or draft.config is None
    ]
    if draft.config is not None:
        desk = Desk(draft.config.record, draft.pages, draft.intents, today)
        found += [finding for check in LINTS for finding in check(desk)]
        found += used(desk, use) if use else ()
    return sorted(dict.fromkeys(found), key=lambda each: (each.file, each.line, each.code, each.problem))


__all__ = ["lint"]
