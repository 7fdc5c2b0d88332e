"""From an imported document to a page's file: id, links, front matter, and whether somebody edited it since."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Collection, Sequence
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from frontdesk.desk.checks.links import LINK, link_fault
from frontdesk.desk.languages import base
from frontdesk.desk.pages import Imported, Page
from frontdesk.knowledge.documents import Found

_MARKDOWN_LINK = re.compile(
    r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+\"[^\"]*\")?\)"
)
_AUTOLINK = re.compile(r"<((?:https?|ftp|mailto|tel)[^<>\s]*)>")
_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{2}))?(?![A-Za-z])")
_LONGEST = 60
_FORM = ("title", "url", "language", "audience", "valid_from", "valid_to")
"""What an import writes besides the text; `reviewed` and `replaces` may be set by hand without its being an edit."""


def digest_of(page: Page) -> str:
    """Return the digest of what an import writes of a page, 16 hex digits."""
    told = json.dumps([*(str(getattr(page, name)) for name in _FORM), page.body.strip()], ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def is_edited(page: Page) -> bool:
    """Tell whether somebody changed an imported page since; a page of one's own counts as such."""
    return page.imported is None or page.imported.digest != digest_of(page)


def id_of(source: str, title: str, taken: Collection[str]) -> str:
    """Return an id for a new page: the last words of its address or file, or its title; never one that is taken.

    Args:
        source: An address or a path; the same one gives the same id, as long as it is free.
        title: For an address that says nothing, such as ``/``.
        taken: Ids of the desk's pages.
    """
    path = unquote(urlsplit(source).path) if "://" in source else source
    parts = [part for part in PurePosixPath(re.sub(r"\.\w{1,5}$", "", path)).parts if part not in {"/", ".", ".."}]
    if parts and parts[-1].casefold() in {"index", "default"}:
        parts.pop()
    names = [_slug(parts[-1])] if parts else []
    names += [_slug("-".join(parts[-2:]))] if len(parts) > 1 else []
    names = [name for name in names if len(name) > 1] or [_slug(title) or "page"]
    free = next((name for name in names if name not in taken), "")
    number = 2
    while not free:
        name = f"{names[0][: _LONGEST - 4]}-{number}"
        free, number = ("" if name in taken else name), number + 1
    return free


def tag_of(given: str, main: str) -> str:
    """Return a language tag as desks write it (``en-GB``); empty for the desk's main language, or for none."""
    found = _TAG.match(given.strip())
    if found is None:
        return ""
    tag = found[1].lower() + (f"-{found[2].upper()}" if found[2] else "")
    return "" if tag == main or (base(tag) == base(main) and "-" not in main) else tag


def kept_links(body: str, hosts: Sequence[str]) -> tuple[str, int]:
    """Return Markdown in which links that a reply may not carry are plain words, and how many those were."""
    cut = 0

    def words(match: re.Match[str]) -> str:
        nonlocal cut
        if match[2].startswith(("mailto:", "tel:")) or (match[2] and not link_fault(match[2], hosts)):
            return match[0].removeprefix("!")
        cut += 1
        return match[1]

    def bare(match: re.Match[str]) -> str:
        nonlocal cut
        if match[0].startswith(("#", "mailto:", "tel:")) or not link_fault(match[0], hosts):
            return match[0]
        cut += 1
        return match[0].partition("://")[2].partition("/")[0]

    body = _AUTOLINK.sub(lambda match: match[1].removeprefix("mailto:").removeprefix("tel:"), body)
    return LINK.sub(bare, _MARKDOWN_LINK.sub(words, body)), cut


def page_of(found: Found, *, name: str, hosts: Sequence[str], main: str, audience: str, language: str) -> Page:
    """Return the page that a document makes.

    Args:
        found: The document; how many links were cut is added to its ``left_out``.
        name: The page's id.
        hosts: That a reply may link to.
        main: Tag of the desk's main language.
        audience: ``public`` or ``customer``.
        language: Tag; empty for the document's own.
    """
    body, cut = kept_links(found.body, hosts)
    if cut:
        found.left_out["links"] += cut
    url = found.url if found.url and not link_fault(found.url, hosts) else ""
    if found.url and not url:
        found.left_out["url"] += 1
    ends = found.expires if not (found.expires and found.published and found.expires < found.published) else None
    page = Page.model_validate(
        {
            "id": name,
            "title": found.title if len(found.title) > 1 else name,
            "url": url,
            "valid_from": found.published,
            "valid_to": ends,
            "reviewed": found.modified,
            "language": tag_of(language or found.language, main),
            "audience": audience,
            "body": body,
        }
    )
    return page.model_copy(update={"imported": Imported(source=found.source, digest=digest_of(page))})


def written(page: Page) -> str:
    """Return a page's file."""
    lines = ["---"]
    for name, value in page.model_dump(mode="json", exclude={"body"}, exclude_defaults=True).items():
        if isinstance(value, dict):
            lines += [f"{name}:", *(f"  {key}: {_scalar(each)}" for key, each in value.items())]
        else:
            lines.append(f"{name}: {_scalar(value)}")
    return "\n".join([*lines, "---", "", page.body.strip(), ""])


def _scalar(value: object) -> str:
    """Return a value as YAML: plain where that can mean nothing else, else as JSON, which YAML reads alike."""
    if isinstance(value, str) and re.fullmatch(
        r"(?!(?:null|true|false)$)[a-z][a-z-]+|\d{4}-\d\d-\d\d|https://[\w./-]+", value
    ):
        return value
    return json.dumps(value, ensure_ascii=False)


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if slug and not slug[0].isalpha():
        slug = f"page-{slug}"
    return slug[:_LONGEST].strip("-")


__all__ = ["digest_of", "id_of", "is_edited", "kept_links", "page_of", "tag_of", "written"]
