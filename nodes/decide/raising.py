"""The tier of the request in hand, read out of the state: when a turn begins, and when something fails within it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from langchain_core.messages import HumanMessage

from frontdesk.desk.config import Intent
from frontdesk.graph.deps import Deps, DeskView
from frontdesk.graph.state import Decision, DeskState, Step, Task, Tier
from frontdesk.nodes.decide.facts import Outcome
from frontdesk.nodes.decide.tiers import FAILURES, Signs, says_again, tier_of, writes_in
from frontdesk.nodes.texts import latest_human, text_of

LOOKED_AT = 3
"""Earlier messages of the customer's that a new one may say again."""
ACCEPTED = "route:accepted"
_BUDGET = "budget:"
_HOSTED: tuple[Literal["fast", "reasoning"], ...] = ("fast", "reasoning")


async def raised(outcome: Outcome, state: DeskState, deps: Deps, tenant: str) -> Outcome:
    """Return an outcome whose decision names the tier that serves it, with the reasons where it is another.

    Args:
        outcome: What decide says, the form of its task turned.
        state: As decide reads it.
        deps: The desk, its models, and how requests ended.
        tenant: Whose history.
    """
    decided = outcome.decision
    intent = deps.desk.intents.get(decided["intent"])
    if decided["stage"] != "respond" or intent is None or decided["tier"] != intent.tier:
        return outcome
    hosted = hosted_tiers(deps)
    if not hosted - {intent.tier}:
        return outcome
    success = await deps.outcomes.share(tenant, intent.name) if intent.tier != "deterministic" else 1.0
    signs = replace(_signs(outcome, state, deps.desk, intent), success=success)
    task = _own(outcome.task, intent)
    before = task.get("tier") if task else None
    tier, reasons = tier_of(intent.tier, before, signs, deps.desk.config.routing.tiers, hosted)
    if tier == intent.tier:
        return outcome
    return replace(outcome, decision=Decision(**{**decided, "tier": tier, "reasons": [*decided["reasons"], *reasons]}))


def raised_by_failure(state: DeskState, deps: Deps) -> DeskState:
    """Return the state with the decision of a stronger tier, where a call or a draft of this very turn failed.

    What a budget has stopped, and what review gave to the keyless model, stays where it is.
    """
    decision = state["decision"]
    failed = failures_in(state.get("path") or ())
    intent = deps.desk.intents.get(decision["intent"])
    stopped = any(reason.startswith(_BUDGET) or reason == FAILURES for reason in decision["reasons"])
    if not failed or stopped or intent is None or decision["tier"] not in {"fast"} or decision["stage"] != "respond":
        return state
    task = _own(state.get("task"), intent)
    signs = Signs(failures=failed + (task.get("failures", 0) if task else 0))
    hosted = hosted_tiers(deps)
    tier, reasons = tier_of(decision["tier"], None, signs, deps.desk.config.routing.tiers, hosted)
    if tier == decision["tier"]:
        return state
    new = Decision(**{**decision, "tier": tier, "reasons": [*decision["reasons"], *reasons]})
    return DeskState(**{**state, "decision": new})


def failures_in(path: Sequence[Step]) -> int:
    """Return how many passes of act refused or failed a call, and how many drafts were sent back, for this request."""
    last = max((at for at, step in enumerate(path) if step["stage"] == "decide"), default=0)
    return sum(1 for step in path[last:] if _failed(step))


def hosted_tiers(deps: Deps) -> frozenset[Tier]:
    """Return the tiers for which a hosted model is named; of two with the same one, the lower."""
    named: dict[str, Tier] = {}
    for tier in _HOSTED:
        named.setdefault(deps.models.describe(tier), tier)
    return frozenset(tier for name, tier in named.items() if name != "keyless")


def _failed(step: Step) -> bool:
    if step["stage"] == "act":
        return step["note"] in {"refused", "failed"}
    return step["stage"] == "review" and step["note"].startswith("repair:")


def _signs(outcome: Outcome, state: DeskState, desk: DeskView, intent: Intent) -> Signs:
    task = _own(outcome.task, intent)
    said = latest_human(state["messages"])
    text = outcome.words or text_of(said)
    before = [text_of(message) for message in state["messages"] if isinstance(message, HumanMessage)][:-1]
    route = state.get("route")
    segments = route.get("segments") if route else None
    confidence = segments[0]["confidence"] if segments and outcome.words else route["confidence"] if route else 1.0
    return Signs(
        writes=_writes(outcome, state, desk, intent, text) if task and task["turns"] == 1 else 0,
        failures=task.get("failures", 0) if task else 0,
        repeated=says_again(text, before[-LOOKED_AT:]),
        confidence=confidence if ACCEPTED in outcome.decision["reasons"] else 1.0,
        stuck=bool(task and task.get("unheard", 0)),
    )


def _writes(outcome: Outcome, state: DeskState, desk: DeskView, intent: Intent, text: str) -> int:
    """Return the changes of the request in hand and of those of this message that wait behind it."""
    turn = state["turn"]["index"]
    requests = [(intent, text)]
    for task in outcome.waiting:
        other = desk.intents.get(task["intent"])
        if other is not None and task["started"] == turn:
            requests.append((other, task.get("text", "")))
    own = writes_in(text, [desk.tools[name] for name in intent.tools if name in desk.tools], desk.tools)
    if not own:
        return 0
    return own + sum(
        writes_in(words, [desk.tools[name] for name in each.tools if name in desk.tools], desk.tools)
        for each, words in requests[1:]
    )


def _own(task: Task | None, intent: Intent) -> Task | None:
    return task if task is not None and task["intent"] == intent.name else None


__all__ = ["failures_in", "hosted_tiers", "raised", "raised_by_failure"]
