"""Handoff: a person takes over with the whole story in front of them."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from langchain_core.runnables import RunnableConfig

from frontdesk.graph.deps import Deps
from frontdesk.graph.identity import caller_of
from frontdesk.graph.state import DeskState
from frontdesk.nodes.handoff.packet import packet
from frontdesk.nodes.texts import say

_log = logging.getLogger(__name__)


def reason_of(state: DeskState) -> str:
    """Return the closed code of why a person is needed: asked, unresolved, guard, tool or review."""
    last = state["path"][-1]["stage"] if state.get("path") else ""
    if last in {"act", "review"}:
        return {"act": "tool", "review": "review"}[last]
    reasons = state["decision"]["reasons"]
    codes = {
        "route:asked": "asked",
        "route:unresolved": "unresolved",
        "guard:unsure": "guard",
        "guard:self_harm": "guard",
    }
    return next((codes[reason] for reason in reasons if reason in codes), "unresolved")


@dataclass(frozen=True)
class HandoffNode:
    """Files the ticket and tells the customer."""

    deps: Deps

    async def __call__(self, state: DeskState, config: RunnableConfig) -> dict[str, Any]:
        """Write ``ticket`` and the notice. A ticket that cannot be filed is said so; it is never only promised."""
        caller = caller_of(config, self.deps.principal)
        desk = self.deps.desk.config
        hours = desk.handoff.hours
        if not caller.stateful:
            text = desk.texts.no_handoff.format(business=desk.business, hours=hours).strip()
            return {"messages": [say(text)], "status": "refused", "note": "stateless"}
        reason = reason_of(state)
        try:
            ticket = await self.deps.handoff.open(caller, reason, packet(state, caller, reason))
        except Exception as error:  # noqa: BLE001 - whatever the queue's fault, the customer must hear the truth
            _log.error("ticket not filed: turn=%s error=%s", caller.turn_id, type(error).__name__)
            text = desk.texts.no_handoff.format(business=desk.business, hours=hours).strip()
            return {"messages": [say(text)], "status": "refused", "note": "not_filed"}
        text = desk.texts.handoff.format(business=desk.business, ticket=ticket["id"], hours=hours).strip()
        cleared = {"proposal": None, "approved": "", "task": None, "misses": 0}
        return {"messages": [say(text)], "ticket": ticket, "status": "handoff", "note": reason, **cleared}
