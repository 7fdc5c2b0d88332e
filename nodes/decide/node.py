"""Decide: thin adapter around the pure policy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage
from langchain_core.runnables import RunnableConfig

from frontdesk.graph.deps import Deps
from frontdesk.graph.state import DeskState, Route, Verdict
from frontdesk.nodes.decide.policy import Facts, decide
from frontdesk.nodes.texts import latest_human, text_of

_NO_VERDICT = Verdict(outcome="unsure", rules=["guard:missing"], score=1.0)
_NO_ROUTE = Route(intent="", confidence=0.0, accepted=False, alternatives=[])


def asked_before(messages: Sequence[AnyMessage]) -> bool:
    """Tell whether our last words before the customer's message hold a question."""
    position = next((i for i in range(len(messages) - 1, -1, -1) if isinstance(messages[i], HumanMessage)), 0)
    before = messages[position - 1] if position else None
    return isinstance(before, AIMessage) and "?" in str(before.text)


@dataclass(frozen=True)
class DecideNode:
    """Reads the state, asks the policy, returns the update."""

    deps: Deps

    async def __call__(self, state: DeskState, config: RunnableConfig) -> dict[str, Any]:
        """Write ``decision``, ``task``, ``proposal`` and ``misses``. A missing verdict counts as unsure."""
        facts = Facts(
            text=text_of(latest_human(state["messages"])),
            verdict=state.get("verdict") or _NO_VERDICT,
            route=state.get("route") or _NO_ROUTE,
            covered=bool((state.get("recall") or {"passages": []})["passages"]),
            task=state.get("task"),
            proposal=state.get("proposal"),
            misses=state.get("misses", 0),
            turn=state["turn"]["index"],
            now=self.deps.clock(),
            asked=state.get("decision", {}).get("stage") == "clarify",
            pending=asked_before(state["messages"]),
        )
        outcome = decide(facts, self.deps.desk.config, self.deps.desk.intents)
        return {
            "decision": outcome.decision,
            "task": outcome.task,
            "proposal": outcome.proposal,
            "misses": outcome.misses,
            "note": outcome.decision["stage"],
        }
