"""Whether a message is to be cut between two runs of its words: signs for and against it, weighed.

The weights are those of a logistic regression on single requests and on pairs joined from them, of clinc150's and
banking77's training parts: ``python -m frontdesk.evals.route.cuts``. Confidence counts by how far it lies above the
desk's own ``routing.accept``, so that they hold for desks of another size.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from frontdesk.graph.state import Route
from frontdesk.nodes.route.joints import LEANS, MARKED, ORDERS, asks

BIAS: Final = -7.3
WEIGHTS: Final = {
    "surer": 1.38,
    "less_sure": 0.77,
    "whole": -1.09,
    "whole_is_one": 0.78,
    "each_other": -1.18,
    "both_ask": 2.38,
    "one_asks": 0.95,
    "sentences": -1.51,
    "marked": 4.66,
    "leans": -1.58,
    "words": 2.12,
}
"""Of :func:`signs`, in its order."""
CUT: Final = 2.0
"""Log odds from which a message is cut: at 0 it would be cut wherever that is likelier than not, and to serve one
request in two halves is worse than to overlook one."""
HALF: Final = 0.5
"""Share of ``routing.accept`` below which a piece is no request of the desk."""
INSIDE: Final = 1.2
"""Times ``routing.accept`` from which two questions within one sentence are taken for two requests."""
PLAIN: Final = 0.5
"""Evidence of what is plainly two requests."""
_SOFT = 0.01
"""Keeps the log odds of a confidence of 0 and of 1 finite."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Two neighbouring runs of a message's pieces."""

    before: str
    after: str
    gap: str
    """What stands between them: blanks and joining words."""
    first: Route
    second: Route
    whole: Route
    """Of both runs as one request."""
    firm: bool
    """Whether a sentence ends between them."""


def signs(sides: Sides, accept: float) -> list[float]:
    """Return the signs by which a cut is judged, in the order of :data:`WEIGHTS`.

    Args:
        sides: The two runs.
        accept: Confidence from which the desk acts on an intent.
    """
    first, second, whole = sides.first, sides.second, sides.whole
    over = sorted(_odds(route["confidence"]) - _odds(accept) for route in (first, second))
    asking = asks(sides.before) + asks(sides.after)
    marked = bool(MARKED.search(sides.gap))
    others = (
        dict(first["alternatives"]).get(second["intent"], 0),
        dict(second["alternatives"]).get(first["intent"], 0),
    )
    return [
        over[1],
        over[0],
        _odds(whole["confidence"]) - _odds(accept),
        float(whole["intent"] in (first["intent"], second["intent"])),
        float(max(others)),
        float(asking == 2),
        float(asking == 1),
        float(sides.firm and not marked),
        float(marked),
        float(bool(LEANS.search(sides.after))),
        math.log(min(len(sides.before.split()), len(sides.after.split())) or 1),
    ]


def evidence(sides: Sides, accept: float) -> float:
    """Return the log odds that the two runs are a request each, less :data:`CUT`: above 0 the message is cut."""
    if min(sides.first["confidence"], sides.second["confidence"]) < HALF * accept:
        return -math.inf
    found = signs(sides, accept)
    weighed = BIAS + sum(weight * sign for weight, sign in zip(WEIGHTS.values(), found, strict=True)) - CUT
    return max(weighed, PLAIN) if _plainly_two(sides, accept) else weighed


def _plainly_two(sides: Sides, accept: float) -> bool:
    """Whether both ask and the desk would act on each: then the whole may well be one of them to the router."""
    least = accept if sides.firm else accept * INSIDE
    sure = min(sides.first["confidence"], sides.second["confidence"]) >= least
    own = ORDERS.match(sides.after) or not LEANS.search(sides.after)
    return bool(sure and own and asks(sides.before) and asks(sides.after))


def _odds(chance: float) -> float:
    return math.log((chance + _SOFT) / (1 + _SOFT - chance))


__all__ = ["BIAS", "CUT", "HALF", "INSIDE", "PLAIN", "WEIGHTS", "Sides", "evidence", "signs"]
