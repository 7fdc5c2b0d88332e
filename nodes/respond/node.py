"""Respond: a model answers in words or proposes tool calls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from langchain_core.runnables import RunnableConfig

from frontdesk.graph.deps import Deps, Role
from frontdesk.graph.identity import caller_of
from frontdesk.graph.state import DeskState, Step, Tier
from frontdesk.nodes.respond.context import intent_of, passages_for, prompt_messages, system_prompt
from frontdesk.nodes.respond.outgoing import masked_call, words_only
from frontdesk.nodes.scrub.offload import unblocked
from frontdesk.nodes.usage import added

RESERVE = 0.1
"""Part of the turn's time that is kept for the stages after this one."""

_ROLES: dict[Tier, Role] = {"deterministic": "keyless", "fast": "fast", "reasoning": "reasoning"}


@dataclass(frozen=True)
class RespondNode:
    """Builds the context, asks the models of the decided tier, returns the message."""

    deps: Deps

    async def __call__(self, state: DeskState, config: RunnableConfig) -> dict[str, Any]:
        """Write ``messages``, ``usage``, ``attempts``, ``status``, and ``recall`` where pages of the intent were added.

        The last of the turn's model calls is made without tools, so that the turn ends in words.
        """
        deps = self.deps
        caller = caller_of(config, deps.principal)
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
        system = system_prompt(deps, state, principal, passages, names)
        usable = offered if attempts < budgets.model_calls else []
        completion = await deps.models.complete(
            _ROLES[state["decision"]["tier"]],
            prompt_messages(system, state["messages"]),
            tools=usable,
            seconds=seconds_left(budgets.turn_seconds, state.get("path") or ()),
        )
        message = completion.message if usable else words_only(completion.message)
        if message.tool_calls or message.invalid_tool_calls:
            # A text is masked by review; a call goes to the gateway before that.
            known = await deps.vault.load(caller)
            message, values = await unblocked(deps.scrubber, partial(masked_call, message, deps.scrubber, known))
            await deps.vault.store(caller, values)
        update: dict[str, Any] = {
            "messages": [message],
            "usage": added(state.get("usage"), completion, answered=True),
            "attempts": attempts,
            "status": "answered",
            "note": "tool_call" if message.tool_calls else completion.model,
        }
        recall = state.get("recall")
        if passages != (recall["passages"] if recall else []):
            # the output guards accept citations of recalled pages only
            update["recall"] = {"passages": passages, "episodes": recall["episodes"] if recall else []}
        return update


def seconds_left(turn_seconds: float, path: Sequence[Step]) -> float:
    """Return the seconds that the models may take: the turn's budget less what its stages took and a reserve.

    Stages that ran side by side are counted one after the other, which errs on the short side.
    """
    taken = sum(step["ms"] for step in path) / 1000
    return max(0.0, turn_seconds * (1 - RESERVE) - taken)
