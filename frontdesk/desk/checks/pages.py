"""Knowledge pages: unique ids, and something to cite."""

from __future__ import annotations

from collections.abc import Iterator

from frontdesk.desk.draft import Draft
from frontdesk.errors import Fault


def page_faults(draft: Draft) -> Iterator[Fault]:
    """Yield pages whose id another page has, and pages without text."""
    files: dict[str, str] = {}
    for entry in draft.pages:
        page, document = entry.record, entry.document
        other = files.setdefault(page.id, document.file)
        if other != document.file:
            yield entry.fault(("id",), f"the page id `{page.id}` is that of {other} too", "give each page its own id")
        if not page.body:
            yield Fault(document.file, document.body_line, "the page has no text", "write it below the front matter")
