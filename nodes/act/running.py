"""One pass of act over the calls of one message."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from langchain_core.messages import ToolCall, ToolMessage

from frontdesk.desk.texts import Texts
from frontdesk.graph.deps import Deps, Restore, Scrubbed, ToolResult
from frontdesk.graph.identity import Caller
from frontdesk.graph.state import PlannedCall, Proposal, Usage
from frontdesk.nodes.act import plan
from frontdesk.nodes.act.authority import Authority, refusal
from frontdesk.nodes.act.correcting import Corrector
from frontdesk.nodes.act.said import Said
from frontdesk.nodes.act.several import BETWEEN, TOO_MANY, Several, is_the_plan
from frontdesk.nodes.guard.quarantine import Sifted, sift, sift_result
from frontdesk.nodes.scrub.fields import masked_result
from frontdesk.nodes.scrub.origin import marked, seen
from frontdesk.nodes.scrub.restore import restorer

AT_ONCE = 8
"""Reads of one message that run side by side; the others wait for their turn."""


@dataclass
class Run:
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
    texts: Texts = field(default_factory=Texts)
    """In the customer's language."""
    steps: dict[int, PlannedCall] = field(default_factory=dict)
    """Position of a call to the step of the plan that it was, where this pass carried one out."""
    usage: Usage | None = None
    """What mending calls took."""

    async def mended(self, calls: Sequence[ToolCall], said: Said) -> list[ToolCall]:
        """Have calls that may run, and whose arguments break their schema, written again; see ``Corrector``."""
        tools = self.deps.desk.tools
        may_run = frozenset(name for name in self.offered if self.writes or not plan.is_write(tools, name))
        corrector = Corrector(self.deps, self.caller, self._restorer, said, may_run)
        calls = await corrector.all(calls)
        self.usage = corrector.usage
        return calls

    async def all(self, calls: Sequence[ToolCall]) -> list[ToolResult]:
        """Run the calls: reads side by side when there is nothing else, otherwise one after the other."""
        tools = self.deps.desk.tools
        if not any(plan.is_write(tools, call["name"]) for call in calls):
            return await self._side_by_side(calls)
        if self.approved is not None and is_the_plan(self.approved, calls):
            return await self._carried(self.approved)
        denied = {at: why for at, call in enumerate(calls) if (why := self.denied(call))}
        if sum(plan.is_write(tools, call["name"]) for at, call in enumerate(calls) if at not in denied) > 1:
            self.ours.update(denied.values())
            several = self._several()
            results = await several.all(calls, denied)
            for at, step in several.carried.items():
                self.steps[at] = PlannedCall(**{**step, "question": self.mask(step["question"])})
            return results
        return await self._one_by_one(calls)

    async def _side_by_side(self, calls: Sequence[ToolCall]) -> list[ToolResult]:
        places = asyncio.Semaphore(AT_ONCE)

        async def one(call: ToolCall) -> ToolResult:
            async with places:
                return await self.one(call)

        return list(await asyncio.gather(*map(one, calls)))

    async def _one_by_one(self, calls: Sequence[ToolCall]) -> list[ToolResult]:
        tools = self.deps.desk.tools
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

    async def _carried(self, approved: Proposal) -> list[ToolResult]:
        """Carry out the plan that the customer said yes to: it was authorised when it was proposed."""
        if not self.writes:
            self.ours.add(plan.NO_WRITES)
            return [ToolResult("refused", plan.NO_WRITES)] * len(approved["calls"])
        self.steps = dict(enumerate(approved["calls"]))
        return await self.deps.gateway.carry_out(approved, self.caller, restorer=self._restorer)

    def _several(self) -> Several:
        desk = self.deps.desk
        limit = desk.config.gateway.plan_calls
        self.ours |= {BETWEEN, TOO_MANY.format(limit=limit)}
        return Several(self.deps.gateway, self.caller, self._restorer, desk.tools, self.one, self.texts, limit)

    def _restorer(self, tool: str) -> Restore:
        return restorer(self.known, plan.arguments_schema(self.deps.desk.tools, tool), tool=tool)

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
        if self.authority is None:
            return plan.NO_WRITES
        # what is judged is what will run: repaired and coerced
        read = self.deps.gateway.examine(call, restore=self._restorer(name))
        judged = read.arguments if read.arguments and not read.problems else call["args"]
        return refusal(self.authority, contract, judged, self.approved)

    async def one(self, call: ToolCall) -> ToolResult:
        """Run one call through the gateway, if it is the customer's."""
        denied = self.denied(call)
        if denied:
            self.ours.add(denied)
            return ToolResult("refused", denied)
        restore = self._restorer(call["name"])
        return await self.deps.gateway.call(call, self.caller, restore=restore, approved=self.approved)

    async def askable(self, results: list[ToolResult]) -> list[ToolResult]:
        """Take back the proposal, if there is one and its question holds what looks like an instruction."""
        for result in results:
            sifted = await sift(self.deps.guard, result.proposal["question"], "tool") if result.proposal else None
            if sifted is not None and sifted.hit:
                self.found.append(sifted)
                # of a plan, all of it: no step of it is asked about any more
                return [
                    ToolResult("refused", plan.NO_QUESTION) if each.outcome == "confirm" else each for each in results
                ]
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
        status: Literal["success", "error"] = (
            "success" if result.outcome in {"done", "confirm", "approval"} else "error"
        )
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
