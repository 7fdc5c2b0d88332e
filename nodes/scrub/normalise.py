"""Normalisation for detection: the same characters a person sees, one spelling each, with the way back.

The result is looked at, never sent: masked texts are cut from the original.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_PLAIN = re.compile(r"[\t\n\x20-\x7e]*", re.ASCII)
_DROPPED = re.compile(
    "[\u034f\u0334-\u0338\u115f\u1160\u17b4\u17b5\u20d0-\u20ff\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""Invisible fillers, variation selectors and strike-through marks: they split a number and show nothing."""

_LOOKALIKES = str.maketrans(
    "аеорсухкітмнвАЕОРСУХКІТМНВѕјԁɡɑοαενικρτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"
    "ђһїӏԛѵԝғёЅЈԚԜѴӀҮγηωβϲϳϹͿ"
    "օոսցհյզՕՏՍԼᎠᎡᎢᎪᎫᎬᎳᎷᎻᏀᏃᏚᏙᏟᏞᏢᏦᏴ"
    "ıɩǀᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ〇一二三四五六七八九。",
    "aeopcyxkitmhbAEOPCYXKITMHBsjdgaoaevikptuxABEZHIKMNOPTYX"
    "hhilqvwfeSJQWVIYynwbcjCJ"
    "onughjqOSULDRTAJEWMHGZSVCLPKB"
    "iilabcdefghijklmnoprstuvwyz0123456789.",
)
"""Cyrillic, Greek, Armenian, Cherokee and small-capital letters that look like Latin ones, and Chinese digits.

One to one, so that positions stay.
"""

_SIGNS = {"commat": "@", "period": ".", "plus": "+", "lowbar": "_", "hyphen": "-", "dash": "-", "nbsp": " ", "shy": ""}
_ENCODED = rf"&(?:#(?:\d{{2,4}}|[xX][0-9a-fA-F]{{2,4}});?|(?:{'|'.join(_SIGNS)});)"
_ENCODED += r"|%(?:40|2[0BDEbde]|5[Ff]|3\d|[46][1-9A-Fa-f]|[57][0-9Aa])"
_TAGGED = r"</?(?:b|i|u|s|em|strong|span|mark|code|font|sup|sub|small|big|wbr)\s?/?>"
_ESCAPED = r"\\(?:u00|x)[2-7][0-9A-Fa-f]"
"""What stands for a sign or digit in HTML, a link or JSON: ``&#64;``, ``%40`` and ``\\u0040`` are an ``@``."""
_READABLE = re.compile(r"[A-Za-z0-9@.+_\- ]")
_SPECIAL = re.compile(rf"{_ENCODED}|{_TAGGED}|{_ESCAPED}|[^\t\n\x20-\x7e]")
_HINTS = re.compile(r"[&%\\<]")
_LETTERED = ((0x1F150, "A"), (0x1F170, "A"), (0x1F1E6, "A"))
"""First of each range of white-on-black and flag letters, which NFKC leaves as they are."""

_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Normalised:
    """A normalised text and where each of its characters came from."""

    text: str
    origins: Sequence[int] | None
    """Index into the original per character; None where the text is the original."""
    ends: Sequence[int] | None = None
    """Index after each character in the original: one character may stand for several, as in ``&#64;``."""

    @property
    def view(self) -> str:
        """The text with lookalike letters folded, for detection only: same length, same positions."""
        return self.text if self.text.isascii() else self.text.translate(_LOOKALIKES)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Translate a non-empty span of this text into one of the original (end exclusive)."""
        if self.origins is None or self.ends is None:
            return start, end
        return self.origins[start], self.ends[end - 1]


@lru_cache(maxsize=4096)
def fold(char: str) -> str:
    """Fold one character: NFKC, digits of any script to 0-9, dashes to ``-``, spaces to one, the invisible away."""
    if char in "\t\n":
        return char
    if _DROPPED.match(char):
        return ""
    return "".join(map(_simple, unicodedata.normalize("NFKC", char)))


def _simple(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Nd", "No"):
        return _number(char)
    if category == "So":
        first = next((first for first, _ in _LETTERED if first <= ord(char) < first + 26), None)
        return char if first is None else chr(ord("A") + ord(char) - first)
    if category == "Pd" or char in "\u2212\u02d7\u30fc":
        return "-"
    if category in ("Zs", "Zl", "Zp") or char in "\r\x0b\x0c\x85":
        return " "
    return "" if category in ("Cf", "Cc", "Cs", "Cn") else char


def _number(char: str) -> str:
    value = unicodedata.numeric(char)
    return str(int(value)) if value.is_integer() and 0 <= value <= 50 else char


def normalise(text: str) -> Normalised:
    """Normalise any string, lone surrogates and control characters included; never raises."""
    if text.isascii() and _HINTS.search(text) is None and _PLAIN.fullmatch(text):
        return Normalised(text, None)
    pieces: list[str] = []
    origins: list[int] = []
    ends: list[int] = []
    last = 0
    for special in _SPECIAL.finditer(text):
        start, end = special.span()
        pieces.append(text[last:start])
        origins.extend(range(last, start))
        ends.extend(range(last + 1, start + 1))
        last = end
        folded = _folded(special.group(), text[start - 1 : start])
        pieces.append(folded)
        if not folded and ends:
            ends[-1] = end
        origins.extend([start] * len(folded))
        ends.extend([end] * len(folded))
    if not pieces:
        return Normalised(text, None)
    pieces.append(text[last:])
    origins.extend(range(last, len(text)))
    ends.extend(range(last + 1, len(text) + 1))
    return Normalised("".join(pieces), origins, ends)


def _folded(special: str, before: str) -> str:
    if len(special) > 1:
        return _decoded(special)
    # An accent on a digit is decoration; on a letter it is spelling.
    return "" if before.isdigit() and unicodedata.combining(special) else fold(special)


def _decoded(code: str) -> str:
    if code[0] == "%":
        return chr(int(code[1:], 16))
    if code[0] == "<":
        return ""
    if code[0] == "\\":
        char = chr(int(code[-2:], 16))
        return char if _READABLE.fullmatch(char) else code
    name = code[1:].rstrip(";")
    if name[0] != "#":
        return _SIGNS[name]
    char = chr(int(name[2:], 16) if name[1] in "xX" else int(name[1:]))
    # Brackets and quotes stay encoded: they are no part of a value, and a placeholder's need their own care.
    return fold(char) if _READABLE.fullmatch(fold(char)) or not fold(char) else code


def storable(text: str) -> str:
    """Return ``text`` without control characters and with lone surrogates replaced: it can be encoded and stored."""
    text = _UNSTORABLE.sub("", text)
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)
