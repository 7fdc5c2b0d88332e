"""What is known from before, as the prompt shows it: summary, key details, earlier visits, memories; and the pages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from functools import lru_cache

from frontdesk.graph.memories import Memory
from frontdesk.graph.state import Passage
from frontdesk.nodes.respond.delimiting import element

SUMMARY, DETAILS, EPISODES = "earlier in this conversation", "key details", "earlier visits"
NO_PAGE = "No page covers this question."
ONLY_LIKE = (
    "No page was found that covers this question. These are the pages of the request that it looks like: say only what "
    "stands there, and where they do not answer it, say that you do not know."
)
"""Before the pages of an intent, where the search found none that covers the question."""


def note(about: str, lines: Sequence[str]) -> str:
    """Return an element with notes; empty without any."""
    text = "\n".join(lines)
    return element("notes", text, about=about) if text.strip() else ""


def memory_line(memory: Memory) -> str:
    """Return a memory with its kind, and the day on which the customer said it (UTC)."""
    day = datetime.fromtimestamp(memory["at"], tz=UTC)
    said = "as the customer said on" if memory["source"] == "customer" else "noted on"
    return f"- {memory['kind']}, {said} {day.day} {day:%B %Y}: {memory['text']}"


def memories_note(memories: Sequence[Memory]) -> str:
    """Return the element with what is known from other conversations; empty without any.

    What ended is history: it is no present fact, and never in here.
    """
    text = "\n".join(memory_line(memory) for memory in memories)
    return element("memories", text) if text else ""


def holding(memories: Sequence[Memory]) -> list[Memory]:
    """Return the memories that still hold, in their order."""
    return [memory for memory in memories if "ended" not in memory]


def page_element(passage: Passage, own: Collection[str]) -> str:
    """Return a page's element; ``own``: ids of the recognised intent's pages."""
    return _page(passage["page"], passage["title"] or " ", passage["text"], passage["page"] in own)


@lru_cache(maxsize=512)
def _page(name: str, title: str, text: str, own: bool) -> str:
    """Pages are the desk's own, and shown again and again; no words of a customer's stay in memory here."""
    return element("page", text, id=name, title=title, match="intent" if own else "")


__all__ = [
    "DETAILS",
    "EPISODES",
    "NO_PAGE",
    "ONLY_LIKE",
    "SUMMARY",
    "holding",
    "memories_note",
    "memory_line",
    "note",
    "page_element",
]
