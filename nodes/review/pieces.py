"""Which places of the secrets pieces of a skeleton cover."""

from __future__ import annotations

from collections.abc import Sequence


def spots(skeletons: Sequence[str], size: int) -> dict[str, frozenset[int]]:
    """Return, per piece of ``size`` signs, the positions of the secrets that it covers."""
    found: dict[str, set[int]] = {}
    start = 0
    for skeleton in skeletons:
        for at in range(len(skeleton) - size + 1):
            found.setdefault(skeleton[at : at + size], set()).update(range(start + at, start + at + size))
        start += len(skeleton)
    return {piece: frozenset(covered) for piece, covered in found.items()}


def signs(pieces: set[str], places: dict[str, frozenset[int]]) -> int:
    """Return how many signs of the secrets pieces cover together."""
    return len(frozenset().union(*(places[piece] for piece in pieces))) if pieces else 0


__all__ = ["signs", "spots"]
