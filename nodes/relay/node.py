"""Relay: a person owns the thread, so the bot passes the message on and says nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from langchain_core.runnables import RunnableConfig

from frontdesk.graph.deps import Deps
from frontdesk.graph.identity import caller_of
from frontdesk.graph.state import DeskState
from frontdesk.nodes.guard.masking import masked_messages
from frontdesk.nodes.marks import refused
from frontdesk.nodes.texts import brought, latest_human, text_of


@dataclass(frozen=True)
class RelayNode:
    """Mute."""

    deps: Deps

    async def __call__(self, state: DeskState, config: RunnableConfig) -> dict[str, Any]:
        """Add the masked message to the ticket's conversation.

        The person reads it as it is; what the guards do not let pass is kept from models after the hand-back.
        """
        ticket = state.get("ticket")
        if ticket is not None:
            caller = caller_of(config, self.deps.principal)
            await self.deps.handoff.relay(caller, ticket, text_of(latest_human(state["messages"])))
        said = brought(state)
        verdict = await self.deps.guard.check("\n".join(text_of(message) for message in said), "user")
        if verdict["outcome"] != "allow":
            # no tier and no turn without changes stands between these words and the models of later turns
            return {"status": "human", "messages": [refused(message) for message in said]}
        spans = verdict.get("spans")
        return {"status": "human", "messages": masked_messages(said, spans)[0] if spans else []}
