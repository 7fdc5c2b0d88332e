"""Which pieces of a prompt's parts fit into a number of tokens: by the desk's priorities, best pieces first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from frontdesk.desk.remembering import PARTS, ContextPart


@dataclass(frozen=True, slots=True)
class Pieces:
    """What one part consists of."""

    costs: Sequence[int]
    """Tokens of each piece, the one that matters most first."""
    around: int = 0
    """Tokens that the first piece adds for the element around all of them."""
    joined: bool = False
    """No piece without those before it: of a conversation, of a summary."""


def order(first: Sequence[ContextPart]) -> tuple[ContextPart, ...]:
    """Return all parts in the order in which they are given room; one that ``first`` does not name comes last."""
    return tuple(dict.fromkeys((*first, *PARTS)))


def chosen(
    parts: Mapping[ContextPart, Pieces], room: int, first: Sequence[ContextPart]
) -> dict[ContextPart, tuple[int, ...]]:
    """Choose the pieces that are shown.

    Args:
        parts: The pieces of each part; a part that is missing has none.
        room: Tokens for all of them.
        first: Which part is given room before which.

    Returns:
        For every part the places in ``costs`` of what is kept, ascending. What is kept costs at most ``room``.
    """
    kept: dict[ContextPart, tuple[int, ...]] = {}
    for name in order(first):
        found: list[int] = []
        pieces = parts.get(name, Pieces(()))
        for place, cost in enumerate(pieces.costs):
            needed = cost if found else cost + pieces.around
            if needed <= room:
                found.append(place)
                room -= needed
            elif pieces.joined:
                break
        kept[name] = tuple(found)
    return kept


__all__ = ["Pieces", "chosen", "order"]
