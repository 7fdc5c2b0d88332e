"""E-mail addresses, plain and lightly disguised: "anna (at) mail dot com"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from frontdesk.nodes.scrub.detection import Detector, Match

_LOCAL = r"(?<![\w.+])[\w.!#$%&'*+/=?^`{|}~-]{1,64}"
_PLAIN = re.compile(rf"{_LOCAL} ?@ ?(?:[^\W_](?:[\w-]{{0,62}}[^\W_])?\.)+[^\W\d_][\w-]{{1,23}}")
_NUMERIC_HOST = re.compile(rf"{_LOCAL}@\[?\d{{1,3}}(?:\.\d{{1,3}}){{3}}\]?")
_AT = r"\s{0,2}(?:[\[({<]\s?(?:at|@)\s?[\])}>]|\bat\b|\barobase\b|\bchiocciola\b|\barroba\b)\s{0,2}"
_DOT = r"\s{0,2}(?:[\[({<]\s?(?:dot|\.)\s?[\])}>]|\b(?:dot|punkt|point|punto)\b)\s{0,2}"
_WORD = r"[a-z0-9][a-z0-9_+-]{0,62}"
_PROVIDER = (
    r"(?:gmail|googlemail|outlook|hotmail|live|yahoo|icloud|proton(?:mail)?|gmx|web|aol|mail|libero|orange|t-online)"
)
_SPELLED = re.compile(
    rf"(?<![\w.])(?:{_WORD}(?:\.|{_DOT})){{0,3}}{_WORD}(?:{_AT}|@){_WORD}(?:{_DOT}{_WORD}){{1,3}}"
    rf"|(?<![\w.])(?:{_WORD}(?:\.|{_DOT})){{0,3}}{_WORD}{_AT}{_PROVIDER}\.[a-z]{{2,3}}\b"
    rf"|(?<![\w.])(?:{_WORD}\.){{0,3}}{_WORD}\s?[\[({{<]\s?(?:at|@)\s?[\])}}>]\s?(?:{_WORD}\.){{1,3}}[a-z]{{2,10}}\b",
    re.IGNORECASE,
)
_NOBODY = frozenset(("it", "this", "that", "the", "them", "look", "looking", "bought", "ordered", "saw", "found"))
_ARTICLE = re.compile(r"\b(?:the|an?|my|your|this|that|some)\s+$", re.IGNORECASE)
_HINT = re.compile(r"\b(?:at|arobase|chiocciola|arroba)\b", re.IGNORECASE)


def canonical(value: str) -> str:
    """Return the address without spaces and case."""
    return "".join(value.split()).casefold()


def find(text: str) -> Iterator[Match]:
    """Yield e-mail addresses."""
    if "@" in text:
        for pattern, score in ((_PLAIN, 0.96), (_NUMERIC_HOST, 0.95)):
            for found in pattern.finditer(text):
                yield Match(found.start(), found.end(), "EMAIL", score)
    if "@" in text or _HINT.search(text):
        for found in _SPELLED.finditer(text):
            # "I saw it at ikea dot com", "at this point": ordinary talk.
            thing = _ARTICLE.search(text, max(0, found.start() - 8), found.start())
            if "@" in found.group() or (not thing and _NOBODY.isdisjoint(found.group().casefold().split())):
                yield Match(found.start(), found.end(), "EMAIL", 0.85)


DETECTOR = Detector(labels=("EMAIL",), find=find, canonical=canonical)
