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
    "аеорсухкітмнвАЕОРСУХКІТМНВѕјԁɡɑοαενικρτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxkitmhbAEOPCYXKITMHBsjdgaoaevikptuxABEZHIKMNOPTYX",
)
"""Cyrillic and Greek letters that look like Latin ones, one to one so that positions stay."""

_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Normalised:
    """A normalised text and where each of its characters came from."""

    text: str
    origins: Sequence[int] | None
    """Index into the original per character; None where the text is the original."""

    @property
    def view(self) -> str:
        """The text with lookalike letters folded, for detection only: same length, same positions."""
        return self.text if self.text.isascii() else self.text.translate(_LOOKALIKES)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Translate a non-empty span of this text into one of the original (end exclusive)."""
        if self.origins is None:
            return start, end
        return self.origins[start], self.origins[end - 1] + 1


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
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category == "Pd" or char in "\u2212\u02d7\u30fc":
        return "-"
    if category in ("Zs", "Zl", "Zp") or char in "\r\x0b\x0c\x85":
        return " "
    return "" if category in ("Cf", "Cc", "Cs", "Cn") else char


def normalise(text: str) -> Normalised:
    """Normalise any string, lone surrogates and control characters included; never raises."""
    if text.isascii() and _PLAIN.fullmatch(text):
        return Normalised(text, None)
    pieces: list[str] = []
    origins: list[int] = []
    for index, char in enumerate(text):
        folded = fold(char)
        pieces.append(folded)
        origins.extend([index] * len(folded))
    return Normalised("".join(pieces), origins)


def storable(text: str) -> str:
    """Return ``text`` without control characters and with lone surrogates replaced: it can be encoded and stored."""
    text = _UNSTORABLE.sub("", text)
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)
