"""Route: what the message is about, and how sure that is."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from langchain_core.runnables import RunnableConfig

from frontdesk.graph.deps import Deps
from frontdesk.graph.state import DeskState, Route
from frontdesk.nodes.texts import latest_human, text_of

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class RouteNode:
    """Asks the router."""

    deps: Deps

    async def __call__(self, state: DeskState, config: RunnableConfig) -> dict[str, Any]:
        """Write ``route``. A router that fails finds nothing: decide then asks or hands over, and never guesses."""
        try:
            # Inline: a fraction of a millisecond, less than a thread's hand-over.
            route = self.deps.router.route(text_of(latest_human(state["messages"])))
        except Exception as error:  # noqa: BLE001 - whatever the router's fault, the turn goes on without an intent
            _log.error("router failed: error=%s", type(error).__name__)
            route = Route(intent="", confidence=0.0, accepted=False, alternatives=[])
            return {"route": route, "note": "unavailable"}
        return {"route": route, "note": route["intent"] if route["accepted"] else "unaccepted"}
