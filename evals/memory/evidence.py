"""Which turns a quoted evidence stands in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from frontdesk.evals.memory.data import Question, Turn

ALIKE = 0.6
"""Share of a quote's words that a turn must have, where none has it word for word: people quote loosely."""
_LEAST = 2
"""Words of a piece of a quote; fewer are left out, unless the whole quote is so short."""
_WORD = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r'\.\.\.|…|["“”«»]|\[[^\]]{0,20}\]|\n')


def normal(text: str) -> str:
    """Return a text's words and numbers, folded, with one blank around each: what two quotes are compared by."""
    folded = unicodedata.normalize("NFKC", re.sub("['’]", "", text)).casefold()
    return f" {' '.join(_WORD.findall(folded))} "


def pieces(evidence: str) -> list[str]:
    """Return the quotes of an evidence, normalised: what stands between quotation marks and dots."""
    parts = [part for piece in _BETWEEN.split(evidence) if len((part := normal(piece)).split()) >= _LEAST]
    return parts or ([normal(evidence)] if normal(evidence).strip() else [])


class Located:
    """A scenario's turns, to look evidence up in."""

    def __init__(self, turns: Sequence[Turn]) -> None:
        """Take the turns."""
        self._texts = [normal(turn.text) for turn in turns]
        self._words = [set(text.split()) for text in self._texts]
        self._named: dict[str, set[int]] = {}
        for place, turn in enumerate(turns):
            if turn.name:
                self._named.setdefault(turn.name, set()).add(place)

    def evidence(self, question: Question) -> list[set[int]]:
        """Return for each piece of the evidence the places of the turns it stands in; pieces of none are left out.

        A piece is a quote, or the id of a turn. A quote that stands in no single turn may run on into the next.
        """
        found: list[set[int]] = []
        for evidence in question.evidence:
            if evidence in self._named:
                found.append(self._named[evidence])
                continue
            found.extend(self._quoted(piece) for piece in pieces(evidence))
        return [places for places in found if places]

    def _quoted(self, piece: str) -> set[int]:
        exact = {place for place, text in enumerate(self._texts) if piece in text}
        if exact:
            return exact
        across = {
            place for place, (one, other) in enumerate(pairwise(self._texts)) if piece in f"{one.rstrip()}{other}"
        }
        if across:
            return across | {place + 1 for place in across}
        words = piece.split()
        shares = [sum(word in have for word in words) / len(words) for have in self._words]
        most = max(shares, default=0.0)
        return {place for place, share in enumerate(shares) if share == most} if most >= ALIKE else set()

    def answers(self, question: Question, places: Sequence[int]) -> bool:
        """Tell whether one of the answers stands, word for word, in one of the turns."""
        wanted = [text for answer in question.answers if (text := normal(answer)).strip()]
        return any(text in self._texts[place] for place in places for text in wanted)
