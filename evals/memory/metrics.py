"""Figures of found evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from frontdesk.evals.figures import share

CUTS = (1, 5, 10)
BUDGET = 1000
"""Tokens (estimated, never under: ``frontdesk.nodes.remember.tokens``) of the turns that are taken, best first."""
_NEVER = 1 << 30


@dataclass(frozen=True)
class Outcome:
    """What one way of ranking found for one question."""

    scenario: str
    ranks: tuple[int, ...]
    """For each piece of the evidence the place, 0 for the best, of the first turn that has it."""
    within: int
    """Turns that fit into the budget, best first."""
    answered: bool | None
    """An answer stands in the first ten; None: no answer is given."""


def outcome(
    scenario: str, ranked: Sequence[int], evidence: Sequence[set[int]], costs: Sequence[int], answered: bool | None
) -> Outcome:
    """Return what was found.

    Args:
        scenario: The question's.
        ranked: Places of turns, best first.
        evidence: For each piece the places of the turns it stands in.
        costs: Tokens of each turn.
        answered: Whether an answer stands in the first ten.
    """
    where = {place: rank for rank, place in enumerate(ranked)}
    spent, within = 0, 0
    for place in ranked:
        spent += costs[place]
        if spent > BUDGET:
            break
        within += 1
    ranks = tuple(min(where.get(place, _NEVER) for place in places) for places in evidence)
    return Outcome(scenario, ranks, within, answered)


def figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return the figures of one way of ranking; questions whose evidence is in no turn count for ``answered`` only."""
    known = [one for one in outcomes if one.ranks]
    found: dict[str, Any] = {f"recall@{cut}": _mean(known, _part(cut)) for cut in CUTS}
    found[f"recall_{BUDGET}_tokens"] = share(
        sum(sum(rank < one.within for rank in one.ranks) / len(one.ranks) for one in known), len(known)
    )
    for cut in CUTS:
        found[f"any@{cut}"] = _mean(known, _holds(min, cut))
        found[f"all@{cut}"] = _mean(known, _holds(max, cut))
    asked = [one for one in outcomes if one.answered is not None]
    found["answered"] = _mean(asked, lambda one: bool(one.answered))
    return found


def _part(cut: int) -> Callable[[Outcome], float]:
    return lambda one: sum(rank < cut for rank in one.ranks) / len(one.ranks)


def _holds(which: Callable[[tuple[int, ...]], int], cut: int) -> Callable[[Outcome], float]:
    return lambda one: which(one.ranks) < cut


def _mean(outcomes: Iterable[Outcome], value: Callable[[Outcome], float]) -> float | None:
    values = [float(value(one)) for one in outcomes]
    return share(sum(values), len(values))


def by_scenario(outcomes: Sequence[Outcome]) -> dict[str, dict[str, Any]]:
    """Return figures and number of questions per scenario."""
    groups: dict[str, list[Outcome]] = {}
    for one in outcomes:
        groups.setdefault(one.scenario, []).append(one)
    return {name: {"questions": len(group), **figures(group)} for name, group in sorted(groups.items())}
