"""Asks the desk's pages: those in the customer's language first, where the desk has pages in several."""

from __future__ import annotations

from collections.abc import Sequence

from frontdesk.graph.deps import Deps
from frontdesk.graph.identity import Caller
from frontdesk.graph.state import Passage


def searched(deps: Deps, query: str, caller: Caller, prefer: Sequence[str], language: str) -> list[Passage]:
    """Return what the desk's pages have on a query.

    Args:
        deps: The desk and its search.
        query: The customer's masked words.
        caller: Whether signed in, pages for customers are shown.
        prefer: Page ids that are likelier than others.
        language: The customer's, as a tag; empty where it is not known.
    """
    signed_in, search = caller.principal.signed_in, deps.knowledge.search
    if any(page.language for page in deps.desk.pages.values()):
        return search(query, signed_in=signed_in, prefer=prefer, language=language)
    return search(query, signed_in=signed_in, prefer=prefer)


__all__ = ["searched"]
