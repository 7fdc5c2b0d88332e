"""Placeholders such as ``<EMAIL_1>``: how they are written, numbered, recognised and made harmless.

Models re-case, escape and re-bracket them, so recognition is tolerant. Whatever recognition accepts, escaping disarms:
a placeholder that a customer or a tool result *writes* must never stand for a value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from frontdesk.nodes.scrub.normalise import normalise, storable

_NAME = r"(?P<{0}>[A-Za-z]{{2,16}}(?:[_ \\-]{{1,2}}[A-Za-z]{{2,16}}){{0,2}})"
_NUMBER = r"(?P<{0}>\d{{1,6}})\s{{0,2}}\\?"
_OPEN, _CLOSE = r"\\?(?:<|&lt;|&#60;|&#x3[cC];)\s{0,2}/?", r"\s{0,2}/?(?:>|&gt;|&#62;|&#x3[eE];)"
_TOLERANT = re.compile(
    _OPEN
    + _NAME.format("a")
    + r"[_ \\-]{1,3}"
    + _NUMBER.format("b")
    + _CLOSE
    + r"|(?:\\?[\[{(])\s?"
    + _NAME.format("c")
    + r"\\?_"
    + _NUMBER.format("d")
    + r"\s?[\])}]"
)
_BREAK = re.compile(r"[^A-Za-z]+")
_PARTS = re.compile(r"<([A-Z]+(?:_[A-Z]+)*)_(\d+)>")


class Mark(NamedTuple):
    """A placeholder as it stands in a text."""

    start: int
    end: int
    """Character offsets; end exclusive."""
    key: str
    """Its proper form, ``<EMAIL_1>``, whether or not the session has one of that name."""


def scan(text: str) -> Iterator[Mark]:
    """Yield all that reads as a placeholder in ``text``: ``<email_1>``, ``&lt;EMAIL_1&gt;``, ``[EMAIL\\_1]`` …"""
    for found in _TOLERANT.finditer(text):
        name, number = (found["a"], found["b"]) if found["a"] else (found["c"], found["d"])
        yield Mark(found.start(), found.end(), write(_BREAK.sub("_", name).upper(), int(number)))


def write(label: str, number: int) -> str:
    """Return the placeholder of a label and a number."""
    return f"<{label}_{number}>"


def label_of(placeholder: str) -> str:
    """Return the label of a placeholder in its proper form; empty for anything else."""
    found = _PARTS.fullmatch(placeholder)
    return found.group(1) if found else ""


def disarmed(key: str) -> str:
    """Return a placeholder as plain text for people: ``‹EMAIL·1›``, which is never recognised again."""
    return _PARTS.sub(r"‹\1·\2›", key)


def escape_placeholders(text: str) -> str:
    """Disarm every placeholder in a text that somebody else wrote (a customer, a tool, a page); the rest stays."""
    normal = normalise(text)
    pieces: list[str] = []
    last = 0
    for mark in scan(normal.text):
        start, end = normal.span(mark.start, mark.end)
        pieces += [text[last:start], disarmed(mark.key)]
        last = end
    return storable("".join([*pieces, text[last:]]))


class Numbering:
    """The placeholders of one session: gives a value the one it has, or the next free one."""

    def __init__(self, known: Mapping[str, str], canonical: Callable[[str, str], str]) -> None:
        """Take the session's placeholders with their values, and ``canonical(label, value)``."""
        self.new: dict[str, str] = {}
        """Placeholders given since, with their values."""
        self._canonical = canonical
        self._given: dict[tuple[str, str], str] = {}
        self._same: dict[str, str] = {}
        self._last: dict[str, int] = {}
        for placeholder, value in known.items():
            parts = _PARTS.fullmatch(placeholder)
            if parts:
                self._note(parts.group(1), int(parts.group(2)), placeholder, value)

    def placeholder(self, label: str, value: str) -> str:
        """Return the placeholder of ``value``, new or known. A bare NUMBER is any known value with the same form."""
        form = self._canonical(label, value)
        known = self._given.get((label, form)) or (self._same.get(form) if label == "NUMBER" else None)
        if known:
            return known
        number = self._last.get(label, 0) + 1
        placeholder = write(label, number)
        self.new[placeholder] = value
        self._note(label, number, placeholder, value)
        return placeholder

    def _note(self, label: str, number: int, placeholder: str, value: str) -> None:
        form = self._canonical(label, value)
        self._given.setdefault((label, form), placeholder)
        self._same.setdefault(form, placeholder)
        self._last[label] = max(self._last.get(label, 0), number)
