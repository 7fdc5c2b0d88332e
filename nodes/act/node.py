"""act: every call of the model's last message goes through the gateway, and its result back to the model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from langchain_core.messages import AIMessage, AnyMessage, ToolCall, ToolMessage
from langchain_core.runnables import RunnableConfig

from frontdesk.graph.deps import Deps, ToolResult
from frontdesk.graph.identity import caller_of
from frontdesk.graph.state import DeskState, PlannedCall, Proposal, Turn
from frontdesk.nodes.act import plan, several
from frontdesk.nodes.act.asking import masked_question
from frontdesk.nodes.act.authority import Authority
from frontdesk.nodes.act.running import Run
from frontdesk.nodes.act.said import Said
from frontdesk.nodes.act.waiting import OVER, waits
from frontdesk.nodes.guard.quarantine import withheld
from frontdesk.nodes.marks import stepped
from frontdesk.nodes.requests import as_asked
from frontdesk.nodes.scrub.offload import unblocked
from frontdesk.nodes.texts import say
from frontdesk.nodes.usage import together
from frontdesk.nodes.wording import texts_for


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
        run = Run(self.deps, caller, approved, authority, plan.writes_allowed(state), plan.tainted(state), offered)
        run.texts = texts_for(self.deps.desk.config, state)
        run.known = await self.deps.vault.load(caller)
        calls = await run.mended(calls, Said.of(as_asked(state), state.get("details", []), self._today()))
        results = await run.askable(await run.all(calls))
        update = await self._update(state, run, calls, results)
        return update | ({"usage": together(state.get("usage"), run.usage)} if run.usage else {})

    def _today(self) -> date:
        return datetime.fromtimestamp(self.deps.clock(), tz=UTC).date()

    def _authority(self, state: DeskState, calls: Sequence[ToolCall]) -> Authority | None:
        """Return what the customer's words authorise; None where nothing is to be changed."""
        tools = self.deps.desk.tools
        if not any(plan.is_write(tools, call["name"]) for call in calls):
            return None
        return Authority.of(as_asked(state), state.get("details", []), tools, self._today())

    async def _update(
        self, state: DeskState, run: Run, calls: Sequence[ToolCall], results: Sequence[ToolResult]
    ) -> dict[str, Any]:
        messages: list[AnyMessage] = [
            await self._told(run, at, call, result)
            for at, (call, result) in enumerate(zip(calls, results, strict=True))
        ]
        note = plan.worst([result.outcome for result in results])
        update: dict[str, Any] = {"messages": messages, "note": note}
        if run.found:
            update["withheld"] = withheld(state, "tool", run.found)
            for sifted in run.found:
                await self.deps.journal.judged(run.caller, self.deps.clock(), "tool", sifted.verdict)
        waiting = waits(state, calls, results, self.deps.desk.tools, run.texts)
        messages += [waiting.pop("said")] if "said" in waiting else []
        update |= waiting
        if state.get("approved"):
            # The yes is used up, whatever came of it: a second run needs a second yes.
            update |= {"approved": "", "proposal": None}
        update |= _accounted(run, messages, results)
        proposal = next((result.proposal for result in results if result.proposal is not None), None)
        if proposal is not None:
            proposal = _masked(run, proposal)
            messages.append(AIMessage(proposal["question"]))
            slots = plan.with_slots(state, self.deps.desk.tools, proposal)
            update |= {"proposal": proposal, "status": "confirm", **slots}
        update |= self._ended(state, calls, results, proposed=proposal is not None)
        if run.fresh:
            await self.deps.vault.store(run.caller, run.fresh)
        return update

    async def _told(self, run: Run, at: int, call: ToolCall, result: ToolResult) -> ToolMessage:
        """Return what the model reads of a call."""
        told = await unblocked(self.deps.scrubber, partial(run.answer, call, result))
        told = told if told.content in run.ours else await run.sifted(told)
        return stepped(told, several.state_of(result)) if at in run.steps else told

    def _ended(
        self, state: DeskState, calls: Sequence[ToolCall], results: Sequence[ToolResult], *, proposed: bool
    ) -> dict[str, Any]:
        """Return what a finished task, and a change of the customer's record, leave behind."""
        tools, update = self.deps.desk.tools, dict[str, Any]()
        done = [call["name"] for call, result in zip(calls, results, strict=True) if result.outcome in OVER]
        decision = state.get("decision")
        intent = self.deps.desk.intents.get(decision["intent"]) if decision else None
        if not proposed and plan.task_done(state, tools, intent.tools if intent else [], done):
            update["task"] = None
        turn = state.get("turn")
        if turn and turn.get("record") == "known" and any(plan.is_write(tools, name) for name in done):
            # What was changed may be the customer's own record: the next turn looks it up again.
            update["turn"] = Turn(**{**turn, "record": "stale"})
        return update


def _masked(run: Run, proposal: Proposal) -> Proposal:
    """Return a proposal with its questions masked: they may hold what a record says."""

    def words(tool: str) -> str:
        contract = run.deps.desk.tools.get(tool)
        return contract.question if contract else ""

    calls = proposal.get("calls") or []
    asked = [(words(step["tool"]), step["question"]) for step in calls or [proposal]]
    masked = Proposal(**{**proposal, "question": masked_question(proposal["question"], asked, run.mask)})
    if calls:
        masked["calls"] = [
            PlannedCall(**{**step, "question": masked_question(step["question"], [one], run.mask)})
            for step, one in zip(calls, asked, strict=True)
        ]
    return masked


def _accounted(run: Run, messages: list[AnyMessage], results: Sequence[ToolResult]) -> dict[str, Any]:
    """Say how a plan ended that did not go through, in the desk's own words: a model is not asked to word that.

    Nothing is said, and nothing returned, where there was no plan or it went through.
    """
    states = [several.state_of(results[at]) for at in run.steps]
    note = several.note_of(states) if states else ""
    if not note:
        return {}
    questions = [step["question"] for step in run.steps.values()]
    why = [str(messages[at].text) for at in run.steps]
    messages.append(say(several.account(questions, states, why, run.texts)))
    return {"note": note, "status": "answered"}
