"""What is said when a budget for hosted models is used up."""

from __future__ import annotations

from typing import Any

from langchain_core.messages import ToolMessage

from frontdesk.graph.deps import Completion, Deps
from frontdesk.graph.identity import Caller
from frontdesk.graph.state import Decision, DeskState
from frontdesk.nodes.texts import say, since_human
from frontdesk.nodes.wording import texts_for

HANDOFF = "handoff:budget"
"""Note of a turn that goes to a person because of it."""


async def at_limit(deps: Deps, state: DeskState, caller: Caller, completion: Completion) -> dict[str, Any]:
    """Return what of the update differs for an answer that a budget stopped; empty where none did.

    The reason ``budget:<level>`` joins those of the decision, and goes to the audit trail. Under ``keyless`` the answer
    of the keyless model stands. So it does where a tool was used in this turn: what was done must be said.
    """
    if not completion.spent:
        return {}
    config, decision = deps.desk.config, state["decision"]
    code = f"budget:{completion.spent}"
    reasons = decision["reasons"] if code in decision["reasons"] else [*decision["reasons"], code]
    update: dict[str, Any] = {"decision": Decision(**{**decision, "reasons": reasons})}
    way = config.budgets.spending.at_limit
    if any(isinstance(message, ToolMessage) for message in since_human(state["messages"])):
        way = "keyless"
    handed_over = way == "handoff"
    await deps.journal.replied(caller, deps.clock(), "handed_over" if handed_over else "replaced", [code])
    if way == "keyless":
        return update
    if handed_over:
        return {**update, "messages": [], "status": "handoff", "note": HANDOFF}
    said = say(texts_for(config, state).spent.replace("{business}", config.business))
    return {**update, "messages": [said], "status": "refused", "note": "spent"}


__all__ = ["HANDOFF", "at_limit"]
