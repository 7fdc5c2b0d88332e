"""The guard stage: judges what the customer said in this turn, and takes out what the policy masks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from langchain_core.messages import HumanMessage
from langchain_core.runnables import RunnableConfig

from frontdesk.graph.deps import Deps, Past
from frontdesk.graph.identity import Caller, caller_of
from frontdesk.graph.state import DeskState, Verdict
from frontdesk.nodes.guard.answering import is_awaited
from frontdesk.nodes.guard.masking import masked_messages
from frontdesk.nodes.guard.session import WINDOW, advanced, opened
from frontdesk.nodes.marks import is_refused
from frontdesk.nodes.texts import brought, text_of


def past_of(state: DeskState, now: float) -> Past:
    """Return what the guards are told of the thread: its session, and the messages before this turn's."""
    new = {message.id for message in brought(state)}
    said = [m for m in state["messages"] if isinstance(m, HumanMessage) and m.id not in new and not is_refused(m)]
    earlier = tuple(text_of(message) for message in said[-(WINDOW - 1) :])
    return Past(session=state.get("session") or opened(), earlier=earlier, now=now, awaited=is_awaited(state))


@dataclass(frozen=True)
class GuardNode:
    """Writes ``verdict`` and ``session``, and the message without what is masked; the path note is the outcome.

    Route and recall run beside this stage and see the message as it was: both only look things up in this process and
    no model reads it there. What answers comes after, and finds the masked message in the state.
    """

    deps: Deps

    async def __call__(self, state: DeskState, config: RunnableConfig) -> dict[str, Any]:
        """Judge what this turn brought in: the newest human message, and others that a caller sent along with it."""
        said = brought(state)
        if not said:
            return {"verdict": Verdict(outcome="allow", rules=[], score=0.0), "note": "allow"}
        caller, now = caller_of(config, self.deps.principal), self.deps.clock()
        past = past_of(state, now) if caller.stateful else None
        verdict = await self.deps.guard.check("\n".join(text_of(message) for message in said), "user", past)
        update = self._masked(said, verdict)
        await self._write_down(caller, now, verdict)
        if past is not None:
            update["session"] = advanced(past, verdict.get("evidence", 0.0))
        return {**update, "verdict": verdict, "note": verdict["outcome"]}

    def _masked(self, said: list[HumanMessage], verdict: Verdict) -> dict[str, Any]:
        """Return the messages without what is masked; where nothing is left, the verdict becomes a refusal."""
        spans = verdict.get("spans")
        if not spans:
            return {}
        messages, anything = masked_messages(said, spans)
        if not anything and verdict["outcome"] == "raise":
            verdict["outcome"] = "refuse"
        return {"messages": messages}

    async def _write_down(self, caller: Caller, now: float, verdict: Verdict) -> None:
        await self.deps.journal.judged(caller, now, "user", verdict)


__all__ = ["GuardNode", "past_of"]
