"""PDF to Markdown: lines by their size to headings, lists and paragraphs, without what stands on every page."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from pypdf import PdfReader
from pypdf.generic import NameObject

from frontdesk.knowledge.documents import Found, UnreadableError, day_in, one_line, tidy, unveiled
from frontdesk.knowledge.ink import Ink

# It logs every oddity of a file, with parts of the file.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

MOST_PAGES = 300
_HEADING = 1.15
"""Times the size of the running text from which a line is a heading."""
_REPEATED = 0.6
"""Share of the pages on which a first or last line stands that belongs to the sheet and not to the text."""
_EDGE = 2
"""Lines at the top and at the bottom of a page that may be such."""
_BULLET = re.compile(r"^\s*[•◦▪‣●○■–*-]\s+")
_NUMBER = re.compile(r"^\s*\d{1,2}[.)]\s+")
_PAGE = re.compile(r"^(?:page|seite|p\.)?\s*\d+\s*(?:(?:of|von|/)\s*\d+)?$", re.IGNORECASE)
Line = tuple[str, float]
"""Text, and the size of its letters in points."""


def read_pdf(raw: bytes, source: str) -> Found:
    """Read a PDF document that has text.

    Args:
        raw: The file.
        source: What the page is recognised by at the next import.

    Raises:
        UnreadableError: It is broken, locked, too long, or holds pictures only.
    """
    found = Found(source)
    try:
        sheets = _sheets(raw, found)
    except UnreadableError:
        raise
    except Exception as error:  # noqa: BLE001 - a broken file breaks the parser in ways of its own; the rest goes on
        raise UnreadableError(f"it cannot be read as PDF ({type(error).__name__})") from None
    lines: list[Line] = []
    for sheet in _bare(sheets):
        first = next((text.strip() for text, _ in sheet if text.strip()), "")
        # a sentence may go on upon the next sheet
        lines += [*([] if first[:1].islower() else [("", 0.0)]), *sheet]
    if not any(text.strip() for text, _ in lines):
        raise UnreadableError("there is no text in it that its readers would see (a scan?)")
    body = _normal(lines)
    if not found.title or found.title.casefold().endswith((".doc", ".docx", ".pdf", ".indd")):
        found.title = next((one_line(text) for text, size in lines if size >= body * _HEADING and text.strip()), "")
    found.title = one_line(unveiled(found.title, Counter()))
    found.body = tidy(unveiled(_markdown(lines, body, found.title), found.left_out))
    if not found.body:
        raise UnreadableError("there is no text in it besides its title")
    return found


def _sheets(raw: bytes, found: Found) -> list[list[Line]]:
    reader = PdfReader(io.BytesIO(raw), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableError("it is locked with a password")
    if len(reader.pages) > MOST_PAGES:
        raise UnreadableError(f"it has more than {MOST_PAGES} pages: split it")
    about: Any = reader.metadata or {}
    found.title = one_line(str(about.get("/Title", "") or ""))
    found.modified = day_in(str(about.get("/ModDate", "") or about.get("/CreationDate", "")))
    found.language = str(reader.root_object.get("/Lang", "") or "")
    ink = Ink(reader)
    return [_lines(page, ink, found) for page in reader.pages]


def _lines(page: Any, ink: Ink, found: Found) -> list[Line]:
    content, hidden = ink.visible_content(page)
    if content is not None:
        page[NameObject("/Contents")] = content
    if hidden:
        found.left_out["hidden"] += hidden
    lines: list[Line] = []
    text, size = "", 0.0

    def take(piece: str, _cm: Any, matrix: Sequence[float], _font: Any, points: float) -> None:
        nonlocal text, size
        scale = abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) ** 0.5 or 1.0
        for number, part in enumerate(piece.split("\n")):
            if number:
                lines.append((text, size))
                text, size = "", 0.0
            text += part
            size = max(size, points * scale) if part.strip() else size

    page.extract_text(visitor_text=take)
    return [*lines, (text, size)]


def _bare(sheets: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Return the pages without lines that repeat at their edges, and without page numbers."""
    full = [[line for line in sheet if line[0].strip()] for sheet in sheets]
    edges = Counter(text for sheet in full for text in {_shape(text) for text, _ in [*sheet[:_EDGE], *sheet[-_EDGE:]]})
    often = {text for text, count in edges.items() if len(full) > 2 and count >= _REPEATED * len(full)}
    bare: list[list[Line]] = []
    for sheet, whole in zip(full, sheets, strict=True):
        edge = {id(line) for line in [*sheet[:_EDGE], *sheet[-_EDGE:]]}
        bare.append([line for line in whole if id(line) not in edge or not _of_the_sheet(line[0], often)])
    return bare


def _of_the_sheet(text: str, often: set[str]) -> bool:
    return _shape(text) in often or _PAGE.match(text.strip()) is not None


def _shape(text: str) -> str:
    """Return a line without the page number at one of its ends."""
    return re.sub(r"^\d+\s+|\s+\d+$", "", one_line(text).casefold())


def _normal(lines: Sequence[Line]) -> float:
    """Return the size in which most letters are set."""
    letters: Counter[float] = Counter()
    for text, size in lines:
        letters[round(size, 1)] += len(text.strip())
    return letters.most_common(1)[0][0] or 1.0


def _markdown(lines: Sequence[Line], body: float, title: str) -> str:
    sizes = sorted({round(size, 1) for text, size in lines if text.strip() and size >= body * _HEADING}, reverse=True)
    blocks: list[str] = []
    joined = False
    for text, size in lines:
        line = one_line(text)
        if not line:
            joined = False
        elif round(size, 1) in sizes and len(line) < 120:
            joined = False
            if line.casefold() != title.casefold():
                blocks.append(f"{'#' * min(2 + sizes.index(round(size, 1)), 4)} {line}")
        elif _BULLET.match(line):
            blocks.append(f"- {_BULLET.sub('', line)}")
            joined = True
        elif _NUMBER.match(line) or not joined or not blocks:
            blocks.append(line)
            joined = True
        else:
            last = blocks[-1]
            # a hyphen at the end of a line parts a word, unless a capital or a digit follows
            blocks[-1] = f"{last[:-1]}{line}" if last.endswith("-") and line[0].islower() else f"{last} {line}"
    text = "\n\n".join(blocks)
    return re.sub(r"(?m)^(- .*)\n\n(?=- )", r"\1\n", text)


__all__ = ["read_pdf"]
