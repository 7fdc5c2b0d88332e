"""Rules of learning: what one looks like, and how the files of rules beside this one are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, cast

from frontdesk.errors import ConfigurationError
from frontdesk.graph.memories import MemoryKind

FILES: Final = ("broader", "facts", "wishes", "elsewhere")
_PIECE = re.compile(r"([A-Z_]+) := (.+)")
_HEAD = re.compile(r"(fact|preference) (\S+) (0?\.\d+|1): (.+)")
_NAME = re.compile(r"\{([A-Z_]+)\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One way in which something is said."""

    about: str
    """Key of what it is about; ``{v}`` stands for the head word of the value, ``{k}`` for a part that was matched, so
    that a change finds what it changes."""
    kind: MemoryKind
    pattern: re.Pattern[str]
    """The group ``v`` is the value."""
    text: str
    """What is kept, with ``{v}`` for the value; empty: what was known has ended."""
    confidence: float

    @property
    def ended(self) -> bool:
        """Whether it only says that something no longer holds."""
        return not self.text


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """Read the files of rules, once: a tenth of a second, which an import must not take, nor a turn.

    Raises:
        ConfigurationError: A file holds a line that is no rule.
    """
    return tuple(rule for name in FILES for rule in read(Path(__file__).with_name(f"{name}.rules").read_text("utf-8")))


def read(text: str) -> Iterator[Rule]:
    """Yield the rules of a file. Its form stands in the head of each.

    Raises:
        ConfigurationError: A line is none of a comment, a piece, the head of a rule, or an expression below one.
    """
    pieces: dict[str, str] = {}
    head: re.Match[str] | None = None
    for number, line in enumerate(text.splitlines(), 1):
        piece, begins = _PIECE.fullmatch(line), _HEAD.fullmatch(line)
        if not line.strip() or line.startswith("#"):
            continue
        if piece:
            pieces[piece[1]] = _filled(piece[2], pieces, number)
        elif begins:
            head = begins
        elif head and line.startswith("    "):
            yield _rule(head, _filled(line.strip(), pieces, number), number)
        else:
            raise ConfigurationError(f"line {number} of a file of learning rules is no piece, no rule, no expression")


def _rule(head: re.Match[str], pattern: str, number: int) -> Rule:
    try:
        compiled = re.compile(pattern, re.I)
    except re.error as error:
        raise ConfigurationError(f"line {number} of a file of learning rules is no regular expression") from error
    text = "" if head[4] == "ends" else head[4]
    return Rule(head[2], cast("MemoryKind", head[1]), compiled, text, float(head[3]))


def _filled(text: str, pieces: dict[str, str], number: int) -> str:
    missing = [name for name in _NAME.findall(text) if name not in pieces]
    if missing:
        raise ConfigurationError(f"line {number} of a file of learning rules names the unknown piece {missing[0]}")
    return _NAME.sub(lambda found: pieces[found[1]], text)


__all__ = ["Rule", "read", "rules"]
