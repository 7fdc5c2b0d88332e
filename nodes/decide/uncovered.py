"""A question that no page covers: told from other messages, and what may be named for the customer to read."""

from __future__ import annotations

import re

from frontdesk.graph.state import DeskState, Passage
from frontdesk.models.keyless.smalltalk import smalltalk
from frontdesk.nodes.decide.following import asks_something

NOTHING = "recall:nothing"
"""Reason of a turn that says that the pages have nothing on what was asked."""
NEAR = 0.1
"""Certainty from which the nearest page is worth a look: of questions that no page covers two thirds are below it."""

_OF_US = re.compile(
    r"\bdo you (?:\w+ )?(?:sell|have|offer|make|do|stock|carry|run|rent|lend|repair|restore|build|fit|lay|ship)\b"
    r"|\byour (?:\w+ )?(?:shops?|stores?|kitchens?|lamps?|products?|furniture|company|firm|catalogue|team|prices?)\b",
    re.IGNORECASE,
)


def asks_uncovered(state: DeskState, text: str) -> bool:
    """Tell whether a message asks something that the search looked for and did not find."""
    recall = state.get("recall")
    if recall is None or recall["passages"] or "nearest" not in recall:
        return False
    return asks_something(text) and not smalltalk(text)


def asks_of_us(text: str) -> bool:
    """Tell whether a message asks what a shop has and does, by its words."""
    return bool(_OF_US.search(text))


def near_page(state: DeskState) -> Passage | None:
    """Return the page that came nearest to the question, where it came near at all."""
    recall = state.get("recall")
    found = recall.get("nearest") if recall else None
    return found if found is not None and found["score"] >= NEAR else None


__all__ = ["NEAR", "NOTHING", "asks_of_us", "asks_uncovered", "near_page"]
