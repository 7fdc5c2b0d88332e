"""Knowledge pages: the record, when one may be used, for whom, and which version it is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

PAGE_ID = r"^[a-z][a-z0-9-]{1,63}$"
VERSION_CHARS = 12
"""Hex digits of a version: 48 bits, and versions are compared within one page only."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Imported(_Strict):
    """Where `frontdesk knowledge import` had a page from."""

    source: str = Field(min_length=1)
    """The page's address, or its file's path below the folder that was imported."""
    digest: str = Field(pattern=r"^[0-9a-f]{16}$")
    """Of what was written: a page that differs from it was edited since, and is not overwritten."""


class Page(_Strict):
    """One knowledge page: front matter and Markdown body."""

    id: str = Field(pattern=PAGE_ID)
    """How answers cite the page: `[returns]`. A page `returns-de` in German is the translation of `returns`."""
    title: str = Field(min_length=2)
    """What the customer sees as the source."""
    url: str = ""
    """Where the customer can read on; its host must be in `link_hosts`."""
    valid_from: date | None = None
    """Day from which the page may be used; always, when absent."""
    valid_to: date | None = None
    """Last day on which the page may be used; without end, when absent."""
    reviewed: date | None = None
    """Day on which somebody last found the page right; `frontdesk knowledge lint` reports old ones."""
    language: str = ""
    """Tag of the page's language, such as `de`; empty: the desk's main one. Preferred for customers who write in it."""
    audience: Literal["public", "customer"] = "public"
    """customer: only for signed-in customers."""
    replaces: list[str] = Field(default_factory=list)
    """Ids of older pages that are no longer used from the day on which this one may be."""
    imported: Imported | None = None
    """Written by `frontdesk knowledge import`; remove it and the page is one that you wrote."""
    body: str = ""


def in_force(page: Page, today: date) -> bool:
    """Tell whether a page may be used on a day; whether a newer one replaces it is told by :func:`superseded`."""
    return (page.valid_from is None or page.valid_from <= today) and (page.valid_to is None or today <= page.valid_to)


def superseded(pages: Iterable[Page], today: date) -> frozenset[str]:
    """Return the ids of the pages that one in force on a day replaces."""
    return frozenset(old for page in pages if page.replaces and in_force(page, today) for old in page.replaces)


def visible(page: Page, *, signed_in: bool, today: date, replaced: frozenset[str] = frozenset()) -> bool:
    """Tell whether a caller may be shown a page on a day.

    Args:
        page: The page.
        signed_in: Whether the caller is a customer who has signed in.
        today: In UTC.
        replaced: What :func:`superseded` returned for the desk's pages on that day.
    """
    allowed = page.audience == "public" or signed_in
    return allowed and page.id not in replaced and in_force(page, today)


def usable(pages: Mapping[str, Page], name: str, *, signed_in: bool, today: date) -> Page | None:
    """Return the page that stands for a name on a day: itself, or the one that replaced it; None where there is none.

    An intent may name a page that a newer one replaces: from that day on it is answered with the newer one.
    """
    seen: set[str] = set()
    while name in pages and name not in seen:
        seen.add(name)
        newer = [one for one in pages.values() if name in one.replaces and in_force(one, today)]
        if not newer:
            page = pages[name]
            return page if visible(page, signed_in=signed_in, today=today) else None
        name = min(newer, key=lambda one: (not visible(one, signed_in=signed_in, today=today), one.id)).id
    return None


def version_of(page: Page) -> str:
    """Return the version of what a customer can read of a page: 12 hex digits of its SHA-256.

    Dates, audience and who reviewed it do not count: an answer from the page stays right when only those change.
    """
    told = json.dumps([page.title, page.url, page.language, page.body], ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:VERSION_CHARS]


def speaks(page: Page, language: str) -> float:
    """Return how well a page's language serves a customer's: 1 the same, 0.9 a relative (``en`` for ``en-GB``), 0 none.

    A page without a tag, or a customer whose language is not known, gives 0.5: nothing tells.
    """
    ours, theirs = page.language.casefold(), language.casefold()
    if not ours or not theirs:
        return 0.5
    if ours == theirs:
        return 1.0
    return 0.9 if ours.partition("-")[0] == theirs.partition("-")[0] else 0.0


__all__ = ["Imported", "Page", "in_force", "speaks", "superseded", "usable", "version_of", "visible"]
