"""Respond: a model answers in words or proposes tool calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.config import get_stream_writer

from frontdesk.graph.deps import Deps, OnText, Reviewed, Role
from frontdesk.graph.identity import Caller, caller_of
from frontdesk.graph.state import Decision, DeskState, Passage, Recall, Step, Tier
from frontdesk.nodes.cached.alone import shown_to_models
from frontdesk.nodes.cached.serving import answered, spent_on
from frontdesk.nodes.decide.raising import raised_by_failure
from frontdesk.nodes.requests import as_asked, before
from frontdesk.nodes.respond.context import intent_of, passages_for
from frontdesk.nodes.respond.fitting.assembling import Assembled, Turn, assembled
from frontdesk.nodes.respond.form import after_words
from frontdesk.nodes.respond.outgoing import backed, masked_call, words_only
from frontdesk.nodes.respond.spent import at_limit
from frontdesk.nodes.respond.streaming import SentenceStream
from frontdesk.nodes.respond.verified import call_again
from frontdesk.nodes.review.evidence import evidence
from frontdesk.nodes.review.turn import MODEL, turn_facts
from frontdesk.nodes.scrub.offload import unblocked
from frontdesk.nodes.scrub.origin import marked
from frontdesk.nodes.texts import say
from frontdesk.nodes.wording import opening, texts_for

RESERVE = 0.1
"""Part of the turn's time that is kept for the stages after this one."""

TOO_LONG = "context:too_long"
"""Reason of a decision whose prompt no hosted model may be sent: what must not be left out is over the budget. The
keyless model, which has no window, serves the turn."""
_ROLES: dict[Tier, Role] = {"deterministic": "keyless", "fast": "fast", "reasoning": "reasoning"}


