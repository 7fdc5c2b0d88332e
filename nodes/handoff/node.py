"""Handoff: a person takes over with the whole story in front of them."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from langchain_core.messages import AIMessage
from langchain_core.runnables import RunnableConfig

from frontdesk.graph.deps import Deps
from frontdesk.graph.identity import caller_of
from frontdesk.graph.state import DeskState
from frontdesk.nodes.handoff.known import channel_in, known
from frontdesk.nodes.handoff.packet import packet
from frontdesk.nodes.texts import say
from frontdesk.nodes.wording import texts_for

_log = logging.getLogger(__name__)


_BY_STAGE = {"act": "tool", "review": "review", "respond": "budget"}
"""Why a stage that was serving the turn gave it to a person."""


def reason_of(state: DeskState) -> str:
    """Return why a person is needed: asked, unresolved, stuck, mood, guard, tool, review or budget."""
    last = state["path"][-1]["stage"] if state.get("path") else ""
    if last in _BY_STAGE:
        return _BY_STAGE[last]
    reasons = state["decision"]["reasons"]
    codes = {
        "route:asked": "asked",
        "route:unresolved": "unresolved",
        "form:stuck": "stuck",
        "mood:handed": "mood",
        "guard:unsure": "guard",
        "guard:self_harm": "guard",
    }
    return next((codes[reason] for reason in reasons if reason in codes), "unresolved")


def _after(state: DeskState, text: str) -> AIMessage:
    """Return the notice; behind act's account of a plan, which it continues, in that message's place."""
    last, path = state["messages"][-1], state.get("path") or ()
    if not path or path[-1]["stage"] != "act" or not isinstance(last, AIMessage) or not last.text or last.tool_calls:
        return say(text)
    return last.model_copy(update={"content": f"{last.text}\n\n{text}"})


@dataclass(frozen=True)
class HandoffNode:
    """Files the ticket and tells the customer."""

    deps: Deps

    async def __call__(self, state: DeskState, config: RunnableConfig) -> dict[str, Any]:
        """Write ``ticket`` and the notice. A ticket that cannot be filed is said so; it is never only promised."""
        caller = caller_of(config, self.deps.principal)
        desk = self.deps.desk.config
        hours, texts = desk.handoff.hours, texts_for(desk, state)
        if not caller.stateful:
            text = texts.no_handoff.format(business=desk.business, hours=hours).strip()
            return {"messages": [_after(state, text)], "status": "refused", "note": "stateless"}
        reason, memories = reason_of(state), await known(self.deps, state, caller)
        try:
            ticket = await self.deps.handoff.open(caller, reason, packet(state, caller, reason, memories))
        except Exception as error:  # noqa: BLE001 - whatever the queue's fault, the customer must hear the truth
            _log.error("ticket not filed: turn=%s error=%s", caller.turn_id, type(error).__name__)
            text = texts.no_handoff.format(business=desk.business, hours=hours).strip()
            return {"messages": [_after(state, text)], "status": "refused", "note": "not_filed"}
        text = texts.handoff.format(business=desk.business, ticket=ticket["id"], hours=hours).strip()
        if channel := channel_in(memories):
            text = f"{text} {texts.handoff_channel.format(business=desk.business, channel=channel)}"
        cleared: dict[str, Any] = {
            "proposal": None,
            "approved": "",
            "task": None,
            "waiting": [],
            "misses": 0,
            "upset": None,
        }
        return {"messages": [_after(state, text)], "ticket": ticket, "status": "handoff", "note": reason, **cleared}
