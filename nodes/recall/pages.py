"""Asks the desk's pages: those in the customer's language first, where the desk has pages in several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from frontdesk.graph.deps import Deps
from frontdesk.graph.identity import Caller
from frontdesk.graph.state import Passage
from frontdesk.nodes.recall.passages.hits import Hit, passage_of


@runtime_checkable
class Nearest(Protocol):
    """Knowledge that tells its likeliest section, whether it covers a query or not."""

    async def nearest(
        self, query: str, *, signed_in: bool, prefer: Sequence[str] = (), language: str = ""
    ) -> Hit | None:
        """Return it; None for words without a subject, and where there are no pages."""
        ...


async def searched(deps: Deps, query: str, caller: Caller, prefer: Sequence[str], language: str) -> list[Passage]:
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
        return await search(query, signed_in=signed_in, prefer=prefer, language=language)
    return await search(query, signed_in=signed_in, prefer=prefer)


async def nearest(deps: Deps, query: str, caller: Caller, prefer: Sequence[str], language: str) -> Passage | None:
    """Return the likeliest page where :func:`searched` found none, without its text, for the customer to read.

    Knowledge that cannot tell it (no ``nearest``) has none.
    """
    if not isinstance(deps.knowledge, Nearest):
        return None
    hit = await deps.knowledge.nearest(query, signed_in=caller.principal.signed_in, prefer=prefer, language=language)
    return Passage(**{**passage_of(hit), "text": ""}) if hit else None


__all__ = ["nearest", "searched"]
