"""What a desk would find in its pages for a text, and why."""

from __future__ import annotations

import asyncio
import os
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from typing import Any

from frontdesk.desk.load import Desk
from frontdesk.desk.pages import version_of
from frontdesk.graph.state import Route
from frontdesk.models.embedders.build import open_embedder
from frontdesk.nodes.guard.guard import InputGuardRail
from frontdesk.nodes.guard.pages import clean_pages
from frontdesk.nodes.recall.knowledge import Hit, open_pages, query_of
from frontdesk.nodes.route.fitting import open_router
from frontdesk.nodes.route.masked import Masking, masked
from frontdesk.nodes.scrub.build import build_scrubber
from frontdesk.settings import Settings

SHOWN = 5
"""Sections that are told of where none covers the question."""


@dataclass(frozen=True)
class Question:
    """What is asked, and by whom."""

    text: str
    signed_in: bool = False
    language: str = ""
    limit: int = 0
    """Passages; 0: as many as a turn gets."""


async def opened_pages(desk: Desk) -> Desk:
    """Return a desk with its pages as models are shown them: without what the guard takes for an instruction."""
    guard = await asyncio.to_thread(InputGuardRail, desk.config)
    return replace(desk, pages=await clean_pages(guard, desk.pages, desk.config))


async def ask(desk: Desk, settings: Settings, question: Question) -> dict[str, Any]:
    """Search as a turn does.

    Args:
        desk: The desk.
        settings: Where a router that was fitted before, and vectors, are.
        question: What is asked; it is masked first, as a turn does.

    Returns:
        ``covered``, ``needed`` (certainty), ``intent`` and its ``confidence``, ``preferred`` (pages that the intent
        names), and ``passages`` with ``page, title, url, version, certainty, given, heading, text``, best first. What
        a turn would not be given is there too, with ``given`` false.
    """
    scrubber = await asyncio.to_thread(build_scrubber, desk.config.scrub)
    text = scrubber.scrub(question.text, {}).text
    desk = await opened_pages(desk)
    async with AsyncExitStack() as stack:
        embedder = await open_embedder(desk.config.routing.embeddings, settings.home, os.environ)
        if embedder is not None:
            stack.push_async_callback(embedder.close)
        masking = Masking(desk.config.scrub.model_dump_json(), scrubber.firm())
        spoken = tuple(intent.model_dump_json() for intent in desk.intents.values())
        intents = await asyncio.to_thread(masked, spoken, masking)
        router = await open_router(intents, desk.config.routing, embedder=embedder, home=settings.home)
        route = await router.route(text)
        prefer = preferred(desk, route)
        rules = desk.config.search
        pages = desk.pages.values()
        search = await open_pages(pages, rules, root=desk.root, embedder=embedder, home=settings.home)
        vector = await embedder.embed(text) if embedder is not None and rules.embeddings else None
        asked = {"signed_in": question.signed_in, "prefer": prefer, "language": question.language}
        hits = search.hits(query_of(text, vector), **asked)  # type: ignore[arg-type]  # by name
        given = await search.search(text, limit=question.limit or None, **asked)  # type: ignore[arg-type]  # by name
    shown = {(passage["page"], passage["text"]) for passage in given}
    best = hits[: max(SHOWN, len(given))]
    told = [hit for hit in hits if hit in best or (hit.section.page.id, hit.section.text) in shown]
    return {
        "covered": bool(given),
        "needed": rules.covered,
        "intent": route["intent"],
        "confidence": round(float(route["confidence"]), 4),
        "preferred": prefer,
        "passages": [_passage(hit, (hit.section.page.id, hit.section.text) in shown) for hit in told],
    }


def preferred(desk: Desk, route: Route) -> list[str]:
    """Return the pages that a turn would prefer: those of the likely intent."""
    intent = desk.intents.get(route["intent"])
    likely = intent is not None and route["confidence"] >= desk.config.routing.clarify
    return list(intent.pages) if intent is not None and likely else []


def _passage(hit: Hit, given: bool) -> dict[str, Any]:
    page = hit.section.page
    return {
        "page": page.id,
        "title": page.title,
        "url": page.url,
        "version": version_of(page),
        "certainty": round(hit.certainty, 4),
        "given": given,
        "heading": hit.section.heading,
        "text": hit.section.text,
    }


__all__ = ["Question", "ask", "opened_pages", "preferred"]
