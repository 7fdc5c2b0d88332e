"""Confirm: the customer's yes or no to a proposal, as the next message or as the answer to an interrupt.

The turn has ended for the customer when this stage waits: the question was reviewed, remembered and sent. A door that
cannot resume an interrupt (LangServe) just sends the next message; an inbox that can (Studio, Agent Inbox) answers in
LangChain's human-in-the-loop format (https://docs.langchain.com/oss/python/langchain/human-in-the-loop).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from langchain_core.messages import AIMessage, ToolCall
from langchain_core.runnables import RunnableConfig
from langgraph.types import interrupt

from frontdesk.graph.deps import Deps
from frontdesk.graph.state import Decision, DeskState, PlannedCall, Proposal
from frontdesk.nodes.texts import say
from frontdesk.nodes.wording import texts_for


def request_of(proposal: Proposal) -> dict[str, Any]:
    """Return the interrupt's value: every action, masked and in order, to approve or reject.

    The actions of a plan are approved together: one that is rejected rejects them all.
    """
    steps = _steps(proposal)
    actions = [{"name": step["tool"], "args": step["arguments"], "description": step["question"]} for step in steps]
    names = dict.fromkeys(step["tool"] for step in steps)
    reviews = [{"action_name": name, "allowed_decisions": ["approve", "reject"]} for name in names]
    return {"action_requests": actions, "review_configs": reviews}


def approves(response: object, actions: int = 1) -> bool:
    """Tell whether an interrupt's answer is an approval of everything that was asked.

    Args:
        response: ``approve``, or ``{"decisions": [{"type": "approve"}, …]}`` with one decision per action.
        actions: How many there were.

    Returns:
        False for anything else: too few or too many decisions, one that is no approval, a malformed answer.
    """
    if not isinstance(response, dict):
        return response == "approve"
    decisions = response.get("decisions")
    if not isinstance(decisions, list) or len(decisions) != actions:
        return False
    return all(each == "approve" or (isinstance(each, dict) and each.get("type") == "approve") for each in decisions)


def _steps(proposal: Proposal) -> list[PlannedCall]:
    """Return the calls of a proposal, in order."""
    alone = PlannedCall(tool=proposal["tool"], arguments=proposal["arguments"], question=proposal["question"])
    return proposal.get("calls") or [alone]


@dataclass(frozen=True)
class ConfirmNode:
    """Waits, unless the decision already carries the answer."""

    deps: Deps

    async def __call__(self, state: DeskState, config: RunnableConfig) -> dict[str, Any]:
        """Write the approved calls for act, or say that nothing was changed.

        The decision's answer is used up: a proposal that this very turn goes on to make needs an answer of its own.
        """
        proposal, decision = state.get("proposal"), state["decision"]
        if proposal is None:
            return {"approved": "", "note": "none"}
        answer = decision["answer"]
        update: dict[str, Any] = {"decision": Decision(**{**decision, "answer": ""})}
        if not answer:
            answer = "approve" if approves(interrupt(request_of(proposal)), len(_steps(proposal))) else "reject"
            # what the reply with the question said before it was read then
            update["parts"] = []
            # the desk may have changed since
            known = self.deps.desk.intents
            update["waiting"] = [task for task in state.get("waiting") or () if task["intent"] in known]
        return {**self._answered(proposal, answer, state), **update}

    def _answered(self, proposal: Proposal, answer: str, state: DeskState) -> dict[str, Any]:
        texts, business = texts_for(self.deps.desk.config, state), self.deps.desk.config.business
        if answer == "approve" and self.deps.clock() > proposal["expires_at"]:
            return {
                "messages": [say(texts.expired.format(business=business))],
                "proposal": None,
                "approved": "",
                "status": "clarify",
                "note": "expired",
            }
        if answer != "approve":
            message = say(texts.rejected.format(business=business))
            update = {"messages": [message], "proposal": None, "approved": "", "task": None}
            return {**update, "status": "answered", "note": "rejected"}
        name = f"call_{proposal['id'][:24]}"
        calls = [
            ToolCall(name=step["tool"], args=step["arguments"], id=f"{name}_{at}" if at else name)
            for at, step in enumerate(_steps(proposal))
        ]
        message = AIMessage(content="", tool_calls=calls, id=f"c-{proposal['id'][:32]}")
        approved = {"approved": proposal["id"], "attempts": 0, "status": "answered"}
        return {"messages": [message], **approved, "note": "approved"}
