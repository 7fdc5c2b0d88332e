"""What a turn leaves of its request: the failures that its task had, the tier that it went up to, and how it ended."""

from __future__ import annotations

from collections.abc import Iterator

from frontdesk.graph.deps import DeskView
from frontdesk.graph.endings import Ending
from frontdesk.graph.state import Counted, Decision, DeskState, Task, Tier
from frontdesk.nodes.decide.raising import failures_in
from frontdesk.nodes.decide.tiers import ORDER
from frontdesk.nodes.texts import final_answer

_OTHERS = frozenset({"route:asked", "route:unresolved", "mood:handed"})
"""Reasons why a person takes over what was served before, and not the request of this message."""


def task_after(state: DeskState, desk: DeskView) -> Task | None:
    """Return the task in hand with what this turn adds to it; None where it adds nothing."""
    task, decision = state.get("task"), state.get("decision")
    if not task or not decision or task["intent"] != decision["intent"] or decision["stage"] != "respond":
        return None
    intent = desk.intents.get(task["intent"])
    failed = failures_in(state.get("path") or ())
    before: Tier = task.get("tier") or (intent.tier if intent else "deterministic")
    higher = intent is not None and ORDER.index(decision["tier"]) > ORDER.index(before)
    if not failed and not higher:
        return None
    after = Task(**{**task, "failures": task.get("failures", 0) + failed})
    if higher:
        after["tier"] = decision["tier"]
    return after


def endings_of(state: DeskState, desk: DeskView) -> Iterator[tuple[Counted, Ending | None]]:
    """Yield the requests that ended in this turn, each with what it was counted as before.

    What a guard stopped or raised is not counted, so that nobody can give an intent a bad name by attacks.
    """
    decision, verdict, turn = state.get("decision"), state.get("verdict"), state.get("turn")
    if not decision or not turn or not verdict or verdict["outcome"] != "allow":
        return
    ran = {step["stage"] for step in state.get("path") or ()}
    if "decide" not in ran:
        return  # a person owns the conversation
    handed, index = state.get("status") == "handoff", turn["index"]
    # a no to a proposal is the customer's decision, and no fault of ours
    left = "" if "proposal:rejected" in decision["reasons"] else decision.get("left", "")
    if left in desk.intents:
        yield Counted(intent=left, ending="handed" if handed else "dropped", turn=index), None
    if handed:
        yield from _handed(state, desk, decision, index, left)
    elif (ending := _served(state, desk, decision)) and not _same(state.get("counted"), decision["intent"], index):
        yield Counted(intent=decision["intent"], ending=ending, turn=index), None


def _handed(
    state: DeskState, desk: DeskView, decision: Decision, index: int, left: str
) -> Iterator[tuple[Counted, Ending | None]]:
    before, name = state.get("counted"), decision["intent"]
    if not _OTHERS & {*decision["reasons"]}:
        if name in desk.intents and not any(reason.startswith("budget:") for reason in decision["reasons"]):
            yield Counted(intent=name, ending="handed", turn=index), None
    elif before and not left and index - before["turn"] <= 1 and before["intent"] in desk.intents:
        # what was counted as settled a moment ago was not, after all
        yield Counted(intent=before["intent"], ending="handed", turn=index), before["ending"]


def _served(state: DeskState, desk: DeskView, decision: Decision) -> Ending | None:
    """Return how the request that was served ended; None while it goes on, or where nothing tells."""
    intent = desk.intents.get(decision["intent"])
    if intent is None or intent.handoff or decision["stage"] not in {"respond", "confirm"}:
        return None
    notes = {step["stage"]: step["note"] for step in state.get("path") or ()}
    if notes.get("review", "").startswith("blocked:"):
        return "dropped"
    if state.get("status") != "answered":
        return None
    if intent.tools:
        return "settled" if notes.get("act") == "done" and not state.get("task") else None
    answer = final_answer(state["messages"])
    cited = answer is not None and bool(answer.additional_kwargs.get("citations"))
    return "settled" if cited or not intent.pages else None


def _same(before: Counted | None, intent: str, index: int) -> bool:
    """Whether a turn goes on with what the turn before settled: "and for sofas?" is no second request."""
    return bool(before and before["intent"] == intent and before["turn"] == index - 1 and before["ending"] == "settled")


__all__ = ["endings_of", "task_after"]
