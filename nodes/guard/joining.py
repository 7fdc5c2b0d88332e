"""Words that were taken apart: letters with something between them, words glued or cut, marks inside words.

Every function takes a casefolded text and returns a reading of it, or yields readings; a text without the trick is
returned as it is, or nothing is yielded. All of it is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from frontdesk.nodes.guard.vocabulary import CUES, RUN, WORDS, cues, segmented

_APART = re.compile(r"(?<![^\W_])(?:[^\W_][\W_]{1,4}){3,}[^\W_](?![^\W_])")
_BETWEEN = re.compile(r"[\W_]+")
_TAG = re.compile(r"<!--[^<]{0,300}?-->|</?[a-z][^<>]{0,80}>")
_QUOTED_PLUS = re.compile(r"[\"'`]\s{0,3}[+.&]?\s{0,3}[\"'`]")
_SYMBOLS = re.compile(r"[^\w\s.,;:!?'\"()/-]+|_+")
_CHAINED = re.compile(r"(?<![^\W_])[^\W\d_]+(?:[_+.\-/|=~:,;][^\W\d_]+){2,}")
_LONG = re.compile(r"[^\W\d_]{16,}")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_RADIUS = 120
_WINDOWS = 6
_SEGMENTS = 12
"""Runs without word gaps that are cut into words, per text."""


def _together(match: re.Match[str]) -> str:
    """Join letters that stand apart: the usual thing between them is no gap, anything longer is one."""
    run = match.group()
    gaps = _BETWEEN.findall(run)
    usual = min(Counter(gaps).most_common(), key=lambda pair: (-pair[1], len(pair[0])))[0]
    if gaps.count(usual) < len(gaps):
        return "".join(
            letter if index % 2 == 0 else ("" if letter == usual else " ")
            for index, letter in enumerate(re.split(r"([\W_]+)", run))
        )
    letters = "".join(char for char in run if char.isalnum())
    return segmented(letters) if len(letters) >= 12 else letters


def unspaced(text: str) -> str:
    """Return casefolded ``text`` with letters that stand apart ("i g n o r e", "a-l-l", one per line) joined."""
    return _APART.sub(_together, text)


def unglued(text: str) -> Iterator[str]:
    """Yield readings of ``text`` with word gaps where marks, or nothing at all, stood between words."""
    if _CHAINED.search(text):
        yield _CHAINED.sub(lambda match: re.sub(r"[\W_]", " ", match.group()), text)
    budget = _SEGMENTS

    def cut(match: re.Match[str]) -> str:
        nonlocal budget
        budget -= 1
        return segmented(match.group()) if budget >= 0 else match.group()

    if _LONG.search(text):
        yield _LONG.sub(cut, text)


def unbroken(text: str) -> Iterator[str]:
    """Yield ``text`` in one line when it has one or two words to a line."""
    lines = text.count("\n") + 1
    if lines >= 4 and len(text.split()) <= 2 * lines:
        yield text.replace("\n", " ")


def uncamelled(text: str) -> str:
    """Return ``text`` with a blank before each capital inside a word."""
    return _CAMEL.sub(" ", text)


def unmarked(text: str) -> Iterator[str]:
    """Yield readings of ``text`` without what stands inside or between its words: tags, comments, emphasis, emoji."""
    bare = _QUOTED_PLUS.sub("", _TAG.sub("", text))
    if bare != text:
        yield bare
    if len(_SYMBOLS.findall(bare)) >= 2:
        yield _SYMBOLS.sub(" ", bare)
        yield _SYMBOLS.sub("", bare)


def unstretched(text: str) -> str:
    """Return ``text`` with letters that were repeated three times or more standing once."""
    return _STRETCHED.sub(r"\1", text)


def _crumbled(text: str) -> bool:
    """Whether a third of the words are one or two letters that are no word: gaps were put inside words."""
    words = text.split()
    loose = sum(len(word) <= 2 and word.isalpha() and (len(word) == 1 or word not in WORDS) for word in words)
    return len(words) >= 8 and loose * 3 >= len(words)


def squeezed(text: str) -> str:
    """Return what shows when every gap is taken out, cut into words; empty when nothing new does.

    All of a crumbled text, else what is around each cue that does not stand in ``text`` as it is.
    """
    letters = "".join(char for char in text if char.isalnum())
    if _crumbled(text):
        return "\n".join(segmented(letters[at : at + RUN]) for at in range(0, min(len(letters), 3 * RUN), RUN))
    if cues(letters) <= cues(text):
        return ""
    places = sorted(letters.find(cue) for cue in CUES if cue in letters and cue not in text)
    found: list[str] = []
    done = -1
    for place in places:
        if place > done and len(found) < _WINDOWS:
            found.append(segmented(letters[max(0, place - _RADIUS) : place + 2 * _RADIUS]))
            done = place + 2 * _RADIUS
    return "\n".join(found)


__all__ = ["squeezed", "unbroken", "uncamelled", "unglued", "unmarked", "unspaced", "unstretched"]
