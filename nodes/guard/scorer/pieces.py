"""Which readings of a text are scored, their sentences, and which rules fire in each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from frontdesk.nodes.guard.mention import Mentions
from frontdesk.nodes.guard.rules.catalogue import matches
from frontdesk.nodes.guard.rules.rule import MEDIUM, STRONG, Rule
from frontdesk.nodes.guard.sentences import sentences
from frontdesk.nodes.guard.views import View

READINGS = 8
"""Readings of a text that are scored at most: the first ones that read like writing."""
CHARACTERS = 32_000
"""Characters of all readings together that are scored: bounds the work on a long text."""
_COMMON = re.compile(
    r"(?<![^\W\d_])(?:the|and|you|your|all|any|this|that|not|with|from|what|now|for|are|is|to|of|me|my|"
    r"die|der|und|sie|ihre|alle|nicht|mir|les|des|vous|vos|toutes|los|las|tus|todas|que|"
    r"ignore|forget|disregard|instructions?|prompt|system|previous|rules?|reveal|print|show|repeat)(?![^\W\d_])"
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_SHARE, _LEAST = 0.2, 2


def reads_like_writing(text: str) -> bool:
    """Whether a fifth of the words, and two at least, are words that every text of a common language has."""
    common = len(_COMMON.findall(text))
    return common >= _LEAST and common >= _SHARE * len(_WORD.findall(text))


def scored(seen: Sequence[View]) -> list[str]:
    """Return the readings that are worth scoring: the text as it stands, and what a trick may have hidden in it.

    Most readings are noise unless the trick was played, and noise gets noisy scores.
    """
    texts = [view.text for view in seen[:1]]
    room = CHARACTERS - sum(map(len, texts))
    for view in seen[1:]:
        if len(texts) >= READINGS or room <= 0:
            break
        if reads_like_writing(view.text):
            texts.append(view.text[:room])
            room -= len(view.text)
    return texts


class Piece(NamedTuple):
    """A sentence, as it is scored."""

    text: str
    """Normalised."""
    marks: tuple[str, ...] = ()
    """Rules that fire in it, each as used or as talked about; features beside its words."""


def cut(text: str) -> list[Piece]:
    """Return the sentences of a normalised text; one empty piece if there is none."""
    return _pieces(text, sentences(text))


def joint(parts: Sequence[str]) -> list[Piece]:
    """Return normalised sentences of one text as its pieces, one for each."""
    places, at = [], 0
    for part in parts:
        places.append((at, at + len(part)))
        at += len(part) + 1
    return _pieces(" ".join(parts), places)


def _pieces(text: str, places: Sequence[tuple[int, int]]) -> list[Piece]:
    fired = matches(text)
    if not fired:
        return [Piece(text[start:end]) for start, end in places] or [Piece("")]
    mentions = Mentions(text)
    marks: list[dict[str, None]] = [{} for _ in places]
    for rule in fired:
        for match in rule.pattern.finditer(text):
            at = next((n for n, (_, end) in enumerate(places) if match.start() < end), -1)
            how = "told" if mentions.has(match, rule) else "used"
            marks[at].update(dict.fromkeys((f"{how} {rule.id}", f"{how} {_strength(rule)}")))
    return [Piece(text[start:end], tuple(names)) for (start, end), names in zip(places, marks, strict=True)]


def _strength(rule: Rule) -> str:
    return "strong" if rule.weight >= STRONG else "medium" if rule.weight >= MEDIUM else "weak"


__all__ = ["CHARACTERS", "READINGS", "Piece", "cut", "joint", "reads_like_writing", "scored"]
