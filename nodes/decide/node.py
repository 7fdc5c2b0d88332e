"""Decide: thin adapter around the pure policy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from langchain_core.messages import RemoveMessage
from langchain_core.runnables import RunnableConfig

from frontdesk.graph.deps import Deps
from frontdesk.graph.identity import caller_of
from frontdesk.graph.state import Decision, DeskState, Part, Recall, Task
from frontdesk.nodes.cached.eligible import with_cache
from frontdesk.nodes.decide.facts import Outcome
from frontdesk.nodes.decide.forming import formed
from frontdesk.nodes.decide.policy import WITHDRAWN, decide
from frontdesk.nodes.decide.queue import NEXT, next_request
from frontdesk.nodes.decide.raising import raised
from frontdesk.nodes.decide.reading import facts_of
from frontdesk.nodes.decide.retracting import numbers_in, takes_back
from frontdesk.nodes.decide.upset import eased, upset_after
from frontdesk.nodes.decide.verifying import AGAIN, again
from frontdesk.nodes.recall.pages import searched
from frontdesk.nodes.requests import said_so_far, served_part
from frontdesk.nodes.wording import language_of, opening, texts_for


@dataclass(frozen=True)
class DecideNode:
    """Reads the state, asks the policy, returns the update; comes again for each further request of a message."""

    deps: Deps

    async def __call__(self, state: DeskState, config: RunnableConfig) -> dict[str, Any]:
        """Write ``decision``, ``task``, ``proposal``, ``misses``, ``waiting``, ``commands``, ``parts`` and ``upset``.

        Where a message makes several requests, ``recall`` is what the words of the one in hand find.
        """
        if state.get("waiting") and any(step["stage"] == "decide" for step in state.get("path") or ()):
            return await self._next(state, config)
        desk = self.deps.desk
        facts = facts_of(state, self.deps)
        upset = upset_after(state, desk.config.handoff.mood)
        decided = eased(decide(facts, desk.config, desk.intents), upset, state["turn"]["index"])
        asked = DeskState(**{**state, "task": decided.task, "waiting": list(decided.waiting), "parts": []})
        caller = caller_of(config, self.deps.principal)
        outcome = await raised(formed(decided, asked, desk), state, self.deps, caller.principal.tenant)
        step = state.get("step_up")
        outcome = again(outcome, facts, step, desk.intents)
        parts: list[Part] = []
        words = outcome.words
        if NEXT in outcome.decision["reasons"]:
            where = facts.waiting[0].get("message", "")
            parts.append(Part(said="", then=words, message=where, after=facts.message, intent="", pages=[]))
        update = {**self._written(outcome), "parts": parts, "upset": upset}
        if step and AGAIN not in outcome.decision["reasons"] and outcome.decision["stage"] != "refuse":
            update["step_up"] = None
        update["decision"] = _leaving(with_cache(self.deps, state, caller, outcome), facts.task, outcome)
        if facts.proposal is None and takes_back(facts.text):
            # a no to a question is an answer to that question; any other is about what waits for a second person
            await self.deps.approved.take_back(caller, numbers_in(facts.text))
            update["news"] = await self.deps.approved.news(caller)
        if words:
            update["recall"] = await self._recalled(words, outcome, state, config)
        return update

    async def _next(self, state: DeskState, config: RunnableConfig) -> dict[str, Any]:
        """Settle the request in hand, and decide the next one."""
        waiting: list[Task] = list(state.get("waiting") or ())
        due, turn = waiting.pop(0), state["turn"]["index"]
        decided = next_request(due, self.deps.desk.intents, turn)
        # what was asked in this very message needs no leading over
        lead = texts_for(self.deps.desk.config, state).waiting if due["started"] != turn and decided.words else ""
        parts, said = said_so_far(state, opening(self.deps.desk.config, state))
        part, answer = served_part(state, due, lead, said)
        parts = [*parts, part]
        left = [message for message in state["messages"] if message is not answer]
        asked = {**state, "messages": left, "task": decided.task, "waiting": waiting, "parts": parts}
        whole = DeskState(**asked)  # type: ignore[typeddict-item]  # a whole state
        tenant = caller_of(config, self.deps.principal).principal.tenant
        outcome = await raised(formed(decided, whole, self.deps.desk), whole, self.deps, tenant)
        if WITHDRAWN in state["decision"]["reasons"]:
            # the reply still has to say so
            outcome.decision["reasons"].append(WITHDRAWN)
        update = {
            **self._written(outcome),
            "waiting": waiting,
            "commands": [*(state.get("commands") or ()), *outcome.commands],
            "parts": parts,
            "repair": [],
            "messages": [RemoveMessage(id=answer.id)] if answer is not None and answer.id else [],
        }
        if outcome.words:
            update["recall"] = await self._recalled(outcome.words, outcome, state, config)
        return update

    def _written(self, outcome: Outcome) -> dict[str, Any]:
        return {
            "decision": outcome.decision,
            "task": outcome.task,
            "proposal": outcome.proposal,
            "misses": outcome.misses,
            "waiting": list(outcome.waiting),
            "commands": list(outcome.commands),
            "note": outcome.decision["stage"],
        }

    async def _recalled(self, words: str, outcome: Outcome, state: DeskState, config: RunnableConfig) -> Recall:
        """Return what the words of one request find; a search that fails leaves what the whole message found."""
        before = state.get("recall") or Recall(passages=[], episodes=[])
        intent = self.deps.desk.intents.get(outcome.decision["intent"])
        caller, prefer = caller_of(config, self.deps.principal), intent.pages if intent else ()
        try:
            found = await searched(self.deps, words, caller, prefer, language_of(state))
        except Exception:  # noqa: BLE001 - recall has logged it for this very turn, and without pages nothing is cited
            return before
        return Recall(**{**before, "passages": found})


def _leaving(decision: Decision, task: Task | None, outcome: Outcome) -> Decision:
    """Return the decision with the intent of the request that it ends unfinished, where there is one."""
    kept = {each["intent"] for each in (outcome.task, *outcome.waiting) if each}
    # without slots it was our guess, not the customer's request
    if task is None or "slots" not in task or task["intent"] in kept:
        return decision
    return Decision(**{**decision, "left": task["intent"]})
