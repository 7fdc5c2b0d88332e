"""The shape of a text: one letter per word for what it may be in an address, one sign per gap between words.

The shape is a string, so that what an address looks like is a regular expression over it: ``n_C_T,C`` is
"5 Elm Road, Bristol". Word ``i`` stands at ``2 * i``, the gap after it at ``2 * i + 1``.

Words: ``n`` number of up to three digits, ``N`` longer number, ``A`` letters and digits, ``O`` ordinal, ``C`` capital
or missing value, ``l`` small letters, ``T``/``t`` street word with capital/small, ``Y``/``y`` one that is an ordinary
word or short, ``R`` street word before its name, ``r`` the same and ambiguous, ``e`` after its name, ``F``/``f`` word
that ends like a street, ``U`` unit, ``u`` weak unit, ``K`` country, ``P`` particle, ``J`` "and", ``p`` preposition,
``H`` number sign, ``d`` word beside which a number is no house's, ``s`` ordinary word that ends an address, ``B`` small
word in capitals, such as a region's code, ``x`` else.

Gaps: ``_`` space, ``,`` comma, ``/`` one or two line breaks, ``|`` anything that ends an address.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from frontdesk.nodes.scrub.address import words
from frontdesk.nodes.scrub.address.kinds import kind

_WORD = re.compile(r"[^\W_]+(?:['’`´∆-][^\W_]+)*|&")
_LINES = re.compile(r"[.,;)]{0,2}[ \t]*(?:\n[ \t>|?*•]*){1,2},?[ \t]*")
_COMMA = re.compile(r"\.?[ \t]*\)?,[ \t]*[#(]?|[ \t]*\([ \t]*|[ \t]+-[ \t]+|\)[ \t]*")
_SPACE = re.compile(r"[ \t]+|[°º]?\.?[ \t]*|[-/][ \t]?|[ \t]/[ \t]?|\.?[ \t]*#[ \t]?")
_SHORT_FORMS = words.STREET_SHORT | words.STREET_BEFORE_CAPITAL | words.NUMBER_SIGN | words.UNIT | words.UNIT_WEAK
_MORE_SHORT_FORMS = "str ul u rkp krt ctra proc avda os mt ft sr jr dr prof sta sto hl sv pk cad"
_DOTTED = _SHORT_FORMS | frozenset(_MORE_SHORT_FORMS.split())
_LONGEST_GAP = 40


@dataclass(frozen=True, slots=True)
class Shape:
    """A text as a shape, with the way back."""

    text: str
    marks: str
    """Words and gaps in turn; ends with the gap ``|``."""
    starts: list[int]
    ends: list[int]
    """Offsets of the words."""
    words: list[str]
    small: frozenset[str]
    """The different words in small letters: what tells cheaply that something is not there."""

    def word(self, mark: int) -> str:
        """Return the word at an even offset of ``marks``."""
        return self.words[mark // 2]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the text's span of the marks from ``first`` up to ``last`` (exclusive)."""
        return self.starts[first // 2], self.ends[(last - 1) // 2]

    def mark_at(self, offset: int) -> int:
        """Return the mark of the first word that begins at ``offset`` of the text or after it."""
        return 2 * bisect_left(self.starts, offset)


def shape(text: str) -> Shape:
    """Read a normalised text; linear."""
    starts: list[int] = []
    ends: list[int] = []
    marks: list[str] = []
    seen: list[str] = []
    for found in _WORD.finditer(text):
        start, end = found.span()
        word = found.group()
        mark = kind(word)
        if len(word) == 1:
            mark = _initial(text, end, mark)
        if ends:
            marks.append(_gap(text[ends[-1] : start], seen[-1], mark))
        marks.append(mark)
        starts.append(start)
        ends.append(end)
        seen.append(word)
    marks.append("|")
    return Shape(text, "".join(marks), starts, ends, seen, frozenset(word.lower() for word in set(seen)))


def _initial(text: str, end: int, mark: str) -> str:
    """Tell "C/ Mayor 5" and "Fő u. 5" from other single letters."""
    if text[end - 1] in "Cc" and text.startswith("/", end) and not text.startswith("/o", end):
        return "R"
    return "e" if text[end - 1] == "u" and text.startswith(".", end) else mark


def _gap(gap: str, word: str, after: str) -> str:
    if gap in ("", " "):
        return "_"
    if gap == "," and word[-1].isdigit() and after in "nNA":
        return "|"
    if gap == "." and word[-1].isdigit():
        return "|"
    if len(gap) > _LONGEST_GAP:
        return "|"
    if _COMMA.fullmatch(gap):
        return ","
    if "\n" in gap:
        return "/" if _LINES.fullmatch(gap) else "|"
    if not _SPACE.fullmatch(gap):
        return "|"
    return "|" if gap[0] == "." and len(gap) > 1 and not _abbreviated(word, after) else "_"


def _abbreviated(word: str, after: str) -> bool:
    if len(word) == 1 or word.lower() in _DOTTED:
        return True
    if word[-1].isdigit():
        return after in "Uu"
    foreign = len(word) <= 5 and word[0].isupper() and not word.isascii()
    return foreign or (after in "nN" and word.endswith(("str", "pl")))
