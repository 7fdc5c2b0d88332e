"""A mirrored site: the addresses that its sitemap lists, and the files of the folder that hold them."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlsplit

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from frontdesk.knowledge.documents import UnreadableError, day_in

NAMES = ("sitemap.xml", "sitemap_index.xml", "sitemap-index.xml", "sitemap.xml.gz", "sitemap_index.xml.gz")
MOST_BYTES = 50_000_000
"""Of a sitemap, unpacked: the limit of the protocol (sitemaps.org)."""
MOST_PAGES = 50_000
DEEPEST = 3
"""Indexes of indexes are not allowed by the protocol; some exist all the same."""


@dataclass(frozen=True)
class Listed:
    """One address of a sitemap."""

    url: str
    file: Path | None
    """None where the folder has no file for it."""
    modified: date | None


def sitemap_in(folder: Path) -> Path | None:
    """Return a folder's sitemap, or None."""
    return next((path for name in NAMES if (path := folder / name).is_file()), None)


def listed(folder: Path, sitemap: Path) -> Iterator[Listed]:
    """Yield the addresses that a sitemap lists, and those of the sitemaps that it lists, each once.

    Args:
        folder: Of the mirror: ``<host>/<path>`` or ``<path>`` below it, as mirroring tools leave them.
        sitemap: In that folder.

    Raises:
        UnreadableError: A sitemap is broken, too large, or has a document type or entities.
    """
    seen: set[str] = set()
    for url, modified in _addresses(folder, sitemap, DEEPEST, set()):
        if url not in seen:
            seen.add(url)
            if len(seen) > MOST_PAGES:
                raise UnreadableError(f"{sitemap.name} lists more than {MOST_PAGES:,} addresses")
            yield Listed(url, file_of(folder, url), modified)


def file_of(folder: Path, url: str) -> Path | None:
    """Return the file of a mirror that holds an address; None for none, or for one that lies outside of the folder."""
    try:
        parts = urlsplit(url)
        path, host = unquote(parts.path).strip("/"), parts.hostname or ""
    except ValueError:
        return None
    names = [path, f"{path}/index.html", f"{path}.html", f"{path}/index.htm", f"{path}.htm"] if path else ["index.html"]
    if parts.query:
        names = [
            f"{name}{sign}{unquote(parts.query)}{end}" for name in names[:1] for sign in "?@" for end in ("", ".html")
        ]
    root = folder.resolve()
    for base in (folder / host, folder) if host else (folder,):
        for name in names:
            try:
                file = (base / name).resolve()
                if file.is_relative_to(root) and file.is_file():
                    return file
            except (OSError, ValueError):  # a name that no file can have
                continue
    return None


def _addresses(folder: Path, sitemap: Path, depth: int, read: set[Path]) -> Iterator[tuple[str, date | None]]:
    """Yield addresses; ``read``: the sitemaps that were read, each once, however often it is listed."""
    if sitemap.resolve() in read:
        return
    read.add(sitemap.resolve())
    try:
        root = fromstring(_bytes(sitemap), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        reason = "has a document type or entities" if isinstance(error, DefusedXmlException) else "is no XML"
        raise UnreadableError(f"{sitemap.name} {reason}") from None
    for entry in root:
        values = {_local(child.tag): (child.text or "").strip() for child in entry if isinstance(child.tag, str)}
        url = values.get("loc", "")
        if not url:
            continue
        if _local(root.tag) != "sitemapindex":
            yield url, day_in(values.get("lastmod"))
        elif depth and (file := _sitemap_of(folder, url)) is not None:
            yield from _addresses(folder, file, depth - 1, read)


def _sitemap_of(folder: Path, url: str) -> Path | None:
    """Return the file of a sitemap that an index lists: where a mirror has it, or beside the index, packed or not."""
    name = unquote(urlsplit(url).path).rpartition("/")[2]
    beside = [name, name.removesuffix(".gz")] if name else []
    near, root = (folder / each for each in beside), folder.resolve()
    return file_of(folder, url) or next(
        (path for path in near if path.is_file() and path.resolve().is_relative_to(root)), None
    )


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def _bytes(path: Path) -> bytes:
    try:
        if path.suffix == ".gz":
            with gzip.open(path) as packed:
                raw = packed.read(MOST_BYTES + 1)
        else:
            with path.open("rb") as plain:
                raw = plain.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error):
        raise UnreadableError(f"{path.name} cannot be read") from None
    if len(raw) > MOST_BYTES:
        raise UnreadableError(f"{path.name} is larger than {MOST_BYTES:,} bytes")
    return raw


__all__ = ["Listed", "file_of", "listed", "sitemap_in"]
