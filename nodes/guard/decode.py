"""Decoders for bytes written as characters: base64, base32, base85, hex, binary, and lists of numbers."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from itertools import islice

from frontdesk.nodes.guard.escapes import escaped, readable
from frontdesk.nodes.guard.vocabulary import legible, segmented

_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
_BASE64_PART = re.compile(r"[A-Za-z0-9+/_-]{2,}={0,2}")
_WRAPPED = re.compile(r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{16,}(?:[ \t]*\r?\n[ \t]*[A-Za-z0-9+/_-]{2,}){1,200}={0,2}")
_BASE32 = re.compile(r"[A-Z2-7]{16,}={0,6}")
_BASE85 = re.compile(r"[!-z{|}~]{25,2000}")
_ODD = re.compile(r"[^A-Za-z0-9./:-]")
_HEX = re.compile(r"(?:(?:0x|\\x)?[0-9a-fA-F]{2}[\s,:;-]{0,2}){8,}")
_BINARY = re.compile(r"(?:[01]{7,8}[\s,]?){6,}")
_NUMBERS = re.compile(r"(?:\d{2,3}[\s,;-]{1,2}){7,}\d{2,3}(?!\d)")
_PLACES = re.compile(r"(?<!\d)(?:\d{1,2}[\s,./|-]{1,3}){7,}\d{1,2}(?!\d)")
_GAPS = (
    (re.compile(r"[/|]"), re.compile(r"\s?[/|]\s?")),
    (re.compile(r"\d[.,-]\d"), re.compile(r"\s+")),
    (re.compile(r"\s\s"), re.compile(r"\s{2,}")),
)
_REST = bytes(range(0x80, 0xC0))
PIECES = 24
"""Encoded pieces looked at per text and encoding: bounds the work on a hostile input."""


def _plain(data: bytes) -> str:
    """Return the text of some bytes: UTF-8, cut anywhere, or UTF-16 of European letters; else nothing."""
    if data.count(0) * 3 >= len(data):
        return data.replace(b"\0", b"").decode("utf-8", "ignore")
    # the rest of a letter at the start, and the start of one at the end, are no fault
    body = data.lstrip(_REST)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as fault:
        if fault.start >= len(body) - 3 and fault.start > 12:
            return body[: fault.start].decode("utf-8")
    wide = data[: len(data) // 2 * 2].decode("utf-16-le", "replace")
    return wide if max(wide, default="") < "\u0530" else ""


def _base64(piece: str) -> str:
    body = piece.rstrip("=").replace("-", "+").replace("_", "/")
    # a slash or a letter before the first group shifts all others
    for skip in range(4):
        shifted = body[skip : len(body) - ((len(body) - skip) % 4 == 1)]
        try:
            plain = _plain(base64.b64decode(shifted + "=" * (-len(shifted) % 4)))
        except (binascii.Error, ValueError):
            continue
        if readable(plain):
            return plain
    return ""


def _base32(piece: str) -> str:
    body = piece.rstrip("=")
    body = body[: len(body) - (len(body) % 8 in (1, 3, 6))]
    try:
        return _plain(base64.b32decode(body + "=" * (-len(body) % 8)))
    except (binascii.Error, ValueError):
        return ""


def _base85(piece: str) -> str:
    if len(_ODD.findall(piece)) < 3:
        return ""
    for decoder in (base64.a85decode, base64.b85decode):
        try:
            plain = _plain(decoder(piece.removeprefix("<~").removesuffix("~>")))
        except ValueError:
            continue
        if legible(plain.casefold()):
            return plain
    return ""


def _hex(piece: str) -> str:
    digits = re.sub(r"0x|\\x|[\s,:;-]", "", piece)
    plain = _plain(bytes.fromhex(digits[: len(digits) // 2 * 2]))
    # sizes and quantities are hex too
    return plain if not digits.isdigit() or legible(plain.casefold()) else ""


def _binary(piece: str) -> str:
    groups = re.findall(r"[01]+", piece)
    bits = "".join(groups)
    width = 7 if all(len(group) == 7 for group in groups) else 8
    return _plain(bytes(int(bits[at : at + width], 2) for at in range(0, len(bits) - width + 1, width)))


def _numbers(piece: str) -> str:
    """Read character codes, decimal or octal; other numbers, sizes say, give no words."""
    digits = re.findall(r"\d+", piece)
    for base in (10, 8):
        if base == 8 and any(set(number) & set("89") for number in digits):
            continue
        codes = [int(number, base) for number in digits]
        plain = "".join(map(chr, codes)) if all(32 <= code < 127 for code in codes) else ""
        if readable(plain) and legible(plain.casefold()):
            return plain
    return ""


def _places(piece: str) -> str:
    """Read places in the alphabet (9 7 14 15 18 5), words apart by a stroke or a wider gap."""
    gap = next((gap for mark, gap in _GAPS if mark.search(piece)), None)
    words = []
    for word in gap.split(piece) if gap else [piece]:
        codes = [int(number) for number in re.findall(r"\d+", word)]
        if not all(1 <= code <= 26 for code in codes):
            return ""
        words.append("".join(chr(96 + code) for code in codes))
    plain = " ".join(words) if gap else segmented(words[0])
    return plain if legible(plain) else ""


def _runs(text: str) -> Iterator[str]:
    """Yield base64 that was cut by line breaks, or by blanks into groups of one length, put together again."""
    if "\n" in text:
        yield from (re.sub(r"\s", "", found.group()) for found in _WRAPPED.finditer(text))
    parts: list[str] = []
    for token in (*text.split(), ""):
        if token and (not parts or len(token) == len(parts[0])) and _BASE64_PART.fullmatch(token):
            parts.append(token)
            continue
        # the last group may be shorter
        last = token if parts and 0 < len(token) < len(parts[0]) else ""
        if len(parts) >= 4 and sum(map(len, parts)) >= 16:
            yield "".join((*parts, last))
        parts = [token] if _BASE64_PART.fullmatch(token) else []


def _broken(text: str) -> Iterator[str]:
    for run in islice(_runs(text), PIECES):
        plain = _base64(run)
        if readable(plain):
            yield plain


def _pieces(pattern: re.Pattern[str], text: str, decoder: Callable[[str], str]) -> Iterator[str]:
    for found in islice(pattern.finditer(text), PIECES):
        plain = decoder(found.group())
        if readable(plain):
            yield plain


def decoded(text: str) -> Iterator[tuple[str, str]]:
    """Yield (kind, plain text) for every readable text hidden in ``text`` by a common encoding."""
    for kind, pattern, decoder in (
        ("base64", _BASE64, _base64),
        ("base32", _BASE32, _base32),
        ("base85", _BASE85, _base85),
        ("hex", _HEX, _hex),
        ("binary", _BINARY, _binary),
        ("numbers", _NUMBERS, _numbers),
        ("places", _PLACES, _places),
    ):
        for plain in _pieces(pattern, text, decoder):
            yield kind, plain
    for plain in _broken(text):
        yield "base64", plain
    yield from escaped(text)


__all__ = ["PIECES", "decoded"]
