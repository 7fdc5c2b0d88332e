"""Whether a sentence rests on a text: shared content words, and which number stands among the same words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from frontdesk.nodes.review.numerals import words_of
from frontdesk.nodes.review.quantities import Quantity

_WORD = re.compile(r"[^\W\d_]{2,}")
_STOP = words_of(
    """the an and or of to in on at for from by with is are be was were it its this that these those you your we our us
    they their can may will would if as not no do does have has had there here than then so but about into per after
    before up out any all each every which who what when where how please yes sure der die das den dem ein eine und
    oder von zu im auf für mit ist sind sie wir ihr ihre le la les un une des du de et ou est sont vous nous el los
    las una en con por para es son usted"""
)
_STEM = 5
"""Letters of a word that are compared: endings of number and tense do not count."""
NEAR = 60
"""Characters on each side of a number whose words are compared, cut at the ends of the sentence."""
_END = re.compile(r"[.!?;]\s|\n")
MARGIN = 0.34
"""By how much more the words around another number must agree (share of the reply's words there)."""
ENOUGH = 0.55
"""Share of the reply's words around the number that must stand around the other."""


class Sourced(Protocol):
    """A text and its numbers."""

    @property
    def found(self) -> Sequence[Quantity]:
        """Its numbers."""

    def near(self, known: Quantity) -> frozenset[str]:
        """Return the content words around one of its numbers."""


def content(text: str) -> frozenset[str]:
    """Return the stems of the content words of ``text``."""
    return frozenset(word[:_STEM] for word in _WORD.findall(text.casefold()) if word not in _STOP)


def around(text: str, start: int, end: int) -> frozenset[str]:
    """Return the content words near a number, in its sentence."""
    before = text[max(0, start - NEAR) : start]
    after = text[end : end + NEAR]
    cut = [match.end() for match in _END.finditer(before)]
    stop = _END.search(after)
    return content(before[cut[-1] if cut else 0 :] + " " + after[: stop.start() + 1 if stop else NEAR])


def _alike(said: Quantity, known: Quantity) -> bool:
    """Whether one of two has the other's number with another unit: "2 years" and "2 hours"."""
    units = {said.kind, known.kind}.isdisjoint(("plain", "code", "date", "clock"))
    return units and bool(said.raw & known.raw)


def contradicted(text: str, said: Quantity, grounds: Iterable[Sourced]) -> bool:
    """Whether the words around a number stand around another number of the same kind, and hardly around this one."""
    mine = around(text, said.start, said.end)
    if len(mine) < 2:
        return False
    best = {True: 0.0, False: 0.0}
    for ground in grounds:
        for known in ground.found:
            if known.derived or known.end == 0 or (known.kind != said.kind and not _alike(said, known)):
                continue
            equal = known.kind == said.kind and bool(known.values & said.values)
            share = len(mine & ground.near(known)) / len(mine)
            best[equal] = max(best[equal], share)
    return best[False] >= ENOUGH and best[False] - best[True] >= MARGIN


__all__ = ["around", "content", "contradicted"]
