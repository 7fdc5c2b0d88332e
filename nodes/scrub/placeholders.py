"""Placeholders such as ``<EMAIL_1>``: how they are written, numbered, recognised and made harmless.

Models re-case, escape, re-bracket and translate them, so recognition is tolerant. Whatever recognition accepts,
escaping disarms: a placeholder that a customer or a tool result *writes* must never stand for a value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from frontdesk.nodes.scrub.normalise import Normalised, normalise, storable

_NAME = r"(?P<{0}>(?:[Ee]-)?[A-Za-z]{{2,16}}(?:[_ \\-]{{1,2}}[A-Za-z]{{2,16}}){{0,2}})"
_NUMBER = r"(?P<{0}>\d{{1,6}})\s{{0,2}}\\?"
_OPEN = r"(?:\\?(?:[<\uff1c\u3008\u27e8\u300a]|&(?:amp;)?(?:lt|#60|#x3[cC]);|\\u003[cC]))\s{0,2}/?"
_CLOSE = r"\s{0,2}/?(?:\\?(?:[>\uff1e\u3009\u27e9\u300b]|&(?:amp;)?(?:gt|#62|#x3[eE]);|\\u003[eE]))"
LABELS = frozenset(
    {"ADDRESS", "CARD", "DOB", "EMAIL", "IBAN", "IP", "LICENCE", "MAC", "NAME", "NATIONAL_ID", "NUMBER", "PASSPORT"}
    | {"PHONE", "SECRET"}
)
"""Every label of a detector of ours: what may stand without brackets, as in ``EMAIL_1``."""
_MEANT = {
    "EMAIL": "MAIL EMAILADDRESS EMAILADRESSE COURRIEL CORREO",
    "NAME": "PERSON FULLNAME NOM NOMBRE NOME NAAM",
    "ADDRESS": "ADRESSE DIRECCION INDIRIZZO ADRES ENDERECO MORADA",
    "PHONE": "PHONENUMBER TELEPHONE TELEFON TELEFONO TELEFONE TELEFOON",
    "CARD": "CARDNUMBER CREDITCARD KARTE CARTE TARJETA CARTA KAART CARTAO",
    "NUMBER": "NUMMER NUMERO",
    "IP": "IPADDRESS",
    "DOB": "DATEOFBIRTH BIRTHDATE BIRTHDAY",
    "LICENCE": "LICENSE",
}
"""What models make of a label when they translate or improve it, without its underscores."""
_BY_WORD = {word: label for label, words in _MEANT.items() for word in words.split()} | {
    label.replace("_", "") + plural: label for label in LABELS for plural in ("", "S", "ES")
}
_TOLERANT = re.compile(
    _OPEN
    + _NAME.format("a")
    + r"[_ \\-]{1,3}"
    + _NUMBER.format("b")
    + _CLOSE
    + r"|(?:\\?[\[{(\u3010\uff3b\uff5b\uff08])\s?"
    + _NAME.format("c")
    + r"\\?_"
    + _NUMBER.format("d")
    + r"\s?(?:\\?[\])}\u3011\uff3d\uff5d\uff09])"
    + rf"|(?<![A-Za-z0-9_])(?P<bare>{'|'.join(sorted(LABELS))})\\?_(?P<e>\d{{1,4}})(?![A-Za-z0-9_])"
)
_DOUBLED = frozenset({"<>", "[]", "{}"})
"""Pairs that stand around a placeholder's own as in ``{{EMAIL_1}}``, and go with it."""
FOREIGN = "\ufdd0"
"""Begins a value of the vault that others wrote (``origin.py``). A noncharacter: no detector finds a text with one."""
LONGEST = 160
"""More characters than any placeholder takes up, however it is written."""
_BREAK = re.compile(r"[^A-Za-z]+")
_PARTS = re.compile(r"<([A-Z]+(?:_[A-Z]+)*)_(\d+)>")


class Mark(NamedTuple):
    """A placeholder as it stands in a text."""

    start: int
    end: int
    """Character offsets; end exclusive."""
    key: str
    """Its proper form, ``<EMAIL_1>``, whether or not the session has one of that name."""
    bare: bool = False
    """Whether it stands without brackets: then it is a placeholder only where the session has one of that name."""


def scan(text: str) -> Iterator[Mark]:
    """Yield all that reads as a placeholder: ``<email_1>``, ``&lt;EMAIL_1&gt;``, ``[EMAIL\\_1]``, ``EMAIL_1`` …"""
    for found in _TOLERANT.finditer(text):
        bare = found["bare"] is not None
        name, number = found["a"] or found["c"] or found["bare"], found["b"] or found["d"] or found["e"]
        label = _BREAK.sub("_", name).upper()
        label = _BY_WORD.get(label.replace("_", ""), label)
        start, end = found.span()
        if not bare and text[start - 1 : start] + text[end : end + 1] in _DOUBLED and text[start - 1] == text[start]:
            start, end = start - 1, end + 1
        yield Mark(start, end, write(label, int(number)), bare)


def write(label: str, number: int) -> str:
    """Return the placeholder of a label and a number."""
    return f"<{label}_{number}>"


def label_of(placeholder: str) -> str:
    """Return the label of a placeholder in its proper form; empty for anything else."""
    found = _PARTS.fullmatch(placeholder)
    return found.group(1) if found else ""


def is_foreign(value: str) -> bool:
    """Whether others wrote a value of the vault."""
    return value.startswith(FOREIGN)


def disarmed(key: str) -> str:
    """Return a placeholder as plain text for people: ``‹EMAIL·1›``, which is never recognised again."""
    return _PARTS.sub(r"‹\1·\2›", key)


def escape_placeholders(text: str) -> str:
    """Disarm every placeholder in a text that somebody else wrote (a customer, a tool, a page); the rest stays."""
    while True:
        normal = normalise(text)
        escaped = _escaped(text, normal)
        if normal.text != text:
            # Replies and arguments are read as they stand, where "EMAIL_1ſ" is a placeholder and a sign after it.
            escaped = _escaped(escaped, Normalised(escaped, None))
        if escaped == text:
            return escaped
        text = escaped


def _escaped(text: str, normal: Normalised) -> str:
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
            if parts and is_foreign(value):
                # its number is taken; who says the same value gets a placeholder of their own
                self._last[parts.group(1)] = max(self._last.get(parts.group(1), 0), int(parts.group(2)))
            elif parts:
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
