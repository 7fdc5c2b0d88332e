"""What is named on the command line to documents: files, folders, and mirrors with a sitemap."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from frontdesk.errors import DataError
from frontdesk.knowledge.documents import Found, UnreadableError

HTML, PDF = (".html", ".htm", ".xhtml"), (".pdf",)
MOST_BYTES = {"html": 5_000_000, "pdf": 50_000_000}
MOST_FILES = 20_000


@dataclass(frozen=True)
class Read:
    """One document, or why there is none."""

    source: str
    found: Found | None = None
    why: str = ""


def read_all(sources: Sequence[Path]) -> Iterator[Read]:
    """Yield the documents that files and folders hold; a broken one is reported, and the rest goes on.

    Args:
        sources: HTML and PDF files; folders of such files; folders with a ``sitemap.xml``, of which what the sitemap
            lists is read.

    Raises:
        DataError: A source does not exist, or is of another kind.
    """
    for path in sources:
        if path.is_dir():
            yield from _folder(path)
        elif path.is_file() and path.suffix.lower() in (*HTML, *PDF):
            yield _document(path, path.name)
        else:
            what = "is no HTML or PDF file, and no folder" if path.exists() else "does not exist"
            raise DataError(f"{path} {what}: name HTML or PDF files, folders of such, or mirrors with a sitemap.xml")


def _folder(folder: Path) -> Iterator[Read]:
    from frontdesk.knowledge.sitemap import sitemap_in  # noqa: PLC0415 - comes with the extra `import`

    sitemap = sitemap_in(folder)
    if sitemap is not None:
        yield from _mirror(folder, sitemap)
        return
    root = folder.resolve()
    files = [path for path in sorted(folder.rglob("*")) if path.suffix.lower() in (*HTML, *PDF)]
    files = [path for path in files if path.is_file()]  # no folder `page.html/`, and no pipe, which would never end
    if not files:
        raise DataError(f"{folder} has neither a sitemap.xml nor HTML or PDF files")
    for path in files[:MOST_FILES]:
        name = path.relative_to(folder).as_posix()
        if not path.resolve().is_relative_to(root):
            yield Read(name, why="the link leads out of the folder")
        else:
            yield _document(path, name)
    if len(files) > MOST_FILES:
        yield Read(folder.name, why=f"only the first {MOST_FILES:,} of {len(files):,} files were read")


def _mirror(folder: Path, sitemap: Path) -> Iterator[Read]:
    from frontdesk.knowledge.sitemap import listed  # noqa: PLC0415 - comes with the extra `import`

    try:
        for entry in listed(folder, sitemap):
            if entry.file is None:
                yield Read(entry.url, why="the folder has no file for this address")
                continue
            read = _document(entry.file, entry.url, entry.url)
            if read.found is not None and read.found.modified is None:
                read.found.modified = entry.modified
            yield read
    except UnreadableError as error:
        yield Read(sitemap.name, why=str(error))


def _document(path: Path, source: str, url: str = "") -> Read:
    kind = "pdf" if path.suffix.lower() in PDF else "html"
    if not source.isprintable():
        return Read(ascii(source)[1:-1], why="its name holds signs that cannot be printed, or is not UTF-8")
    try:
        if path.stat().st_size > MOST_BYTES[kind]:
            return Read(source, why=f"the file is larger than {MOST_BYTES[kind]:,} bytes")
        raw = path.read_bytes()
    except OSError as error:
        return Read(source, why=f"the file cannot be read: {error.strerror}")
    try:
        return Read(source, found=_readers()[kind](raw, source, url))
    except UnreadableError as error:
        return Read(source, why=str(error))


def _readers() -> dict[str, Callable[[bytes, str, str], Found]]:
    from frontdesk.knowledge.html import read_html  # noqa: PLC0415 - comes with the extra `import`
    from frontdesk.knowledge.pdf import read_pdf  # noqa: PLC0415 - comes with the extra `import`

    def pdf(raw: bytes, source: str, url: str) -> Found:
        found = read_pdf(raw, source)
        found.url = url
        return found

    return {"html": read_html, "pdf": pdf}


__all__ = ["Read", "read_all"]
