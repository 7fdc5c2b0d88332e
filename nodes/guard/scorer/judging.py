"""A text's score in all the readings that are worth scoring."""

from __future__ import annotations

import re
from collections.abc import Sequence

from frontdesk.nodes.guard.scorer.model import Scorer, Scores
from frontdesk.nodes.guard.scorer.pieces import Piece, cut, scored
from frontdesk.nodes.guard.views import View

_WORD = re.compile(r"\w+")


def judged(scorer: Scorer, seen: Sequence[View], *, apart: bool = False) -> list[Scores]:
    """Return the scores of the readings, the text as it stands first.

    Args:
        scorer: For the channel.
        seen: All readings of one text.
        apart: True: of the other readings only the sentences that have other words than the text as it stands. In a
            page the hash before a heading is no disguise of the heading.
    """
    return scorer.score(_readings(seen, apart))


def _readings(seen: Sequence[View], apart: bool) -> list[list[Piece]]:
    """Return the pieces of the readings that are scored.

    Words in another order are the same words: such a reading must fire a rule, which says that the order makes sense.
    """
    shuffled = {view.text for view in seen[1:] if view.kind == "reordered"}
    first, *others = [(reading, cut(reading)) for reading in scored(seen)]
    found = [first[1]]
    known = {_words(piece) for piece in first[1]}
    for reading, pieces in others:
        new = [piece for piece in pieces if _words(piece) not in known]
        if new and (reading not in shuffled or any(piece.marks for piece in pieces)):
            found.append(new if apart else pieces)
    return found


def _words(piece: Piece) -> tuple[str, ...]:
    return tuple(_WORD.findall(piece.text))


__all__ = ["judged"]
