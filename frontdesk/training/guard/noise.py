"""How people and attackers really type: slips, missing marks, capitals, several marks; on both kinds of text."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

_MARK = re.compile(r"[.,!?;:'\"]")
_LETTER = re.compile(r"[^\W\d_]")


def slips(text: str, source: random.Random) -> str:
    """Swap, drop or double about one letter in forty."""
    letters = list(text)
    for at in range(len(letters) - 1):
        if source.random() < 1 / 40 and _LETTER.match(letters[at]) and _LETTER.match(letters[at + 1]):
            kind = source.randrange(3)
            if kind == 0:
                letters[at], letters[at + 1] = letters[at + 1], letters[at]
            else:
                letters[at] = "" if kind == 1 else letters[at] * 2
    return "".join(letters)


def unmarked(text: str, source: random.Random) -> str:
    """Leave out the punctuation."""
    return _MARK.sub("", text)


def shouted(text: str, source: random.Random) -> str:
    """Multiply the last mark."""
    return text.rstrip(".!?") + source.choice("!!?.") * source.randint(1, 4)


def broken(text: str, source: random.Random) -> str:
    """Put line breaks after some sentences."""
    return re.sub(r"(?<=[.!?]) ", lambda match: source.choice((" ", "\n", "\n\n")), text)


def glued(text: str, source: random.Random) -> str:
    """Leave out the blanks after some marks."""
    return re.sub(r"(?<=[.!?,]) ", lambda match: source.choice((" ", "")), text)


KINDS: tuple[Callable[[str, random.Random], str], ...] = (slips, unmarked, shouted, broken, glued)


def noisy(text: str, source: random.Random, share: float = 0.3) -> str:
    """Return ``text``, changed in one of these ways with probability ``share``."""
    return source.choice(KINDS)(text, source) if source.random() < share else text


__all__ = ["KINDS", "broken", "glued", "noisy", "shouted", "slips", "unmarked"]
