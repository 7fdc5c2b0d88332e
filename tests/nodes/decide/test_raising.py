"""What the tier rules read out of the state, at the beginning of a turn and when something fails within it."""

from __future__ import annotations

from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage

from frontdesk.graph.deps import Deps
from frontdesk.graph.state import Task
from frontdesk.nodes.decide.facts import Outcome
from frontdesk.nodes.decide.raising import failures_in, raised, raised_by_failure
from frontdesk.nodes.decide.serving import decision
from tests.nodes.decide.test_node import NUMBER, intent, tool
from tests.support.deps import deps_with, tiny_desk


class Named:
    """Models of which the named roles are hosted."""

    def __init__(self, *hosted: str) -> None:
        self.hosted = hosted

    def describe(self, role: str) -> str:
        return f"openai:{role}" if role in self.hosted else "keyless"


class Known:
    """A history with one share for every intent."""

    def __init__(self, share: float = 1.0) -> None:
        self.settled = share
        self.asked: list[tuple[str, str]] = []

    async def share(self, tenant: str, intent: str) -> float:
        self.asked.append((tenant, intent))
        return self.settled


DESK = tiny_desk(
    intents=[
        intent("cancel_order", "cancel_order"),
        intent("status", "get_order").model_copy(update={"tier": "deterministic"}),
        intent("warranty"),
    ],
    tools=[tool("cancel_order", "write", order_id=NUMBER), tool("get_order", "read", order_id=NUMBER)],
)


def deps(*hosted: str, share: float = 1.0) -> Deps:
    return deps_with(DESK, models=Named(*(hosted or ("fast", "reasoning"))), outcomes=Known(share))


def state(text: str, *before: str, confidence: float = 0.9, **more: Any) -> Any:
    said = [message for each in before for message in (HumanMessage(each), AIMessage("so"))]
    route = {"intent": "x", "confidence": confidence, "accepted": True, "alternatives": []}
    return {"messages": [*said, HumanMessage(text)], "route": route, "turn": {"index": 3}, "path": [], **more}


def outcome(name: str, reason: str = "route:accepted", tier: str = "fast", kept: str = "", **more: Any) -> Outcome:
    task: Any = {"intent": name, "turns": 1, "started": 3, **more, **({"tier": kept} if kept else {})}
    own = Task(**task) if name != "warranty" else None
    return Outcome(decision("respond", reason, intent=name, tier=tier), own, None, 0)  # type: ignore[arg-type]


LATER = Task(intent="cancel_order", turns=0, started=3, text="cancel 10377 too")

ROWS = [
    ("an ordinary request", outcome("cancel_order"), state("cancel 10482"), "fast", []),
    ("two orders", outcome("cancel_order"), state("cancel 10482 and 10377"), "reasoning", ["tier:writes"]),
    ("two orders, later in the task", outcome("cancel_order", turns=2), state("10482 and 10377"), "fast", []),
    ("unsure", outcome("cancel_order"), state("cancel", confidence=0.55), "reasoning", ["tier:unsure"]),
    ("a task that goes on", outcome("cancel_order", "task:continues"), state("10482", confidence=0.1), "fast", []),
    ("failed before", outcome("cancel_order", failures=1), state("10482"), "reasoning", ["tier:failures"]),
    ("raised before", outcome("cancel_order", kept="reasoning"), state("10482"), "reasoning", ["tier:kept"]),
    ("said again", outcome("warranty"), state("is my lamp covered", "is my lamp covered?"), "reasoning", ["tier:repeated"]),
    ("said again long ago", outcome("warranty"), state("is my lamp covered", "is my lamp covered?", "a", "b", "c"), "fast", []),
    ("a stuck form", outcome("status", tier="deterministic", unheard=1), state("dunno"), "fast", ["tier:stuck"]),
    ("a look-up", outcome("status", tier="deterministic"), state("where is 10482"), "deterministic", []),
]  # fmt: skip


@pytest.mark.parametrize(("given", "sent", "tier", "reasons"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
async def test_raised(given: Outcome, sent: Any, tier: str, reasons: list[str]) -> None:
    after = (await raised(given, sent, deps(), "shop")).decision
    assert (after["tier"], after["reasons"][1:]) == (tier, reasons)


async def test_what_waits_in_the_same_message_counts() -> None:
    several = Outcome(outcome("cancel_order").decision, outcome("cancel_order").task, None, 0, waiting=(LATER,))
    after = await raised(several, state("cancel 10482"), deps(), "shop")
    assert after.decision["reasons"][1:] == ["tier:writes"]


async def test_the_history_of_the_tenant_is_asked() -> None:
    given = deps(share=0.3)
    after = await raised(outcome("warranty"), state("is it covered"), given, "shop")
    assert after.decision["reasons"][1:] == ["tier:history"]
    assert given.outcomes.asked == [("shop", "warranty")]  # type: ignore[attr-defined]


@pytest.mark.parametrize("hosted", [("fast",), ("summary",)])
async def test_nothing_goes_up_to_the_keyless_model(hosted: tuple[str, ...]) -> None:
    given = outcome("cancel_order", failures=3)
    assert await raised(given, state("cancel 10482 and 10377"), deps(*hosted, share=0.0), "shop") is given


@pytest.mark.parametrize("stage", ["clarify", "confirm", "handoff", "refuse"])
async def test_only_answers_have_a_tier(stage: Any) -> None:
    given = Outcome(decision(stage, "x", intent="cancel_order", tier="fast"), None, None, 0)
    assert await raised(given, state("cancel 10482 and 10377"), deps(), "shop") is given


def step(stage: str, note: str = "") -> Any:
    return {"stage": stage, "ms": 1.0, "note": note}


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ([], 0),
        ([step("decide"), step("act", "done")], 0),
        ([step("decide"), step("act", "refused"), step("act", "failed")], 2),
        ([step("decide"), step("act", "refused"), step("decide"), step("respond")], 0),
        ([step("decide"), step("review", "repair:grounding")], 1),
        ([step("decide"), step("review", "keyless:grounding")], 0),
        ([step("decide"), step("act", "confirm")], 0),
    ],
)
def test_failures_of_the_request_in_hand(path: Any, count: int) -> None:
    assert failures_in(path) == count


FAILED = [step("decide", "respond"), step("respond", "tool_call"), step("act", "failed")]


@pytest.mark.parametrize(
    ("decided", "path", "tier"),
    [
        (decision("respond", "route:accepted", intent="cancel_order", tier="fast"), FAILED, "reasoning"),
        (decision("respond", "route:accepted", intent="cancel_order", tier="fast"), FAILED[:2], "fast"),
        (decision("respond", "x", "budget:tenant", intent="cancel_order", tier="fast"), FAILED, "fast"),
        (decision("respond", "route:accepted", intent="status"), FAILED, "deterministic"),
        (decision("confirm", "proposal:approved", intent="cancel_order"), FAILED, "deterministic"),
        (decision("respond", "recall:covered", tier="fast"), FAILED, "fast"),
        (decision("respond", "x", intent="cancel_order", tier="reasoning"), FAILED, "reasoning"),
    ],
)
def test_a_failure_within_the_turn(decided: Any, path: Any, tier: str) -> None:
    before = state("cancel 10482", decision=decided, path=path)
    after = raised_by_failure(before, deps())
    assert after["decision"]["tier"] == tier
    assert (after is before) is (tier == decided["tier"])
    assert raised_by_failure(after, deps()) is after
