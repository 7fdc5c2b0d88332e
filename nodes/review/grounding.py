"""Grounding: each number of a reply stands in a page, a tool result or the customer's words. Flags, never blocks.

A number counts with what it counts: "30 days" is not grounded by "30 EUR", nor "4 days" by "3 to 5 days"; "two weeks"
is grounded by "14 days". Codes: ``grounding:number`` (in no evidence), ``grounding:context`` (a page has it, but says
another number where the reply says this one), ``grounding:customer`` (an amount, a share or a period that only the
customer has named: repeated, or promised), ``grounding:weekday`` (not the weekday of the date).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from frontdesk.nodes.review.calendar import Day, wrong_weekday
from frontdesk.nodes.review.draft import Draft, Facts
from frontdesk.nodes.review.grounds import Ground, grounds
from frontdesk.nodes.review.quantities import CODE, PLAIN, Quantity, number, quantities
from frontdesk.nodes.review.reckoned import ANY, MONEY
from frontdesk.nodes.review.support import contradicted
from frontdesk.nodes.review.units import MONEY as CURRENCIES

_UPPER = re.compile(
    r"(?:up to|within|at most|maximum(?: of)?|max\.?|no more than|less than|until|by|before|latest|under|bis zu|"
    r"innerhalb(?: von)?|höchstens|jusqu'à|sous|dans les|hasta|dentro de|en|in)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_LOWER = re.compile(
    r"(?:at least|from|minimum(?: of)?|min\.?|starting(?: at| from)?|as (?:little|few) as|after|since|opens? at|"
    r"ab|mindestens|dès|au moins|desde|al menos|begins? at|starts? at)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_PROMISED = frozenset({*CURRENCIES, "percent", "time", "month", "points"})


def numbers(text: str) -> set[str]:
    """Return the plain spellings of the digits of ``text``; placeholders and list markers are none."""
    return {
        format(value.normalize(), "f") for one in quantities(text) for value in one.values if isinstance(value, Decimal)
    }


def _same_kind(said: Quantity, known: Quantity) -> bool:
    if said.kind == known.kind:
        return True
    if known.kind == ANY:
        return said.kind not in ("date", "clock", CODE)
    if known.kind == MONEY:
        return said.kind in CURRENCIES or said.kind == PLAIN
    if CODE in (said.kind, known.kind):
        return False
    if said.kind == PLAIN:
        # "the limit is 30" for "30 days", but "30 lamps" is something else
        return not said.noun and known.kind not in ("date", "percent")
    return known.kind == PLAIN and not known.noun and said.kind not in ("date", "clock")


def _named(said: Quantity, found: Sequence[Quantity]) -> Sequence[Quantity]:
    """Return the quantities that may ground ``said``: only those of rows of what it counts, where there are any."""
    if said.kind != PLAIN or not said.noun:
        return found
    own = [one for one in found if one.bound and any(word[:4] == said.noun[:4] for word in one.noun.split())]
    return own or [one for one in found if not one.bound]


def _meets(said: Quantity, known: Quantity) -> bool:
    if not _same_kind(said, known):
        return False
    if said.kind == "date":
        return any(_same_day(one, other) for one in said.values for other in known.values)
    if said.kind == known.kind:
        return bool(said.values & known.values)
    if known.kind == "clock":
        return any(isinstance(value, Decimal) and value * 60 in known.values for value in said.values)
    return bool((said.raw or said.values) & (known.raw or known.values))


def _same_day(one: object, other: object) -> bool:
    if not (isinstance(one, tuple) and isinstance(other, tuple)):
        return False
    return one[1:] == other[1:] and (one[0] is None or other[0] is None or one[0] == other[0])


def _ends(text: str, said: Quantity, known: Quantity) -> bool:
    """Whether a single number may be an end of a range: "up to 5 days" of "3 to 5 days"."""
    if not (known.low or known.high) or said.low or said.high:
        return True
    before = text[max(0, said.start - 28) : said.start]
    if known.kind in ("clock", "date", PLAIN, CODE):
        return True
    return (_UPPER if known.high else _LOWER).search(before) is not None


def _stands(text: str, said: Quantity, other: Quantity | None, ground: Ground) -> bool:
    """Whether a source has the number; of a range, both ends in one range (``other`` is the second end)."""
    if said.kind == CODE:
        (code,) = said.values
        flat = ground.text.casefold().replace("-", "").replace(" ", "")
        return str(code) in flat
    if said.low and other is not None:
        pairs = zip(ground.found, ground.found[1:], strict=False)
        return any(low.low and _meets(said, low) and _meets(other, high) for low, high in pairs)
    return any(_meets(said, known) and _ends(text, said, known) for known in _named(said, ground.found))


def _summed(said: Quantity, mine: Sequence[Quantity], grounded: set[int]) -> bool:
    """Whether an amount is the sum or difference of two to five other amounts of the reply that are grounded."""
    if said.kind not in CURRENCIES:
        return False
    parts = [min(one.values, key=str) for one in mine if one.start in grounded and one.kind == said.kind][:8]
    amounts = [value for value in parts if isinstance(value, Decimal)]
    sums = {sum(chosen, Decimal(0)) for size in range(2, 6) for chosen in combinations(amounts, size)}
    sums |= {abs(one - other) for one, other in combinations(amounts, 2)}
    return bool(sums & said.values)


def _judged(text: str, said: Sequence[Quantity], facts: Facts) -> Iterator[str]:
    firm, customer = grounds(facts)
    standing: set[int] = set()
    doubtful: list[Quantity] = []
    for at, one in enumerate(said):
        if one.high and at and said[at - 1].low:
            if said[at - 1].start in standing:
                standing.add(one.start)
            continue
        other = said[at + 1] if one.low and at + 1 < len(said) else None
        if one.kind == "date" and any(wrong_weekday(text, one.start, day) for day in _days_of(one)):
            yield "grounding:weekday"
        behind = next((ground for ground in firm if _stands(text, one, other, ground)), None)
        if behind:
            standing.add(one.start)
            if not behind.result and contradicted(text, one, [ground for ground in firm if ground.text]):
                yield "grounding:context"
        elif any(_stands(text, one, other, ground) for ground in customer):
            standing.add(one.start)
            if one.kind in _PROMISED:
                yield "grounding:customer"
        else:
            doubtful.append(one)
    if any(not _summed(one, said, standing) for one in doubtful):
        yield "grounding:number"


def _days_of(one: Quantity) -> Iterable[Day]:
    return [value for value in one.values if isinstance(value, tuple)]


def grounding(draft: Draft, facts: Facts) -> Draft:
    """Flag numbers that the evidence does not have, or has for something else."""
    said = quantities(draft.text)
    return draft.with_text(draft.text, *_judged(draft.text, said, facts)) if said else draft


__all__ = ["grounding", "number", "numbers"]
