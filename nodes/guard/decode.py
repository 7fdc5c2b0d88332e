"""Decoders for text that hides text: base64, hex, binary, escapes, entities, tag characters, selectors."""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote

_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
_HEX = re.compile(r"(?:(?:0x|\\x)?[0-9a-fA-F]{2}[\s,:]?){8,}")
_BINARY = re.compile(r"(?:[01]{8}\s?){6,}")
_PERCENT = re.compile(r"%[0-9a-fA-F]{2}")
_ESCAPE = re.compile(r"\\u\{?([0-9a-fA-F]{4,6})\}?|\\x([0-9a-fA-F]{2})")
_ENTITY = re.compile(r"&(?:#\d{2,7}|#x[0-9a-fA-F]{2,6}|[a-zA-Z]{2,8});")
# the flags of England, Scotland and Wales are spelt with tag characters
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007f]{1,8}")
_TAGS = re.compile("[\U000e0020-\U000e007e]+")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{4,}")
_PIECES = 24
"""Encoded pieces looked at per text: bounds the work on a hostile input."""


def readable(text: str) -> bool:
    """Whether decoded characters are writing rather than noise."""
    if len(text) < 6:
        return False
    printable = sum(char.isprintable() or char in "\n\t" for char in text)
    words = sum(char.isalpha() or char == " " for char in text)
    return printable >= 0.95 * len(text) and words >= 0.7 * len(text)


def _utf8(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return ""


def _from_base64(piece: str) -> str:
    body = piece.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return _utf8(base64.b64decode(body[: len(body) - (len(body) % 4 == 1)] + "=" * (-len(body) % 4)))
    except (binascii.Error, ValueError):
        return ""


def _from_hex(piece: str) -> str:
    digits = re.sub(r"0x|\\x|[\s,:]", "", piece)
    return _utf8(bytes.fromhex(digits[: len(digits) // 2 * 2]))


def _from_binary(piece: str) -> str:
    bits = re.sub(r"\s", "", piece)
    return _utf8(bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits) - 7, 8)))


def _pieces(pattern: re.Pattern[str], text: str, decoder: Callable[[str], str]) -> Iterator[str]:
    for count, found in enumerate(pattern.finditer(text)):
        if count >= _PIECES:
            return
        plain = decoder(found.group())
        if readable(plain):
            yield plain


def _character(match: re.Match[str]) -> str:
    code = int(match.group(1) or match.group(2), 16)
    return chr(code) if code <= 0x10FFFF else ""


def tagged(text: str) -> str:
    """Return the ASCII text spelt in Unicode tag characters; flags are not counted."""
    return "".join(chr(ord(char) - 0xE0000) for run in _TAGS.findall(_FLAG.sub("", text)) for char in run)


def selected(text: str) -> str:
    """Return the text whose bytes are spelt in variation selectors (U+FE00.. = 0.., U+E0100.. = 16..)."""
    data = (
        bytes(ord(char) - 0xFE00 if char < "\U00010000" else ord(char) - 0xE0100 + 16 for char in run)
        for run in _SELECTORS.findall(text)
    )
    return "".join(plain for plain in map(_utf8, data) if readable(plain))


def decoded(text: str) -> Iterator[tuple[str, str]]:
    """Yield (kind, plain text) for every readable text hidden in ``text`` by a common encoding."""
    for kind, pattern, decoder in (
        ("base64", _BASE64, _from_base64),
        ("hex", _HEX, _from_hex),
        ("binary", _BINARY, _from_binary),
    ):
        for plain in _pieces(pattern, text, decoder):
            yield kind, plain
    if len(_PERCENT.findall(text)) >= 3:
        yield "percent", unquote(text, errors="ignore")
    if "\\" in text and len(_ESCAPE.findall(text)) >= 3:
        yield "escapes", _ESCAPE.sub(_character, text)
    if _ENTITY.search(text):
        yield "entities", html.unescape(text)
    if not text.isascii():
        for kind, plain in (("tags", tagged(text)), ("selectors", selected(text))):
            if plain:
                yield kind, plain


__all__ = ["decoded", "readable", "selected", "tagged"]
