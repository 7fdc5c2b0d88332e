"""Several writes of one message: one plan, one question, one account of what came of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from langchain_core.messages import ToolCall

from frontdesk.desk.texts import Texts
from frontdesk.graph.deps import Gateway, Planned, Restorer, ToolResult
from frontdesk.graph.identity import Caller
from frontdesk.graph.state import PlannedCall, Proposal
from frontdesk.nodes.act.plan import is_write
from frontdesk.tools.contract import ToolContract

HALTED, PARTIAL = "halted", "partial"
"""Notes of a pass of act in which a plan did not go through: nothing of it stands, or a person has to look."""
TOO_MANY = "Not run: at most {limit} changes can be made at once. Ask the customer which ones come first."
BETWEEN = "Not run: this look-up stands behind a change that is not made yet. Make it again afterwards."
StepState = Literal["done", "undone", "not_undone", "undo_unknown", "unknown", "not_run", "refused", "failed"]
_STATES: Mapping[str, StepState] = {
    "undone": "undone",
    "not_undone": "not_undone",
    "undo_unknown": "undo_unknown",
    "not_run": "not_run",
}


@dataclass
class Several:
    """Takes the calls of one message that holds two writes or more."""

    gateway: Gateway
    caller: Caller
    restorer: Restorer
    tools: Mapping[str, ToolContract]
    one: Callable[[ToolCall], Awaitable[ToolResult]]
    """Runs a call that stands alone."""
    texts: Texts
    limit: int
    """Writes that one plan may hold."""
    carried: dict[int, PlannedCall] = field(default_factory=dict)
    """Position to step, where a plan that asks nobody was carried out."""

    async def all(self, calls: Sequence[ToolCall], denied: Mapping[int, str]) -> list[ToolResult]:
        """Run reads that stand before the writes, and make the writes one plan.

        A look-up behind a write is made once the plan went through without a question; else it is not run, and neither
        is one between two writes: it would show what was, or what will be.

        Args:
            calls: In the message's order.
            denied: Position to why a call is not the customer's; such a call is no part of the plan.

        Returns:
            One result per call; the first call of a proposal carries it.
        """
        steps = [at for at, call in enumerate(calls) if at not in denied and is_write(self.tools, call["name"])]
        results = {at: ToolResult("refused", why) for at, why in denied.items()}
        reads = [at for at in range(len(calls)) if at not in results and at not in steps]
        for at in reads:
            if at < steps[0]:
                results[at] = await self.one(calls[at])
        results |= zip(steps, await self._planned([calls[at] for at in steps]), strict=True)
        self.carried = {steps[at]: step for at, step in self.carried.items()}
        through = all(results[at].outcome == "done" for at in steps)
        for at in reads:
            if at > steps[0]:
                runs = through and at > steps[-1]
                results[at] = await self.one(calls[at]) if runs else ToolResult("refused", BETWEEN)
        return [results[at] for at in range(len(calls))]

    async def _planned(self, calls: Sequence[ToolCall]) -> list[ToolResult]:
        if len(calls) > self.limit:
            return [ToolResult("refused", TOO_MANY.format(limit=self.limit), reason="too_many")] * len(calls)
        planned = await self.gateway.plan(calls, self.caller, restorer=self.restorer)
        results, proposal = list(planned.results), planned.proposal
        steps = [at for at, result in enumerate(results) if result.outcome == "confirm"]
        if proposal is None or not steps:
            return results
        if planned.asks:
            asked = Proposal(**{**proposal, "question": question(planned, proposal, self.texts)})
            results[steps[0]] = ToolResult("confirm", asked["question"], asked)
        elif "calls" in proposal:
            ran = await self.gateway.carry_out(proposal, self.caller, restorer=self.restorer)
            for at, result, step in zip(steps, ran, proposal["calls"], strict=True):
                results[at], self.carried[at] = result, step
        else:
            results[steps[0]] = await self.one(calls[steps[0]])
        return results


def question(planned: Planned, proposal: Proposal, texts: Texts) -> str:
    """Return what the customer is asked: first what is not possible, then all that is proposed."""
    told = [result.content for result in planned.results if result.outcome == "refused" and _is_told(result)]
    apart = any(result.reason == "apart" for result in planned.results)
    asked = proposal["question"]
    if "calls" in proposal:
        asked = texts.plan.replace("{steps}", asked)
    return "\n\n".join([*told, asked, *([texts.plan_apart] if apart else [])])


def is_the_plan(approved: Proposal | None, calls: Sequence[ToolCall]) -> bool:
    """Whether the calls of a message are those of an approved plan, each one and in their order."""
    steps = approved.get("calls") if approved else None
    return bool(steps) and [(call["tool"], call["arguments"]) for call in steps or ()] == [
        (call["name"], call["args"]) for call in calls
    ]


def state_of(result: ToolResult) -> StepState:
    """Return what became of a step of a plan."""
    if result.reason in _STATES:
        return _STATES[result.reason]
    if result.outcome in {"done", "unknown", "failed"}:
        return result.outcome
    return "refused"


def note_of(states: Sequence[StepState]) -> Literal["", "halted", "partial"]:
    """Return how a plan ended: empty where it went through, or never began; else :data:`HALTED` or :data:`PARTIAL`."""
    if {"unknown", "undo_unknown", "not_undone"} & {*states}:
        return "partial"
    return "" if set(states) <= {"done"} else "halted"


def account(questions: Sequence[str], states: Sequence[StepState], said: Sequence[str], texts: Texts) -> str:
    """Tell the customer exactly what is done, undone and not done, step by step.

    Args:
        questions: What each step was asked with, masked.
        states: What became of each.
        said: What kept each from happening, masked; looked at for a step that was refused or failed.
        texts: In the customer's language.
    """
    words: Mapping[StepState, str] = {
        "done": texts.step_done,
        "not_undone": texts.step_done,
        "undone": texts.step_undone,
        "undo_unknown": texts.step_undo_unknown,
        "unknown": texts.step_unknown,
        "not_run": texts.step_not_run,
    }
    lines = [
        f"{number}. {question} — {words.get(state) or why}"
        for number, (question, state, why) in enumerate(zip(questions, states, said, strict=True), 1)
    ]
    lead = texts.plan_partial if note_of(states) == PARTIAL else texts.plan_halted
    return lead.replace("{steps}", "\n".join(lines))


def _is_told(result: ToolResult) -> bool:
    """Whether a refusal is one that the customer has to hear of: what their record, or their sign-in, rules out."""
    return result.reason not in {"duplicate", "apart", "not_run"}


__all__ = ["HALTED", "PARTIAL", "Several", "StepState", "account", "is_the_plan", "note_of", "question", "state_of"]
