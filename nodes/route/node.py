"""Route: what the message is about, in which language and mood, and whether it makes several requests."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from langchain_core.runnables import RunnableConfig

from frontdesk.graph.deps import Deps
from frontdesk.graph.state import DeskState, Route, Segment
from frontdesk.nodes.decide.ellipsis import names_only_a_value
from frontdesk.nodes.route.gloss import glossed
from frontdesk.nodes.route.language import language_after
from frontdesk.nodes.route.mood import mood_after
from frontdesk.nodes.route.spelling import respelled
from frontdesk.nodes.route.split import asking_part, pieces_of, position, segments_of, spans_of
from frontdesk.nodes.route.views import wanted_part
from frontdesk.nodes.texts import latest_human, text_of

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class RouteNode:
    """Asks the router."""

    deps: Deps

    async def __call__(self, state: DeskState, config: RunnableConfig) -> dict[str, Any]:
        """Write ``route``. A router that fails finds nothing: decide then asks or hands over, and never guesses.

        The note is the intent, ``unaccepted``, ``several`` or ``unavailable``.
        """
        text = text_of(latest_human(state["messages"]))
        try:
            route = await self._routed(text, _language(text, state))
            route, segments = await self._understood(text, route, state)
        except Exception as error:  # noqa: BLE001 - whatever the router's fault, the turn goes on without an intent
            _log.error("router failed: error=%s", type(error).__name__)
            route = Route(intent="", confidence=0.0, accepted=False, alternatives=[])
            return {"route": _spoken(route, text, state), "note": "unavailable"}
        if segments:
            route = Route(**{**route, "segments": segments})
        note = "several" if segments else route["intent"] if route["accepted"] else "unaccepted"
        return {"route": _spoken(route, text, state), "note": note}

    async def _routed(self, text: str, language: str) -> Route:
        """Return the route of a message, or of what is wanted in it; if neither is recognised, of it spelled well."""
        part = wanted_part(text)
        whole, *parts = await self._all_routed([text, part] if part else [text], language)
        route = next((one for one in parts if one["accepted"] and one["confidence"] > whole["confidence"]), whole)
        if route["accepted"]:
            return route
        spelled = respelled(text, (said for each in self.deps.desk.intents.values() for said in each.utterances))
        better = await self.deps.router.route(spelled) if spelled else route
        return better if better["accepted"] else route

    async def _all_routed(self, texts: list[str], language: str) -> list[Route]:
        """Return a route for each text: of its own words, or of English ones in their place where these fit better."""
        router = self.deps.router
        routes = await router.route_many(texts) if len(texts) > 1 else [await router.route(texts[0])]
        english = {at: words for at, text in enumerate(texts) if (words := glossed(text, language))}
        if not english:
            return routes
        others = dict(zip(english, await router.route_many(list(english.values())), strict=True))
        return [max(route, others.get(at, route), key=lambda one: one["confidence"]) for at, route in enumerate(routes)]

    async def _understood(self, text: str, route: Route, state: DeskState) -> tuple[Route, list[Segment]]:
        """Return the route of what a message asks, and its requests where it makes several."""
        pieces = pieces_of(text) if self.deps.desk.config.routing.split else []
        if not pieces:
            return route, []
        routes = await self._all_routed(spans_of(text, pieces), _language(text, state))
        answering = bool(state.get("task")) and names_only_a_value(text[pieces[0].start : pieces[0].end])
        accept = self.deps.desk.config.routing.accept
        segments = segments_of(text, pieces, routes, accept, answering=answering)
        part = None if segments else asking_part(text, pieces)
        asked = routes[position(*part, len(pieces))] if part else route
        return (asked if asked["accepted"] else route), segments


def _language(text: str, state: DeskState) -> str:
    """Return the language of the conversation after this message; empty where it is not known."""
    last = state.get("route")
    return language_after(text, last.get("language", "") if last else "")


def _spoken(route: Route, text: str, state: DeskState) -> Route:
    """Return the route with mood and language of the conversation after this message."""
    last = state.get("route")
    before = last.get("language", "") if last else ""
    language = _language(text, state)
    mood = mood_after(text, last.get("mood", 0.0) if last else 0.0)
    route = Route(**{**route, "mood": mood}) if mood else route
    if not language:
        return route
    return Route(**{**route, "language": language, "switched": language != before})
