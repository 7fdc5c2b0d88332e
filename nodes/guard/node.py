"""The guard stage: judges what the customer said in this turn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from langchain_core.runnables import RunnableConfig

from frontdesk.graph.deps import Deps
from frontdesk.graph.state import DeskState, Verdict
from frontdesk.nodes.texts import brought


@dataclass(frozen=True)
class GuardNode:
    """Writes ``verdict``; the path note is its outcome."""

    deps: Deps

    async def __call__(self, state: DeskState, config: RunnableConfig) -> dict[str, Any]:
        """Judge what this turn brought in: the newest human message, and others that a caller sent along with it."""
        said = brought(state)
        if not said:
            return {"verdict": Verdict(outcome="allow", rules=[], score=0.0), "note": "allow"}
        text = "\n".join(str(message.text) for message in said)
        verdict = await self.deps.guard.check(text, "user")
        return {"verdict": verdict, "note": verdict["outcome"]}


__all__ = ["GuardNode"]
