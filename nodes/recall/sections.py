"""Pages to sections: what is indexed, and what an answer quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from frontdesk.desk.config import Page

HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*\s*$")
_FENCE = re.compile(r"^\s*(```|~~~)")
LONGEST = 1500
"""Characters of a section; a longer one is cut between paragraphs, so that one passage never fills the prompt."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page under one heading."""

    page: Page
    heading: str
    """Empty for what stands before the first heading."""
    text: str
    """Markdown with its heading line."""


def sections_of(page: Page) -> list[Section]:
    """Split a page at its headings; a section without a body of its own is joined to the next one."""
    return [
        Section(page=page, heading=heading, text="\n\n".join(filter(None, (line, part))))
        for heading, line, body in _cut(page.body)
        for part in _parts(body)
    ]


def _cut(body: str) -> Iterator[tuple[str, str, str]]:
    """Yield heading, heading lines and body of each section; a ``#`` inside a code fence is no heading."""
    heading, lines, block, fenced = "", "", [], False
    for line in body.splitlines():
        found = None if fenced else HEADING.match(line)
        fenced ^= bool(_FENCE.match(line))
        if not found:
            block.append(line)
            continue
        text = "\n".join(block).strip()
        if text:
            yield heading, lines, text
            heading, lines = "", ""
        heading = f"{heading} {found[2]}".strip()
        lines = f"{lines}\n{line}".strip()
        block = []
    text = "\n".join(block).strip()
    if text or lines:
        yield heading, lines, text


def _parts(body: str) -> Iterator[str]:
    """Yield the body, cut between paragraphs where it is too long."""
    part = ""
    for paragraph in body.split("\n\n"):
        if part and len(part) + len(paragraph) > LONGEST:
            yield part
            part = ""
        part = f"{part}\n\n{paragraph}".strip()
    yield part