@dataclass(frozen=True)
class RespondNode:
    """Builds the context, asks the models of the decided tier, returns the message."""

    deps: Deps

    async def __call__(self, state: DeskState, config: RunnableConfig) -> dict[str, Any]:
        """Write ``messages``, ``usage``, ``attempts``, ``status``, and ``recall`` where pages of the intent were added.

        Where a call or a draft of this turn failed, a stronger tier may answer; then ``decision`` says so.
        """
        raised = raised_by_failure(state, self.deps)
        update = await self._answered(raised, config)
        return update if raised is state else {"decision": raised["decision"], **update}

    async def _answered(self, state: DeskState, config: RunnableConfig) -> dict[str, Any]:
        """Return the update of one answer.

        The last of the turn's model calls is made without tools, so that the turn ends in words.
        """
        deps = self.deps
        if not state.get("attempts") and await self._settled(state):
            # review says the desk's words instead of these, whatever they are: no model need write any
            unsaid = say(texts_for(deps.desk.config, state).unsure.replace("{business}", deps.desk.config.business))
            return {"messages": [unsaid], "attempts": 1, "status": "answered", "note": "topic"}
        caller = caller_of(config, deps.principal)
        if not state.get("attempts") and (call := call_again(state)):
            return {"messages": [call], "attempts": 1, "status": "answered", "note": "tool_call"}
        principal = caller.principal
        budgets = deps.desk.config.budgets
        attempts = state.get("attempts", 0) + 1
        intent = intent_of(deps, state)
        # A write asks for a yes, which only a thread can remember.
        writes = state["verdict"]["outcome"] == "allow" and caller.stateful
        # After a confirmed call its result is worded; nothing else is proposed behind the customer's yes.
        tools = intent.tools if intent and state["decision"]["stage"] != "confirm" else []
        offered = deps.gateway.offered(tools, principal, writes=writes) if tools else []
        passages = passages_for(deps, state, principal)
        names = [str(tool["function"]["name"]) for tool in offered]
        seen = shown_to_models(DeskState(**{**state, "messages": as_asked(state)}))
        usable = offered if attempts < budgets.model_calls else []
        shown = assembled(Turn(deps, seen, principal, passages, usable, names))
        ask = partial(
            deps.models.complete,
            _ROLES[state["decision"]["tier"]] if shown.fits else "keyless",
            shown.messages,
            tools=usable,
            on_text=await self._on_text(state, passages, caller, config),
        )
        left = seconds_left(budgets.turn_seconds, state.get("path") or ())
        completion = await answered(deps, state, caller, left, ask)
        message = completion.message if usable else words_only(completion.message)
        if message.tool_calls or message.invalid_tool_calls:
            # A text is masked by review; a call goes to the gateway before that.
            known = await deps.vault.load(caller)
            masking = partial(masked_call, message, deps.scrubber, known, state["messages"])
            message, values = await unblocked(deps.scrubber, masking)
            await deps.vault.store(caller, marked(values, backed(values, state["messages"])))
        update: dict[str, Any] = {
            "messages": [message],
            "usage": spent_on(state.get("usage"), completion),
            "attempts": attempts,
            "context": shown.report,
            "status": "answered",
            "note": "tool_call" if message.tool_calls else completion.model,
        }
        update |= _drawn_on(state, passages) | _too_long(state, shown)
        return {**update, **after_words(deps.desk, state, message), **await at_limit(deps, state, caller, completion)}

    async def _settled(self, state: DeskState) -> bool:
        """Whether the customer's message calls for the desk's own words, whatever a model would write."""
        turn = replace(turn_facts(state, self.deps.desk.tools), stage=MODEL)
        return (await self.deps.reviewer.partial("", [], {}, turn=turn)).settled

    async def _on_text(
        self, state: DeskState, passages: Sequence[Passage], caller: Caller, config: RunnableConfig
    ) -> OnText | None:
        """Return what takes the words as they come, where the door streams and the desk lets it."""
        review = self.deps.desk.config.review
        if not (review.stream and (config.get("configurable") or {}).get("stream")):
            return None
        known = await self.deps.vault.load(caller)
        judged = DeskState(**{**state, "recall": recalled_with(state, passages)})
        facts = evidence(judged, self.deps.desk, self.deps.clock())
        turn = replace(turn_facts(state, self.deps.desk.tools), stage=MODEL)

        async def reviewed(text: str) -> Reviewed:
            return await self.deps.reviewer.partial(text, facts, known, turn=turn)

        lead = opening(self.deps.desk.config, state) + before(state)
        return SentenceStream(reviewed, _write, review.hold_back, lead).feed


def _write(data: Mapping[str, object]) -> None:
    get_stream_writer()(data)


def recalled_with(state: DeskState, passages: Sequence[Passage]) -> Recall:
    """Return what the turn may draw on, with other passages."""
    recall = state.get("recall") or Recall(passages=[], episodes=[])
    return Recall(**{**recall, "passages": list(passages)})


def _drawn_on(state: DeskState, passages: Sequence[Passage]) -> dict[str, Any]:
    """Return the update for pages of the intent that were added: review accepts citations of recalled pages only."""
    recalled = recalled_with(state, passages)
    return {} if recalled == state.get("recall", recalled_with(DeskState(), [])) else {"recall": recalled}


def _too_long(state: DeskState, shown: Assembled) -> dict[str, Any]:
    """Return the update that says why no hosted model was asked; empty where the prompt fits."""
    decision = state["decision"]
    if shown.fits or TOO_LONG in decision["reasons"]:
        return {}
    return {"decision": Decision(**{**decision, "reasons": [*decision["reasons"], TOO_LONG]})}


def seconds_left(turn_seconds: float, path: Sequence[Step]) -> float:
    """Return the seconds that the models may take: the turn's budget less what its stages took and a reserve.

    Stages that ran side by side are counted one after the other, which errs on the short side.
    """
    taken = sum(step["ms"] for step in path) / 1000
    return max(0.0, turn_seconds * (1 - RESERVE) - taken)
