"""Texts from templates with slots: ``name: a | b`` is a list, ``> …`` a template, ``{name}`` a slot in either.

``{name?}`` is left out half of the time, and ``\\n`` is a line break. Anything else in braces stays as it is.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Part = Literal["train", "validation"]
Templates = Literal["train", "validation", "all"]

_SLOT = re.compile(r"\{([a-z_][a-z0-9_]*)(\??)\}")
_LIST = re.compile(r"([a-z_][a-z0-9_]*): (.*)")
_BLANKS = re.compile(r" {2,}")
_DEEPEST = 8


@dataclass(frozen=True)
class Grammar:
    """Templates, and the lists that their slots are filled from."""

    templates: tuple[str, ...]
    lists: Mapping[str, tuple[str, ...]]

    def of(self, part: Templates) -> tuple[str, ...]:
        """Return the templates of a part: a fifth, by digest, is for validation."""
        if part == "all":
            return self.templates
        kept = [template for template in self.templates if _for_validation(template) == (part == "validation")]
        return tuple(kept)

    def fill(self, template: str, source: random.Random) -> str:
        """Return one text of a template.

        Raises:
            ValueError: A slot has no list, or the lists name each other in a ring.
        """
        text = template
        for _ in range(_DEEPEST):
            filled = _SLOT.sub(lambda match: self._choice(match, source), text)
            if not _SLOT.search(filled):
                return _BLANKS.sub(" ", filled.replace("\\n", "\n")).strip()
            text = filled
        raise ValueError(f"the slots of {template!r} lead into each other")

    def _choice(self, match: re.Match[str], source: random.Random) -> str:
        if match[2] and source.random() < 0.5:
            return ""
        if match[1] not in self.lists:
            raise ValueError(f"no list {match[1]!r} for the slot {match[0]}")
        return source.choice(self.lists[match[1]])


def _for_validation(template: str) -> bool:
    return int(hashlib.sha256(f"frontdesk:{template}".encode()).hexdigest(), 16) % 5 == 0


@cache
def grammar(*names: str) -> Grammar:
    """Return the grammar of the first file; the lists of the others may be used as well."""
    templates: tuple[str, ...] = ()
    lists: dict[str, tuple[str, ...]] = {}
    for index, name in reversed(list(enumerate(names))):
        lines = (files("frontdesk.training.guard.templates") / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        found, more = parsed(lines)
        lists |= more
        templates = found if index == 0 else templates
    return Grammar(templates, lists)


def parsed(lines: Sequence[str]) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """Return templates and lists of the lines of a file.

    Raises:
        ValueError: A line is none of: comment, list, template, blank.
    """
    templates: list[str] = []
    lists: dict[str, tuple[str, ...]] = {}
    for number, line in enumerate(lines, 1):
        if line.startswith("> "):
            templates.append(line[2:])
        elif named := _LIST.fullmatch(line):
            lists[named[1]] = tuple(named[2].split(" | "))
        elif line.strip() and not line.startswith("#"):
            raise ValueError(f"line {number} is neither a list (name: a | b) nor a template (> text) nor a comment")
    return tuple(templates), lists


def generate(names: Sequence[str], part: Templates, source: random.Random, count: int) -> list[str]:
    """Return ``count`` texts of a grammar; each template has the same chance."""
    rules = grammar(*names)
    templates = rules.of(part)
    return [rules.fill(source.choice(templates), source) for _ in range(count)]


__all__ = ["Grammar", "Part", "Templates", "generate", "grammar", "parsed"]
