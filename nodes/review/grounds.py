"""What the sources of a turn say in numbers: the desk's side, and the customer's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from frontdesk.nodes.review.calendar import Day, relative
from frontdesk.nodes.review.draft import CUSTOMER, DESK, EARLIER, MEMORY, TODAY, TOOL, Facts
from frontdesk.nodes.review.quantities import Quantity, quantities
from frontdesk.nodes.review.reckoned import of_result
from frontdesk.nodes.review.support import around


@dataclass(frozen=True)
class Ground:
    """What the numbers of one source say."""

    found: tuple[Quantity, ...]
    text: str
    result: bool = False
    """Whether it is a tool's: then words stand beside numbers as fields do, not as sentences."""
    _near: dict[tuple[int, int], frozenset[str]] = field(default_factory=dict, compare=False, repr=False)

    def near(self, known: Quantity) -> frozenset[str]:
        """Return the content words around one of its numbers; worked out once."""
        place = (known.start, known.end)
        if place not in self._near:
            self._near[place] = around(self.text, *place)
        return self._near[place]


@lru_cache(maxsize=512)
def _of_page(text: str) -> Ground:
    """Read a page or a fixed wording of the desk; both are published, so they may stay in memory."""
    return Ground(tuple(quantities(text)), text)


def _today(facts: Facts) -> date | None:
    for text in facts.of(TODAY):
        return date.fromisoformat(text.rpartition(" ")[2])
    return None


def _days_ahead(facts: Facts) -> Iterator[Day]:
    """Yield the dates that "tomorrow" and its like mean where it was said now: not on pages."""
    today = _today(facts)
    if today is not None:
        for text in facts.of(CUSTOMER, TOOL, MEMORY):
            yield from relative(text, today)


def grounds(facts: Facts) -> tuple[list[Ground], list[Ground]]:
    """Return what others than the customer say, results of tools first, and what the customer says."""
    firm: list[Ground] = []
    customer: list[Ground] = []
    for one in facts.passages:
        if one["url"] == EARLIER:
            continue
        text = f"{one['title']}\n{one['text']}" if one["title"] else one["text"]
        if one["page"] or one["url"] == DESK:
            firm.append(_of_page(text))
            continue
        source = one["url"]
        made = Ground(tuple(of_result(text) if source == TOOL else quantities(text)), text, source == TOOL)
        (customer if source == CUSTOMER else firm).append(made)
    ahead = tuple(Quantity(0, 0, "date", frozenset({day})) for day in _days_ahead(facts))
    firm.sort(key=lambda ground: not ground.result)
    return ([*firm, Ground(ahead, "")] if ahead else firm), customer


__all__ = ["Ground", "grounds"]
