"""act: every call of the model's last message goes through the gateway, and its result back to the model."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal

from langchain_core.messages import AIMessage, AnyMessage, ToolCall, ToolMessage
from langchain_core.runnables import RunnableConfig

from frontdesk.graph.deps import Deps, Scrubbed, ToolResult
from frontdesk.graph.identity import Caller, caller_of
from frontdesk.graph.state import DeskState, Proposal, Turn
from frontdesk.nodes.act import plan
from frontdesk.nodes.scrub.fields import masked_result
from frontdesk.nodes.scrub.offload import unblocked
from frontdesk.nodes.scrub.restore import restorer


@dataclass(frozen=True)
class ActNode:
    """Runs tool calls: a write never beside anything else, nothing after a write that did not succeed."""

    deps: Deps

    async def __call__(self, state: DeskState, config: RunnableConfig) -> dict[str, Any]:
        """Return one ToolMessage per call, and for a proposal the question, ``proposal`` and ``status``."""
        calls = plan.calls_of(state.get("messages", []))
        if not calls:
            return {"note": "idle"}
        caller = caller_of(config, self.deps.principal)
        approved = plan.approved_proposal(state)
        offered = plan.offered(state, self.deps.desk.intents, approved)
        run = _Run(self.deps, caller, approved, plan.writes_allowed(state), offered)
        run.known = await self.deps.vault.load(caller)
        results = await run.all(calls)
        return await self._update(state, run, calls, results)

    async def _update(
        self, state: DeskState, run: _Run, calls: Sequence[ToolCall], results: Sequence[ToolResult]
    ) -> dict[str, Any]:
        tools = self.deps.desk.tools
        messages: list[AnyMessage] = []
        proposal: Proposal | None = None
        for call, result in zip(calls, results, strict=True):
            if result.proposal is not None:
                proposal = result.proposal
            messages.append(await unblocked(self.deps.scrubber, partial(run.answer, call, result)))
        outcomes = [result.outcome for result in results]
        update: dict[str, Any] = {"messages": messages, "note": plan.worst(outcomes)}
        if state.get("approved"):
            # The yes is used up, whatever came of it: a second run needs a second yes.
            update |= {"approved": "", "proposal": None}
        if proposal is not None:
            proposal = Proposal(**{**proposal, "question": run.mask(proposal["question"])})
            messages.append(AIMessage(proposal["question"]))
            update |= {"proposal": proposal, "status": "confirm"}
        done = [call["name"] for call, result in zip(calls, results, strict=True) if result.outcome == "done"]
        decision = state.get("decision")
        intent = self.deps.desk.intents.get(decision["intent"]) if decision else None
        if proposal is None and plan.task_done(state, tools, intent.tools if intent else [], done):
            update["task"] = None
        turn = state.get("turn")
        if turn and turn.get("record") == "known" and any(plan.is_write(tools, name) for name in done):
            # What was changed may be the customer's own record: the next turn looks it up again.
            update["turn"] = Turn(**{**turn, "record": "stale"})
        if run.fresh:
            await self.deps.vault.store(run.caller, run.fresh)
        return update


@dataclass
class _Run:
    """One pass over the calls of one message."""

    deps: Deps
    caller: Caller
    approved: Proposal | None
    writes: bool
    offered: frozenset[str]
    """Tools of the intent that is served, and that of an approved proposal: what a model may call at all."""
    known: dict[str, str] = field(default_factory=dict)
    """The session's placeholders with their values, those found in this pass included."""
    fresh: dict[str, str] = field(default_factory=dict)
    """Those found in this pass."""

    async def all(self, calls: Sequence[ToolCall]) -> list[ToolResult]:
        """Run the calls: reads side by side when there is nothing else, otherwise one after the other."""
        tools = self.deps.desk.tools
        if not any(plan.is_write(tools, call["name"]) for call in calls):
            return list(await asyncio.gather(*(self.one(call) for call in calls)))
        results: list[ToolResult] = []
        stopped = ""
        for call in calls:
            result = ToolResult("refused", plan.NOT_RUN[stopped]) if stopped else await self.one(call)
            if not stopped and plan.stops(tools, call["name"], result):
                stopped = result.outcome
            results.append(result)
        return results

    async def one(self, call: ToolCall) -> ToolResult:
        """Run one call through the gateway."""
        tools = self.deps.desk.tools
        name = call["name"]
        if name not in self.offered:
            return ToolResult("refused", plan.NOT_OFFERED)
        if not self.writes and plan.is_write(tools, name) and name in tools:
            return ToolResult("refused", plan.NO_WRITES)
        restore = restorer(self.known, plan.arguments_schema(tools, name), tool=name)
        return await self.deps.gateway.call(call, self.caller, restore=restore, approved=self.approved)

    def answer(self, call: ToolCall, result: ToolResult) -> ToolMessage:
        """Word a result for the model, masked."""
        if result.outcome == "done":
            contract = self.deps.desk.tools.get(call["name"])
            text = self.keep(
                masked_result(result.content, contract.output if contract else {}, self.deps.scrubber, self.known)
            )
        else:
            text = plan.WAITING if result.outcome == "confirm" else self.mask(result.content)
        status: Literal["success", "error"] = "success" if result.outcome in {"done", "confirm"} else "error"
        return ToolMessage(text, tool_call_id=call["id"] or "", name=call["name"], status=status)

    def mask(self, text: str) -> str:
        """Take personal data out of what came back, with the session's placeholders."""
        return self.keep(self.deps.scrubber.scrub(text, self.known))

    def keep(self, scrubbed: Scrubbed) -> str:
        """Note the new values of a masked text, and return it."""
        self.known |= scrubbed.values
        self.fresh |= scrubbed.values
        return scrubbed.text
