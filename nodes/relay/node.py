"""Relay: a person owns the thread, so the bot passes the message on and says nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from langchain_core.runnables import RunnableConfig

from frontdesk.graph.deps import Deps
from frontdesk.graph.identity import caller_of
from frontdesk.graph.state import DeskState
from frontdesk.nodes.texts import latest_human, text_of


@dataclass(frozen=True)
class RelayNode:
    """Mute."""

    deps: Deps

    async def __call__(self, state: DeskState, config: RunnableConfig) -> dict[str, Any]:
        """Add the masked message to the ticket's conversation."""
        ticket = state.get("ticket")
        if ticket is not None:
            caller = caller_of(config, self.deps.principal)
            await self.deps.handoff.relay(caller, ticket, text_of(latest_human(state["messages"])))
        return {"status": "human"}
