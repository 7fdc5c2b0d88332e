"""What a turn leaves of its request: failures, the tier that it went up to, and how it ended."""

from __future__ import annotations

from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage

from frontdesk.nodes.remember.ending import endings_of, task_after
from tests.nodes.decide.test_node import NUMBER, intent, tool
from tests.support.deps import tiny_desk

PERSON = intent("human").model_copy(update={"handoff": True})
PAGES = intent("warranty").model_copy(update={"pages": ["warranty"]})
DESK = tiny_desk(
    intents=[intent("cancel_order", "cancel_order"), intent("status", "get_order"), PAGES, PERSON, intent("hello")],
    tools=[tool("cancel_order", "write", order_id=NUMBER), tool("get_order", "read", order_id=NUMBER)],
)
TASK = {"intent": "cancel_order", "turns": 2, "started": 3, "slots": {}}


def state(name: str, *notes: str, stage: str = "respond", status: str = "answered", **more: Any) -> Any:
    """A turn whose path is `decide` and the given `stage:note`."""
    left, cited = more.pop("left", ""), more.pop("cited", False)
    decision: dict[str, Any] = {
        "stage": stage,
        "intent": name,
        "tier": more.pop("tier", "fast"),
        "reasons": more.pop("reasons", ["route:accepted"]),
        "answer": "",
    }
    if left:
        decision["left"] = left
    path = [("decide", stage), *(note.split(":", 1) for note in notes)]
    return {
        "decision": decision,
        "verdict": {"outcome": more.pop("verdict", "allow"), "rules": [], "score": 0.0},
        "turn": {"index": 5},
        "status": status,
        "path": [{"stage": each[0], "ms": 1.0, "note": each[1]} for each in path],
        "messages": [
            HumanMessage("x"),
            AIMessage("y", additional_kwargs={"citations": ["warranty"] if cited else []}),
        ],
        **more,
    }


def counted(name: str, ending: str, turn: int = 5) -> dict[str, Any]:
    return {"intent": name, "ending": ending, "turn": turn}


BEFORE = counted("warranty", "settled", 4)
ASKED = {"stage": "handoff", "status": "handoff", "reasons": ["route:asked"]}

ROWS: list[tuple[str, Any, list[tuple[dict[str, Any], str | None]]]] = [
    ("a cited answer", state("warranty", cited=True), [(counted("warranty", "settled"), None)]),
    ("an answer from nowhere", state("warranty"), []),
    ("small talk", state("hello"), [(counted("hello", "settled"), None)]),
    ("a look-up", state("status", "act:done"), [(counted("status", "settled"), None)]),
    ("a look-up that failed", state("status", "act:refused"), []),
    ("a look-up on the way", state("cancel_order", "act:done", task=TASK), []),
    ("a confirmed change", state("cancel_order", "act:done", stage="confirm"), [(counted("cancel_order", "settled"), None)]),
    ("a question of ours", state("cancel_order", task=TASK), []),
    ("a proposal", state("cancel_order", "act:confirm", status="confirm", task=TASK), []),
    ("words that could not be sent", state("warranty", "review:blocked:tone"), [(counted("warranty", "dropped"), None)]),
    ("given up", state("", stage="clarify", status="clarify", left="cancel_order"), [(counted("cancel_order", "dropped"), None)]),
    ("a no to a proposal", state("cancel_order", stage="confirm", left="cancel_order", reasons=["proposal:rejected"]), []),
    ("left for another", state("warranty", cited=True, left="cancel_order"),
     [(counted("cancel_order", "dropped"), None), (counted("warranty", "settled"), None)]),
    ("a person instead", state("human", left="cancel_order", **ASKED), [(counted("cancel_order", "handed"), None)]),
    ("a person after the answer", state("human", counted=BEFORE, **ASKED), [(counted("warranty", "handed"), "settled")]),
    ("a person long after it", state("human", counted=counted("warranty", "settled", 2), **ASKED), []),
    ("a stuck form", state("cancel_order", **{**ASKED, "reasons": ["form:stuck"]}), [(counted("cancel_order", "handed"), None)]),
    ("a budget", state("warranty", **{**ASKED, "reasons": ["x", "budget:tenant"]}), []),
    ("goes on with the same", state("warranty", cited=True, counted=BEFORE), []),
    ("comes back to it", state("warranty", cited=True, counted=counted("warranty", "settled", 2)), [(counted("warranty", "settled"), None)]),
    ("an attack", state("warranty", cited=True, verdict="raise"), []),
    ("a person owns it", {**state("warranty", cited=True), "path": [{"stage": "relay", "ms": 1.0, "note": ""}]}, []),
    ("an intent that is gone", state("gone", cited=True, left="gone too"), []),
    ("an old checkpoint", {"messages": []}, []),
]  # fmt: skip


@pytest.mark.parametrize(("turn", "found"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_endings(turn: Any, found: list[Any]) -> None:
    assert list(endings_of(turn, DESK)) == found


@pytest.mark.parametrize(
    ("turn", "changes"),
    [
        (state("cancel_order", task=TASK), None),
        (state("cancel_order", "act:failed", task=TASK), {"failures": 1}),
        (state("cancel_order", "act:failed", task={**TASK, "failures": 2}), {"failures": 3}),
        (state("cancel_order", task=TASK, tier="reasoning"), {"failures": 0, "tier": "reasoning"}),
        (state("cancel_order", task={**TASK, "tier": "reasoning"}, tier="deterministic"), None),
        (state("warranty", "act:failed", task=TASK), None),
        (state("cancel_order", "act:failed", task=None), None),
        ({"messages": []}, None),
    ],
)
def test_what_the_task_learns(turn: Any, changes: dict[str, Any] | None) -> None:
    after = task_after(turn, DESK)
    assert after == (None if changes is None else {**turn["task"], **changes})
