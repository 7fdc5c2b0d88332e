"""Pages whose time is over, has not come, or of which nobody has made sure for long."""

from __future__ import annotations

from collections.abc import Iterator

from frontdesk.desk.config import Page
from frontdesk.desk.draft import Entry
from frontdesk.desk.pages import in_force, superseded, usable
from frontdesk.knowledge.lint.findings import Desk, Finding, at_page

SOON = 30
"""Days before its last day from which a page without a successor is reported."""


def ages(desk: Desk) -> Iterator[Finding]:
    """Yield expired, not yet valid, replaced and stale pages, and intents that they leave without a page."""
    pages = {entry.record.id: entry.record for entry in desk.pages}
    replaced = superseded(pages.values(), desk.today)
    for entry in desk.pages:
        page = entry.record
        if page.id in replaced:
            yield at_page(
                entry, "warning", "replaced", "a newer page replaces this one", "remove it when you like", "id"
            )
        elif not in_force(page, desk.today):
            yield _out_of_force(entry, desk)
        else:
            yield from _stale(entry, desk, pages)
    for named in desk.intents:
        for index, name in enumerate(named.record.pages):
            page_now = usable(pages, name, signed_in=True, today=desk.today)
            if name in pages and page_now is None:
                fault = named.fault(("pages", index), f"the page `{name}` may not be used today", "renew or replace it")
                yield Finding(fault.file, fault.line, "error", "unusable", fault.problem, fault.remedy)


def _out_of_force(entry: Entry[Page], desk: Desk) -> Finding:
    page = entry.record
    if page.valid_to and page.valid_to < desk.today:
        remedy = "renew it (`valid_to`, `reviewed`), or remove it"
        return at_page(entry, "warning", "expired", f"the page ended on {page.valid_to}", remedy, "valid_to")
    remedy = "nothing, if that is meant: until then no customer is shown it"
    return at_page(entry, "warning", "not_yet", f"the page begins on {page.valid_from}", remedy, "valid_from")


def _stale(entry: Entry[Page], desk: Desk, pages: dict[str, Page]) -> Iterator[Finding]:
    page, days = entry.record, desk.config.search.stale_days
    last = max((day for day in (page.reviewed, page.valid_from) if day and day <= desk.today), default=None)
    remedy = "read it, put it right, and set `reviewed` to that day"
    if last is None:
        yield at_page(entry, "warning", "stale", "no day says when it was last found right", remedy, "id")
    elif (desk.today - last).days > days:
        problem = f"it was last found right on {last}, more than {days} days ago"
        yield at_page(entry, "warning", "stale", problem, remedy, "reviewed" if page.reviewed else "valid_from")
    follows = any(page.id in one.replaces for one in pages.values())
    if page.valid_to and (page.valid_to - desk.today).days <= SOON and not follows:
        problem = f"it ends on {page.valid_to} and no page replaces it"
        yield at_page(entry, "warning", "ends", problem, "write what holds then, with `replaces`", "valid_to")


__all__ = ["ages"]
