"""act: every call of the model's last message goes through the gateway, and its result back to the model."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, Literal

from langchain_core.messages import AIMessage, AnyMessage, ToolCall, ToolMessage
from langchain_core.runnables import RunnableConfig

from frontdesk.graph.deps import Deps, Scrubbed, ToolResult
from frontdesk.graph.identity import Caller, caller_of
from frontdesk.graph.state import DeskState, Proposal, Turn
from frontdesk.nodes.act import plan
from frontdesk.nodes.act.authority import Authority, refusal
from frontdesk.nodes.guard.quarantine import Sifted, sift, sift_result, withheld
from frontdesk.nodes.requests import as_asked
from frontdesk.nodes.scrub.fields import masked_result
from frontdesk.nodes.scrub.offload import unblocked
from frontdesk.nodes.scrub.origin import marked, seen
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
        authority = self._authority(state, calls)
        run = _Run(self.deps, caller, approved, authority, plan.writes_allowed(state), plan.tainted(state), offered)
        run.known = await self.deps.vault.load(caller)
        results = await run.askable(await run.all(calls))
        return await self._update(state, run, calls, results)

    def _authority(self, state: DeskState, calls: Sequence[ToolCall]) -> Authority | None:
        """Return what the customer's words authorise; None where nothing is to be changed."""
        tools = self.deps.desk.tools
        if not any(plan.is_write(tools, call["name"]) for call in calls):
            return None
        today = datetime.fromtimestamp(self.deps.clock(), tz=UTC).date()
        return Authority.of(as_asked(state), state.get("details", []), tools, today)

    async def _update(
        self, state: DeskState, run: _Run, calls: Sequence[ToolCall], results: Sequence[ToolResult]
    ) -> dict[str, Any]:
        tools = self.deps.desk.tools
        messages: list[AnyMessage] = []
        proposal: Proposal | None = None
        for call, result in zip(calls, results, strict=True):
            if result.proposal is not None:
                proposal = result.proposal
            told = await unblocked(self.deps.scrubber, partial(run.answer, call, result))
            messages.append(told if told.content in run.ours else await run.sifted(told))
        outcomes = [result.outcome for result in results]
        update: dict[str, Any] = {"messages": messages, "note": plan.worst(outcomes)}
        if run.found:
            update["withheld"] = withheld(state, "tool", run.found)
            for sifted in run.found:
                await self.deps.journal.judged(run.caller, self.deps.clock(), "tool", sifted.verdict)
        if state.get("approved"):
            # The yes is used up, whatever came of it: a second run needs a second yes.
            update |= {"approved": "", "proposal": None}
        if proposal is not None:
            proposal = Proposal(**{**proposal, "question": run.mask(proposal["question"])})
            messages.append(AIMessage(proposal["question"]))
            update |= {"proposal": proposal, "status": "confirm", **plan.with_slots(state, tools, proposal)}
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
    authority: Authority | None
    writes: bool
    tainted: bool
    offered: frozenset[str]
    """Tools of the intent that is served, and that of an approved proposal: what a model may call at all."""
    known: dict[str, str] = field(default_factory=dict)
    """The session's placeholders with their values, those found in this pass included."""
    fresh: dict[str, str] = field(default_factory=dict)
    """Those found in this pass."""
    found: list[Sifted] = field(default_factory=list)
    """Results of this pass in which the quarantine found something."""
    ours: set[str] = field(default_factory=lambda: {plan.WAITING, plan.NO_QUESTION, *plan.NOT_RUN.values()})
    """Answers to calls that are the desk's own words throughout; any other may hold what a record says."""

    async def all(self, calls: Sequence[ToolCall]) -> list[ToolResult]:
        """Run the calls: reads side by side when there is nothing else, otherwise one after the other."""
        tools = self.deps.desk.tools
        if not any(plan.is_write(tools, call["name"]) for call in calls):
            return list(await asyncio.gather(*(self.one(call) for call in calls)))
        results: list[ToolResult] = []
        stopped = ""
        for call in calls:
            denied = "" if stopped else self.denied(call)
            if stopped or denied:
                self.ours.add(denied)
                # What nobody asked for is no step of what the customer wants: the calls after it go on.
                results.append(ToolResult("refused", plan.NOT_RUN[stopped] if stopped else denied))
                continue
            result = await self.one(call)
            if plan.stops(tools, call["name"], result):
                stopped = result.outcome
            results.append(result)
        return results

    def denied(self, call: ToolCall) -> str:
        """Return why a call is not the customer's, for the model; empty when it may go to the gateway."""
        tools = self.deps.desk.tools
        name = call["name"]
        if name not in self.offered:
            return plan.NOT_OFFERED
        contract = tools.get(name)
        if contract is None or contract.effect == "read":
            return ""
        if not self.writes:
            return plan.NO_WRITES
        if self.tainted and plan.is_silent(tools, name):
            return plan.NO_SILENT_WRITES
        return refusal(self.authority, contract, call["args"], self.approved) if self.authority else plan.NO_WRITES

    async def one(self, call: ToolCall) -> ToolResult:
        """Run one call through the gateway, if it is the customer's."""
        denied = self.denied(call)
        if denied:
            self.ours.add(denied)
            return ToolResult("refused", denied)
        tools = self.deps.desk.tools
        name = call["name"]
        restore = restorer(self.known, plan.arguments_schema(tools, name), tool=name)
        return await self.deps.gateway.call(call, self.caller, restore=restore, approved=self.approved)

    async def askable(self, results: list[ToolResult]) -> list[ToolResult]:
        """Take back a proposal in whose question a record's fields look like an instruction."""
        for at, result in enumerate(results):
            sifted = await sift(self.deps.guard, result.proposal["question"], "tool") if result.proposal else None
            if sifted is not None and sifted.hit:
                self.found.append(sifted)
                results[at] = ToolResult("refused", plan.NO_QUESTION)
        return results

    def answer(self, call: ToolCall, result: ToolResult) -> ToolMessage:
        """Word a result for the model, masked."""
        if result.outcome == "done":
            contract = self.deps.desk.tools.get(call["name"])
            text = self.keep(
                masked_result(result.content, contract.output if contract else {}, self.deps.scrubber, self.known)
            )
        else:
            text = plan.WAITING if result.outcome == "confirm" else result.content
            text = text if text in self.ours else self.mask(text)
        status: Literal["success", "error"] = "success" if result.outcome in {"done", "confirm"} else "error"
        return ToolMessage(text, tool_call_id=call["id"] or "", name=call["name"], status=status)

    async def sifted(self, message: ToolMessage) -> ToolMessage:
        """Take out of a result what looks like an instruction."""
        contract = self.deps.desk.tools.get(str(message.name))
        sifted = await sift_result(self.deps.guard, str(message.content), contract.output if contract else {})
        if sifted.hit:
            self.found.append(sifted)
        return message.model_copy(update={"content": sifted.text}) if sifted.withheld else message

    def mask(self, text: str) -> str:
        """Take personal data out of what came back, with the session's placeholders."""
        scrubbed = self.deps.scrubber.scrub(text, seen(self.known))
        return self.keep(replace(scrubbed, values=marked(scrubbed.values)))

    def keep(self, scrubbed: Scrubbed) -> str:
        """Note the new values of a masked text, and return it."""
        self.known |= scrubbed.values
        self.fresh |= scrubbed.values
        return scrubbed.text
