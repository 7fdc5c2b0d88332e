"""The guard stage: judges the customer's last message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from langchain_core.messages import HumanMessage
from langchain_core.runnables import RunnableConfig

from frontdesk.graph.deps import Deps
from frontdesk.graph.state import DeskState, Verdict


@dataclass(frozen=True)
class GuardNode:
    """Writes ``verdict``; the path note is its outcome."""

    deps: Deps

    async def __call__(self, state: DeskState, config: RunnableConfig) -> dict[str, Any]:
        """Judge the newest human message; without one there is nothing to allow or refuse."""
        for message in reversed(state.get("messages", [])):
            if isinstance(message, HumanMessage):
                verdict = await self.deps.guard.check(message.text, "user")
                return {"verdict": verdict, "note": verdict["outcome"]}
        return {"verdict": Verdict(outcome="allow", rules=[], score=0.0), "note": "allow"}


__all__ = ["GuardNode"]
