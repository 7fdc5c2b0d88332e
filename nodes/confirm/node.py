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
from frontdesk.graph.state import Decision, DeskState, Proposal
from frontdesk.nodes.texts import say
from frontdesk.nodes.wording import texts_for


def request_of(proposal: Proposal) -> dict[str, Any]:
    """Return the interrupt's value: one action, masked, to approve or reject."""
    action = {"name": proposal["tool"], "args": proposal["arguments"], "description": proposal["question"]}
    review = {"action_name": proposal["tool"], "allowed_decisions": ["approve", "reject"]}
    return {"action_requests": [action], "review_configs": [review]}


def approves(response: object) -> bool:
    """Tell whether an interrupt's answer is an approval; anything else, malformed answers included, is a no."""
    if isinstance(response, dict):
        decisions = response.get("decisions")
        response = decisions[0] if isinstance(decisions, list) and len(decisions) == 1 else None
        if isinstance(response, dict):
            return response.get("type") == "approve"
    return response == "approve"


@dataclass(frozen=True)
class ConfirmNode:
    """Waits, unless the decision already carries the answer."""

    deps: Deps

    async def __call__(self, state: DeskState, config: RunnableConfig) -> dict[str, Any]:
        """Write the approved call for act, or say that nothing was changed.

        The decision's answer is used up: a proposal that this very turn goes on to make needs an answer of its own.
        """
        proposal, decision = state.get("proposal"), state["decision"]
        if proposal is None:
            return {"approved": "", "note": "none"}
        answer = decision["answer"]
        update: dict[str, Any] = {"decision": Decision(**{**decision, "answer": ""})}
        if not answer:
            answer = "approve" if approves(interrupt(request_of(proposal))) else "reject"
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
        call = ToolCall(name=proposal["tool"], args=proposal["arguments"], id=f"call_{proposal['id'][:24]}")
        message = AIMessage(content="", tool_calls=[call], id=f"c-{proposal['id'][:32]}")
        approved = {"approved": proposal["id"], "attempts": 0, "status": "answered"}
        return {"messages": [message], **approved, "note": "approved"}
