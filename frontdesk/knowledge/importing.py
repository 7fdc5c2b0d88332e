"""Imports documents into a desk: what is new or changed is written, what somebody edited since is left alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from frontdesk.desk.draft import Draft, Entry, read_draft
from frontdesk.desk.files import MAX_BYTES
from frontdesk.desk.pages import Page
from frontdesk.errors import DataError
from frontdesk.knowledge.documents import Found
from frontdesk.knowledge.sources import Read
from frontdesk.knowledge.writing import id_of, is_edited, page_of, written

Outcome = Literal["new", "updated", "unchanged", "edited", "failed", "gone"]
Count = Callable[[str], Mapping[str, int]]
"""Counts personal data in a text, by label."""


@dataclass(frozen=True)
class Done:
    """What became of one document."""

    source: str
    outcome: Outcome
    """edited: the page was changed by hand since its import, and stays as it is; gone: the site no longer has it."""
    page: str = ""
    """Its id."""
    why: str = ""
    """Of what failed."""
    left_out: Mapping[str, int] = field(default_factory=dict)
    """``hidden`` pieces, ``zero_width`` characters, ``links`` and ``url``: to hosts that are not in `link_hosts`."""
    personal: Mapping[str, int] = field(default_factory=dict)
    """Personal data in the text: label to count."""

    def as_dict(self) -> dict[str, object]:
        """Return plain JSON data."""
        return {
            "source": self.source,
            "outcome": self.outcome,
            "page": self.page,
            "why": self.why,
            "left_out": dict(self.left_out),
            "personal": dict(self.personal),
        }


@dataclass(frozen=True)
class Rules:
    """How documents become pages."""

    audience: str = ""
    """``public`` or ``customer``; empty: as the page has it already, else public."""
    language: str = ""
    """Tag; empty: as the document says."""
    dry_run: bool = False
    overwrite: bool = False
    """Also pages that somebody edited."""


def import_all(reads: Iterable[Read], folder: Path, rules: Rules, count: Count) -> list[Done]:
    """Import documents.

    Args:
        reads: What was read, each with its document or the reason why there is none.
        folder: The desk's ``knowledge``.
        rules: How.
        count: Finds personal data, of which labels and counts are reported.

    Returns:
        One record per document, in order, then one per page whose site was imported and no longer has it.

    Raises:
        DataError: The folder is no desk's, or its desk.yaml is faulty.
    """
    desk, seen, done = _Desk(folder), set[str](), list[Done]()
    for read in reads:
        twice = "another document of this import has the same name: import their folder" if read.source in seen else ""
        seen.add(read.source)
        done.append(Done(read.source, "failed", why=twice) if twice else desk.take(read, rules, count))
    return [*done, *desk.gone(done)]


class _Desk:
    """The pages that a desk has, and how it takes another one."""

    def __init__(self, folder: Path) -> None:
        draft = read_draft(folder.parent)
        if folder.name != "knowledge" or draft.config is None or draft.faults_in("desk.yaml"):
            raise DataError(
                f"{folder} is not the knowledge folder of a desk: give DESK/knowledge (frontdesk check DESK)"
            )
        self.folder, self.config = folder, draft.config.record
        self.taken = {*draft.names["page"], *(path.stem for path in folder.glob("*.md"))}
        self.known: dict[str, Entry[Page]] = _imported(draft)

    def take(self, read: Read, rules: Rules, count: Count) -> Done:
        if read.found is None:
            return Done(read.source, "failed", why=read.why)
        found, entry = read.found, self.known.get(read.source)
        old = entry.record if entry else None
        name = old.id if old else id_of(found.source, found.title, self.taken)
        page = self._page(found, name, rules, old)
        text = written(page)
        done = Done(
            found.source, "new", name, left_out=dict(found.left_out), personal=count(f"{page.title}\n{page.body}")
        )
        if len(text.encode()) > MAX_BYTES:
            return Done(found.source, "failed", why=f"its text is larger than {MAX_BYTES:,} bytes")
        if old and is_edited(old) and not rules.overwrite:
            return _as(done, "edited")
        if old and old == page:
            return _as(done, "unchanged")
        if not rules.dry_run:
            _write(self.folder / (Path(entry.document.file).name if entry else f"{name}.md"), text)
        self.taken.add(name)
        return _as(done, "updated" if old else "new")

    def _page(self, found: Found, name: str, rules: Rules, old: Page | None) -> Page:
        main = self.config.languages[0] if self.config.languages else "en"
        audience = rules.audience or (old.audience if old else "public")
        hosts = [host.lower() for host in self.config.link_hosts]
        page = page_of(found, name=name, hosts=hosts, main=main, audience=audience, language=rules.language)
        if old is None:
            return page
        # what people set by hand stays: they looked at the page
        reviewed = max((day for day in (page.reviewed, old.reviewed) if day), default=None)
        return page.model_copy(update={"reviewed": reviewed, "replaces": old.replaces})

    def gone(self, done: Sequence[Done]) -> list[Done]:
        """Return the pages of the sites that were imported which none of them has any more."""
        seen = {one.source for one in done}
        sites = {site for source in seen if (site := _site(source))}
        return [
            Done(source, "gone", entry.record.id)
            for source, entry in sorted(self.known.items())
            if source not in seen and _site(source) in sites
        ]


def _site(source: str) -> str:
    scheme, mark, rest = source.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}" if mark else ""


def _imported(draft: Draft) -> dict[str, Entry[Page]]:
    return {entry.record.imported.source: entry for entry in draft.pages if entry.record.imported}


def _as(done: Done, outcome: Outcome) -> Done:
    return replace(done, outcome=outcome)


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.new")
    draft.write_text(text, encoding="utf-8")
    os.replace(draft, path)


__all__ = ["Done", "Outcome", "Rules", "import_all"]
