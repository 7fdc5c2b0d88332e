"""Refuse: the desk's fixed wording, which gives an attacker nothing to work with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from langchain_core.runnables import RunnableConfig

from frontdesk.graph.deps import Deps
from frontdesk.graph.state import DeskState
from frontdesk.nodes.texts import say
from frontdesk.nodes.wording import texts_for


@dataclass(frozen=True)
class RefuseNode:
    """Says no."""

    deps: Deps

    async def __call__(self, state: DeskState, config: RunnableConfig) -> dict[str, Any]:
        """Write the refusal and the status."""
        desk = self.deps.desk.config
        return {"messages": [say(texts_for(desk, state).refuse.format(business=desk.business))], "status": "refused"}
