"""What may reach the terminal: words only, never its control codes; and Markdown shown as what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from markdown_it import MarkdownIt
from markdown_it.token import Token
from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import Heading, Markdown, MarkdownElement
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

# ECMA-48, 5.4 and 5.6: CSI (colours, cursor, erase), then the strings OSC, DCS, SOS, PM and APC (title, clipboard …)
_SEQUENCES = re.compile(
    "(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]"
    "|(?:\x1b[\\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x90\x98\x9c-\x9f]*(?:\x07|\x1b\\\\|\x9c)"
    "|\x1b[ -/]*[0-~]?"
)
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""C0 but tab and line feed, DEL, C1, and the marks that turn the reading direction of what follows."""
_SURROGATES = re.compile("[\ud800-\udfff]")
_BREAK = re.compile(r"\n[ \t]*\n(?=\S)")


def safe(text: str) -> str:
    """Return the text without anything that a terminal would act on; a lone surrogate becomes U+FFFD."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", _SEQUENCES.sub("", lines)))


def plain(text: str, style: str = "") -> Text:
    """Return words of anybody's as they are: no control codes, no markup."""
    return Text(safe(text), style=style)


def shortened(text: str, length: int) -> str:
    """Return the text on one line, cut to ``length`` characters."""
    line = " ".join(safe(text).split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def finished_blocks(text: str) -> tuple[list[str], str]:
    """Split Markdown that is still coming.

    Returns:
        The blocks that nothing to come can change, and the rest. A block ends at an empty line outside a fence whose
        next line is not indented.
    """
    blocks, start = [], 0
    for match in _BREAK.finditer(text):
        block = text[start : match.start()]
        if block.strip() and _fences(block) % 2 == 0:
            blocks.append(block)
            start = match.end()
    return blocks, text[start:]


def _fences(block: str) -> int:
    return sum(line.lstrip().startswith(("```", "~~~")) for line in block.splitlines())


class _LeftHeading(Heading):
    """Rich centres headings and boxes the first; in a conversation they are bold lines."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the words."""
        self.text.justify = "left"
        self.text.stylize("bold")
        yield self.text


class ChatMarkdown(Markdown):
    """Markdown of a model or a page: no HTML, links with their address in sight, line breaks kept."""

    elements: ClassVar[dict[str, type[MarkdownElement]]] = {**Markdown.elements, "heading_open": _LeftHeading}

    def __init__(self, text: str) -> None:
        """Parse ``text``, which may hold anything."""
        super().__init__("", hyperlinks=False)
        parser = MarkdownIt("commonmark", {"html": False}).enable(["strikethrough", "table"])
        self.parsed = list(_kept_breaks(parser.parse(safe(text))))


def _kept_breaks(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        for child in token.children or []:
            if child.type == "softbreak":
                child.type = "hardbreak"
        yield token


@dataclass(frozen=True)
class Said:
    """Somebody's words behind their name, wrapped beside it."""

    who: str
    """Empty for words that continue what was said before."""
    text: str
    style: str = "bold cyan"
    markdown: bool = True
    width: int = 7
    """Columns that the name takes."""

    def print(self, console: Console) -> None:
        """Print: Markdown on a terminal; elsewhere the words as they are, unwrapped, for a script to read."""
        if console.is_terminal:
            console.print(self)
        else:
            console.print(plain(self._name + self.text), soft_wrap=True)

    @property
    def _name(self) -> str:
        return f"{self.who:<4} › " if self.who else ""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the lines."""
        body = ChatMarkdown(self.text) if self.markdown else plain(self.text)
        inner = options.update(width=max(10, options.max_width - self.width), height=None)
        indent = Segment(" " * self.width)
        first = Segment(self._name.ljust(self.width), Style.parse(self.style)) if self.who else indent
        for number, line in enumerate(_trimmed(console.render_lines(body, inner, pad=False))):
            words = _stripped(line)
            if words:
                yield indent if number else first
            yield from words
            yield Segment.line()


def _trimmed(lines: list[list[Segment]]) -> list[list[Segment]]:
    """Drop the empty lines that Rich puts around lists and tables: the caller spaces blocks."""
    filled = [number for number, line in enumerate(lines) if "".join(part.text for part in line).strip()]
    return lines[filled[0] : filled[-1] + 1] if filled else []


def _stripped(line: list[Segment]) -> list[Segment]:
    """Drop the blanks that Rich fills list items with: on a terminal that was made narrower they become lines."""
    parts = list(line)
    while parts and not (parts[-1].style and parts[-1].style.bgcolor):
        last = parts.pop()
        if kept := last.text.rstrip():
            return [*parts, Segment(kept, last.style)]
    return parts
