"""Warnings of ``frontdesk check``: sentences of a desk's own pages that its models would not be shown."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping

from frontdesk.desk.config import Page
from frontdesk.desk.draft import Entry, read_draft
from frontdesk.desk.load import Desk
from frontdesk.errors import Fault
from frontdesk.graph.protocols import InputGuard
from frontdesk.nodes.guard.pages import SiftedPage, sift_pages

PROBLEM = "the document guard takes this for an instruction and withholds it, or a part of it, from models"
REMEDY = "word it as information, or give that check another `channels.document.threshold` under `guards`"


def page_warnings(desk: Desk, guard: InputGuard) -> list[str]:
    """Judge a desk's pages as its opening does, by the first tier.

    Args:
        desk: Without faults.
        guard: The desk's, without a second tier: nothing is contacted.

    Returns:
        One text per line of a file that would be withheld or has sentences that would be,
        ``file:line: warning: problem; remedy``, in the order of the files. No line holds a part of the page.
    """
    found = asyncio.run(sift_pages(guard, desk.pages, desk.config))
    entries: Mapping[str, Entry[Page]] = {entry.record.id: entry for entry in read_draft(desk.root).pages}
    faults = (fault for name, sifted in found.items() for fault in _faults(entries[name], sifted))
    return [line(fault) for fault in dict.fromkeys(faults)]


def _faults(entry: Entry[Page], sifted: SiftedPage) -> Iterator[Fault]:
    document = entry.document
    for part, lines in (
        (sifted.title, [document.line("title") for _ in sifted.title.places]),
        (sifted.body, [document.body_line + document.body.count("\n", 0, start) for start in sifted.body.places]),
    ):
        rules = ", ".join(part.verdict["rules"])
        yield from (Fault(document.file, line, f"{PROBLEM} ({rules})", REMEDY) for line in lines)


def line(fault: Fault) -> str:
    """Return a warning as it is shown."""
    return f"{fault.file}:{fault.line}: warning: {fault.problem}; {fault.remedy}"


__all__ = ["line", "page_warnings"]
