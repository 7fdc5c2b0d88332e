"""Clarify: one question, or what this desk can help with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from langchain_core.runnables import RunnableConfig

from frontdesk.graph.deps import Deps, DeskView
from frontdesk.graph.state import DeskState, Route
from frontdesk.nodes.texts import say

TOPICS = 6
"""How many topics the out-of-scope answer names: enough to orient, few enough to read."""
OPTIONS = 2
"""Candidate intents a clarifying question names (design.md: ask with the top two)."""


def question(desk: DeskView, reasons: list[str], route: Route) -> str:
    """Word the reply for the decision's reasons.

    Args:
        desk: Wordings and intents.
        reasons: The decision's closed codes.
        route: The router's candidates.

    Returns:
        The text for the customer.
    """
    texts, business = desk.config.texts, desk.config.business
    if "proposal:expired" in reasons:
        return texts.expired.format(business=business)
    if "task:dropped" in reasons:
        return texts.dropped.format(business=business)
    if "route:unclear" in reasons:
        intent = desk.intents[route["intent"]]
        if intent.clarify:
            return intent.clarify
        names = [intent.name, *(name for name, _ in route["alternatives"] if name in desk.intents)]
        titles = [f"“{desk.intents[name].title}”" for name in dict.fromkeys(names)][:OPTIONS]
        return texts.clarify.format(business=business, options=" or ".join(titles))
    own = [intent for intent in desk.intents.values() if not intent.handoff]
    named = [intent for intent in own if intent.tools] or own  # a desk of pages only has no tools
    topics = ", ".join(intent.title for intent in named[:TOPICS])
    return texts.out_of_scope.format(business=business, topics=topics)


@dataclass(frozen=True)
class ClarifyNode:
    """Asks."""

    deps: Deps

    async def __call__(self, state: DeskState, config: RunnableConfig) -> dict[str, Any]:
        """Write the question and the status."""
        text = question(self.deps.desk, state["decision"]["reasons"], state["route"])
        return {"messages": [say(text)], "status": "clarify"}
