"""Pages that nothing leads to, links that lead nowhere, sections that are too long, languages that are missing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from frontdesk.desk.config import Page
from frontdesk.desk.draft import Entry
from frontdesk.desk.languages import base
from frontdesk.desk.pages import in_force, superseded
from frontdesk.knowledge.lint.findings import Desk, Finding, at_page, in_body
from frontdesk.nodes.recall.knowledge import PageSearch, query_of
from frontdesk.nodes.recall.sections import HEADING, LONGEST, sections_of

FIRST = 3
"""Places among which a page must be for its own title or one of its headings."""
NEIGHBOURS = 2
"""Pages in a folder of a site from which an address in it that no page has is taken for a dead link."""
_ADDRESS = re.compile(r"(?:https://)?((?:[a-z0-9-]+\.)+[a-z]{2,}/[^\s)>\]\"'#?]*)", re.IGNORECASE)


def links(desk: Desk) -> Iterator[Finding]:
    """Yield links that lead to where the desk's other pages are, but to none of them."""
    addresses = {_bare(entry.record.url) for entry in desk.pages if entry.record.url}
    folders = Counter(address.rpartition("/")[0] for address in addresses)
    for entry in desk.pages:
        for offset, line in enumerate(entry.record.body.split("\n")):
            for match in _ADDRESS.finditer(line):
                address = _bare(match[1].rstrip(".,;:!"))
                if address not in addresses and folders[address.rpartition("/")[0]] >= NEIGHBOURS:
                    problem = f"the link leads to {address}, which no page has as its `url`"
                    yield in_body(
                        entry, offset, "error", "dead_link", problem, "name the page that it means, or remove it"
                    )


def sections(desk: Desk) -> Iterator[Finding]:
    """Yield sections that are too long."""
    for entry in desk.pages:
        length, start, title = 0, 0, ""
        for offset, line in enumerate([*entry.record.body.split("\n"), "# "]):
            if not (found := HEADING.match(line)) and line != "# ":
                length += len(line) + 1
                continue
            if length > LONGEST:
                problem = (
                    f"the section {f'“{title}” ' if title else ''}has {length:,} characters, more than {LONGEST:,}"
                )
                yield in_body(entry, start, "warning", "long_section", problem, "give its parts headings of their own")
            length, start, title = 0, offset, found[2] if found else ""


def translations(desk: Desk) -> Iterator[Finding]:
    """Yield pages that a desk of several languages has in some of them only (``returns-de`` translates ``returns``)."""
    languages = list(dict.fromkeys(base(tag) for tag in desk.config.languages))
    if len(languages) < 2:
        return
    main = languages[0]
    ids = {entry.record.id for entry in desk.pages}
    for entry in desk.pages:
        page = entry.record
        own = base(page.language) if page.language else main
        if own != main and page.id.endswith(f"-{own}"):
            continue
        missing = [tag for tag in languages if tag != own and f"{page.id}-{tag}" not in ids]
        if missing:
            remedy = f"write {', '.join(f'`{page.id}-{tag}`' for tag in missing)}, or live with it"
            problem = f"there is no translation into {', '.join(missing)}"
            yield at_page(entry, "warning", "untranslated", problem, remedy, "language")


def unreached(desk: Desk) -> Iterator[Finding]:
    """Yield pages that no intent names and that no search finds by their own title and headings."""
    replaced = superseded((entry.record for entry in desk.pages), desk.today)
    current = [one for one in desk.pages if one.record.id not in replaced and in_force(one.record, desk.today)]
    search = PageSearch([entry.record for entry in current], today=lambda: desk.today, rules=desk.config.search)
    named = {name for entry in desk.intents for name in entry.record.pages}
    for entry in current:
        if entry.record.id not in named and not _found(search, entry):
            remedy = "name it under an intent's `pages`, or use the words of customers in its title and headings"
            problem = "no intent names the page, and no search finds it by its own title"
            yield at_page(entry, "warning", "unreached", problem, remedy, "title")


def _found(search: PageSearch, entry: Entry[Page]) -> bool:
    page = entry.record
    for asked in [page.title, *(section.heading for section in sections_of(page) if section.heading)]:
        hits = search.hits(query_of(asked), signed_in=True, language=page.language)
        if page.id in list(dict.fromkeys(hit.section.page.id for hit in hits))[:FIRST]:
            return True
    return False


def _bare(url: str) -> str:
    return url.removeprefix("https://").partition("#")[0].partition("?")[0].rstrip("/").casefold()


__all__ = ["links", "sections", "translations", "unreached"]
