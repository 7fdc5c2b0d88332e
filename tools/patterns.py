"""Regular expressions of JSON Schema as ECMA 262 reads them (with its ``u`` flag), matched in bounded time. Pure.

Python's own ``re`` differs where it matters (``$`` lets a trailing line feed through, ``\\d`` takes digits of every
script, ``\\p{…}`` is an error) and cannot be stopped: ``^(a+)+$`` on forty letters would hold the process for hours.
The package ``regex`` takes a deadline, and the translation here gives ECMA's meaning.
"""

from __future__ import annotations

import functools
import importlib
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

SECONDS = 0.5
"""For all patterns of one check together; a value that takes longer is not valid."""
_TOP = "\\U0010ffff"
_SPACE = "\\t-\\r \\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff"
_NO_SPACE = (
    "\\x00-\\x08\\x0e-\\x1f!-\\x9f\\xa1-\\u167f\\u1681-\\u1fff\\u200b-\\u2027\\u202a-\\u202e\\u2030-\\u205e"
    f"\\u2060-\\u2fff\\u3001-\\ufefe\\uff00-{_TOP}"
)
_CLASSES = {
    "d": "0-9",
    "D": f"\\x00-/:-{_TOP}",
    "w": "A-Za-z0-9_",
    "W": f"\\x00-/:-@\\[-^`{{-{_TOP}",
    "s": _SPACE,
    "S": _NO_SPACE,
}
"""ECMA's classes as ranges; written as ranges, they may also stand inside brackets."""
_TOKEN = re.compile(
    r"\\u(?P<high>[dD][89abAB][0-9a-fA-F]{2})\\u(?P<low>[dD][c-fC-F][0-9a-fA-F]{2})"
    r"|\\u\{(?P<point>[0-9a-fA-F]{1,6})\}|(?P<property>\\[pP]\{[A-Za-z_=0-9]+\})"
    r"|\\c(?P<control>[A-Za-z])|\\(?P<escaped>.)"
    r"|(?P<quantity>\{\d+(?:,\d*)?\})|(?P<empty>\[\^?\])|(?P<plain>.)",
    re.DOTALL,
)
_local = threading.local()


class PatternError(ValueError):
    """A pattern that cannot be read; carries no text of it."""


@contextmanager
def bounded(seconds: float = SECONDS) -> Iterator[None]:
    """Give all :func:`matches` inside ``seconds`` of wall time together, on this thread; within another, its rest."""
    before = getattr(_local, "until", None)
    until = time.monotonic() + seconds
    _local.until = until if before is None else min(before, until)
    try:
        yield
    finally:
        _local.until = before


def matches(pattern: str, text: str) -> bool:
    """Whether ``pattern`` is found in ``text``.

    Raises:
        PatternError: The pattern cannot be read.
        TimeoutError: It took longer than :func:`bounded` allows (:data:`SECONDS` without it).
    """
    until = getattr(_local, "until", None)
    left = SECONDS if until is None else until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return compiled(pattern).search(text, timeout=left) is not None


@functools.lru_cache(maxsize=1024)
def compiled(pattern: str) -> Any:
    """Return the compiled pattern. PatternError: it cannot be read."""
    regex = importlib.import_module("regex")
    try:
        return regex.compile(translated(pattern), regex.VERSION0)
    except (regex.error, ValueError, OverflowError, RecursionError) as error:
        raise PatternError("the pattern cannot be read") from error


def translated(pattern: str) -> str:
    """Return an ECMA 262 pattern in the words of the package ``regex``."""
    pieces: list[str] = []
    inside = False
    for token in _TOKEN.finditer(pattern):
        text = token[0]
        if inside:
            inside = text != "]"
        elif text == "[":
            inside = True
            pieces.append(text)
            continue
        pieces.append(_piece(token, inside=inside))
    return "".join(pieces)


def _piece(token: re.Match[str], *, inside: bool) -> str:
    kind, text = token.lastgroup, token[0]
    if kind == "low":
        high, low = int(token["high"], 16), int(token["low"], 16)
        return f"\\U{0x10000 + ((high - 0xD800) << 10) + low - 0xDC00:08x}"
    if kind == "point":
        return f"\\U{int(token['point'], 16):08x}"
    if kind == "control":
        return f"\\x{ord(token['control']) % 32:02x}"
    if kind == "escaped":
        return _escaped(token["escaped"], inside=inside)
    if kind == "empty" and not inside:
        return "(?!)" if text == "[]" else f"[\\x00-{_TOP}]"
    return _literal(text, inside=inside) if kind == "plain" or inside else text


def _escaped(char: str, *, inside: bool) -> str:
    if char in _CLASSES:
        return _CLASSES[char] if inside else f"[{_CLASSES[char]}]"
    return f"\\{char}"


def _literal(text: str, *, inside: bool) -> str:
    if inside:
        # a bracket inside brackets would begin a nested set
        return text.replace("[", "\\[")
    # a brace that counts nothing is a brace: in the package it would begin a fuzzy match
    return {"$": "\\Z", ".": "[^\\n\\r\\u2028\\u2029]", "{": "\\{"}.get(text, text)
