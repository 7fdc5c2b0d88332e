"""The desk's own words: what its public pages and its intents say."""

from __future__ import annotations

from frontdesk.graph.deps import DeskView
from frontdesk.nodes.cached.plain import normal
from frontdesk.nodes.cached.shape import unknown

LONG_NUMBER = 4
"""Digits from which a number that the desk never wrote may be somebody's: an order, a customer, a telephone."""


def vocabulary(desk: DeskView) -> frozenset[str]:
    """Return every word and number of the public pages and of the intents, normalised."""
    texts = [desk.config.business]
    for page in desk.pages.values():
        if page.audience == "public":
            texts += [page.title, page.body]
    for intent in desk.intents.values():
        texts += [intent.title, intent.description, *intent.utterances]
    return frozenset(word for text in texts for word in normal(text.replace("\n", " . ")).split())


def foreign(text: str, known: frozenset[str]) -> set[str]:
    """Return what may be somebody's in a normalised text: words, and long numbers, that the desk never uses."""
    return {
        word for word in unknown(text, known) if not word[0].isdigit() or sum(map(str.isdigit, word)) >= LONG_NUMBER
    }


__all__ = ["LONG_NUMBER", "foreign", "vocabulary"]
