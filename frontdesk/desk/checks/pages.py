"""Knowledge pages: unique ids and titles, something to cite, days in order, and a language that the desk has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from frontdesk.desk.config import Page
from frontdesk.desk.draft import Draft, Entry
from frontdesk.desk.languages import TAG, base
from frontdesk.desk.names import choose, shown
from frontdesk.errors import Fault


def page_faults(draft: Draft) -> Iterator[Fault]:
    """Yield what is wrong with single pages, and between them."""
    files: dict[str, str] = {}
    for entry in draft.pages:
        page, document = entry.record, entry.document
        other = files.setdefault(page.id, document.file)
        if other != document.file:
            yield entry.fault(("id",), f"the page id `{page.id}` is that of {other} too", "give each page its own id")
        if not page.body:
            yield Fault(document.file, document.body_line, "the page has no text", "write it below the front matter")
        yield from _days(entry)
        yield from _language(draft, entry)
        yield from _replaces(draft, entry)
    yield from _titles(draft.pages)


def _days(entry: Entry[Page]) -> Iterator[Fault]:
    page = entry.record
    if page.valid_from and page.valid_to and page.valid_to < page.valid_from:
        problem = f"the page ends ({page.valid_to}) before it begins ({page.valid_from})"
        yield entry.fault(("valid_to",), problem, "give the last day on which it may be used, or leave it out")


def _language(draft: Draft, entry: Entry[Page]) -> Iterator[Fault]:
    tag = entry.record.language
    if not tag or draft.config is None:
        return
    if not TAG.fullmatch(tag):
        remedy = "write a tag such as `de` or `en-GB`, or leave it out for the desk's main language"
        yield entry.fault(("language",), f"`{shown(tag)}` is no language tag", remedy)
        return
    known = draft.config.record.languages
    if base(tag) not in {base(one) for one in known}:
        remedy = f"add it to `languages` in desk.yaml, or {choose(tag, known)}"
        yield entry.fault(("language",), f"the desk does not have the language `{tag}`", remedy)


def _replaces(draft: Draft, entry: Entry[Page]) -> Iterator[Fault]:
    page = entry.record
    others = {other.record.id: other.record for other in draft.pages}
    for index, old in enumerate(page.replaces):
        place = ("replaces", index)
        if old == page.id:
            yield entry.fault(place, "the page replaces itself", "name the older page, or leave it out")
        elif old not in draft.names["page"]:
            names = sorted(draft.names["page"] - {page.id})
            yield entry.fault(place, f"unknown page `{shown(old)}`", f"{choose(old, names)}; or leave it out")
        elif old in page.replaces[:index]:
            yield entry.fault(place, f"the page `{old}` stands twice", "keep one of the two")
        elif old in others and page.id in others[old].replaces:
            yield entry.fault(place, f"`{page.id}` and `{old}` replace each other", "keep `replaces` in the newer page")
        elif old in others and base(others[old].language) != base(page.language):
            remedy = "customers of its language would be left without a page: replace one in the same language"
            yield entry.fault(place, f"the page `{old}` is in another language", remedy)


def _titles(entries: list[Entry[Page]]) -> Iterator[Fault]:
    seen: dict[tuple[str, str], list[Entry[Page]]] = {}
    for entry in entries:
        page = entry.record
        same = seen.setdefault((" ".join(page.title.casefold().split()), page.language.casefold()), [])
        for other in same:
            if _together(page, other.record):
                problem = f"the title is also that of {other.document.file}, in the same language and at the same time"
                remedy = (
                    "a customer must be able to tell sources apart: reword one, or let the newer name it in `replaces`"
                )
                yield entry.fault(("title",), problem, remedy)
                break
        same.append(entry)


def _together(page: Page, other: Page) -> bool:
    """Whether both may be used on the same day."""
    if page.id == other.id or page.id in other.replaces or other.id in page.replaces:
        return False
    begins = max(page.valid_from or date.min, other.valid_from or date.min)
    return begins <= min(page.valid_to or date.max, other.valid_to or date.max)


__all__ = ["page_faults"]
