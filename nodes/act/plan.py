"""What act does with the calls of one message: pure decisions, free of LangGraph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from langchain_core.messages import AIMessage, AnyMessage, ToolCall

from frontdesk.desk.config import Intent
from frontdesk.graph.deps import ToolResult
from frontdesk.graph.state import DeskState, Proposal
from frontdesk.nodes.forms.task import proposed
from frontdesk.tools.contract import ToolContract

WAITING = "Waiting for the customer's confirmation."
NOT_RUN: Mapping[str, str] = {
    "confirm": "Not run: waiting for the customer's confirmation of another call.",
    "approval": "Not run: an earlier change waits for a colleague's approval.",
    "unknown": "Not run: nobody knows yet whether an earlier call went through.",
    "failed": "Not run: an earlier change did not go through.",
    "refused": "Not run: an earlier change was not possible.",
}
"""Why a call after one with this outcome is not run."""
NO_WRITES = (
    "I can't make changes with this message. Please tell me once more, in plain words, what you would like changed."
)
NO_SILENT_WRITES = (
    "Something that this turn drew on was withheld, so nothing is changed without asking. Tell the customer to say "
    "once more, in plain words, what they would like changed."
)
NO_QUESTION = (
    "Not run: the record holds something that looks like an instruction, so the customer cannot be asked with it. "
    "Offer to hand the request to a person."
)
NOT_OFFERED = "This tool is not for the customer's request. Answer without it, or ask what is wanted."
_SEVERITY = ("unknown", "confirm", "approval", "failed", "refused", "done")

Code = Literal["unknown", "confirm", "approval", "failed", "refused", "done", "idle"]


def calls_of(messages: Sequence[AnyMessage]) -> list[ToolCall]:
    """Return the calls of the last message, when it is a model's, in order; malformed ones last, with their raw text.

    A malformed call still needs an answer, and the gateway says what is wrong with it.
    """
    last = messages[-1] if messages else None
    if not isinstance(last, AIMessage):
        return []
    broken = [
        ToolCall(name=call.get("name") or "", args=call.get("args") or "", id=call.get("id"), type="tool_call")  # type: ignore[typeddict-item]
        for call in last.invalid_tool_calls
    ]
    return [*last.tool_calls, *broken]


def approved_proposal(state: DeskState) -> Proposal | None:
    """Return the proposal that the customer said yes to, if this run is about one."""
    proposal = state.get("proposal")
    approved = state.get("approved", "")
    return proposal if proposal is not None and approved and proposal["id"] == approved else None


def offered(state: DeskState, intents: Mapping[str, Intent], approved: Proposal | None) -> frozenset[str]:
    """Return the tools that may be called in this turn, whatever a model proposes."""
    decision = state.get("decision")
    intent = intents.get(decision["intent"]) if decision else None
    steps = (approved.get("calls") or [approved]) if approved else ()
    return frozenset([*(intent.tools if intent else ()), *(step["tool"] for step in steps)])


def writes_allowed(state: DeskState) -> bool:
    """Whether this turn's message may cause a change: only when the guards let it pass without reserve."""
    verdict = state.get("verdict")
    return verdict is not None and verdict["outcome"] == "allow"


def tainted(state: DeskState) -> bool:
    """Whether the texts of others that this turn drew on held something that looked like an instruction."""
    withheld, turn = state.get("withheld"), state.get("turn")
    return bool(withheld and turn and withheld["turn"] == turn["id"])


def is_silent(tools: Mapping[str, ToolContract], name: str) -> bool:
    """Whether the tool changes something without asking the customer first."""
    contract = tools.get(name)
    return contract is not None and contract.effect == "write" and contract.confirm != "always"


def is_write(tools: Mapping[str, ToolContract], name: str) -> bool:
    """Whether the tool changes something; an unknown one counts as a write, so that nothing runs beside it."""
    contract = tools.get(name)
    return contract is None or contract.effect == "write"


def stops(tools: Mapping[str, ToolContract], name: str, result: ToolResult) -> bool:
    """Whether the calls after this one are not run: they were thought of with its success in mind."""
    return result.outcome == "confirm" or (is_write(tools, name) and result.outcome != "done")


def worst(outcomes: Sequence[str]) -> Code:
    """Return the outcome that matters most, for the path's note; ``idle`` for none."""
    for code in _SEVERITY:
        if code in outcomes:
            return code  # type: ignore[return-value]
    return "idle"


def task_done(
    state: DeskState, tools: Mapping[str, ToolContract], intent_tools: Sequence[str], done: Sequence[str]
) -> bool:
    """Whether what the customer came for is finished.

    Args:
        state: Read for nothing but the task.
        tools: Contracts by name.
        intent_tools: Tools of the intent being served.
        done: Names of the tools that ran with success.

    Returns:
        True after a write. After reads alone, only where the intent has no write: listing the orders on the way to a
        cancellation does not finish the cancellation.
    """
    if state.get("task") is None or not done:
        return False
    wrote = any(is_write(tools, name) for name in done)
    return wrote or not any(is_write(tools, name) for name in intent_tools)


def with_slots(state: DeskState, tools: Mapping[str, ToolContract], proposal: Proposal) -> dict[str, Any]:
    """Return the update by which the task knows what is proposed: what a correction changes, or a no gives up."""
    task, turn, contract = state.get("task"), state.get("turn"), tools.get(proposal["tool"])
    if not task or not turn or contract is None or "calls" in proposal:
        return {}  # a form has one value per argument, a plan may have several
    return {"task": proposed(task, contract, proposal["arguments"], turn["index"])}


def arguments_schema(tools: Mapping[str, ToolContract], name: str) -> Mapping[str, Any]:
    """Return the input schema that says which personal data each argument takes; empty for an unknown tool."""
    contract = tools.get(name)
    return contract.input if contract else {}
