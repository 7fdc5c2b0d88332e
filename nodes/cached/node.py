"""Cached: an answer that was given before, where the question, the pages and everything else are the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from langchain_core.runnables import RunnableConfig

from frontdesk.graph.deps import Deps
from frontdesk.graph.identity import caller_of
from frontdesk.graph.state import DeskState, Recall
from frontdesk.nodes.cached.place import asked_of
from frontdesk.nodes.cached.serving import from_cache, passages_now, stands
from frontdesk.nodes.texts import say

_AGES = ((60.0, "minute"), (3600.0, "hour"))


def age(seconds: float) -> str:
    """Return how old an answer is, as a closed word: up to a ``minute``, an ``hour``, a ``day`` or ``older``."""
    return next((word for most, word in _AGES if seconds <= most), "day" if seconds <= 86_400 else "older")


@dataclass(frozen=True)
class CachedNode:
    """Looks, and gives the answer to review; else respond goes on.

    The path note is ``hit:<exact|near>:<age>`` or ``miss:<why>``.
    """

    deps: Deps

    async def __call__(self, state: DeskState, config: RunnableConfig) -> dict[str, Any]:
        """Write ``messages``, ``recall``, ``usage`` and ``status`` on a hit, nothing on a miss."""
        cache = self.deps.cache
        if cache is None:
            return {"note": "miss:off"}
        caller = caller_of(config, self.deps.principal)
        found = await cache.look(asked_of(self.deps, state, caller.principal))
        if found.kept is None:
            return {"note": f"miss:{found.code}"}
        passages = passages_now(self.deps, state, caller, found.kept)
        if not await stands(self.deps, state, found.kept.text, passages):
            await cache.drop(found.mark)
            return {"note": "miss:review"}
        recall = state.get("recall")
        return {
            "messages": [say(found.kept.text)],
            "recall": Recall(passages=passages, episodes=recall["episodes"] if recall else []),
            "usage": from_cache(state.get("usage")),
            "status": "answered",
            "note": f"hit:{found.match}:{age(self.deps.clock() - found.kept.at)}",
        }


__all__ = ["CachedNode", "age"]
