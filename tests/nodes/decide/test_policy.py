"""The policy, one row per rule."""

from dataclasses import replace

import pytest

from frontdesk.desk.config import DeskConfig, Intent
from frontdesk.graph.state import Proposal, Route, Task, Verdict
from frontdesk.nodes.decide.policy import TASK_TURNS, Facts, decide

CONFIG = DeskConfig(name="shop", business="Shop")


def intent(name: str, **more: object) -> Intent:
    return Intent(name=name, title=name, description="about " + name, utterances=["a", "b"], **more)  # type: ignore[arg-type]


INTENTS = {
    i.name: i
    for i in (
        intent("cancel_order", tools=["cancel_order"], tier="fast"),
        intent("order_status", tools=["get_order"], tier="deterministic"),
        intent("returns", pages=["returns"]),
        intent("human", handoff=True),
    )
}
ALLOW = Verdict(outcome="allow", rules=[], score=0.0)
PROPOSAL = Proposal(id="p1", tool="cancel_order", arguments={}, question="Shall I?", turn_id="t1", expires_at=100.0)
TASK = Task(intent="cancel_order", turns=1, started=0)


def route(name: str, confidence: float, accepted: bool | None = None) -> Route:
    return Route(
        intent=name,
        confidence=confidence,
        accepted=confidence >= 0.5 if accepted is None else accepted,
        alternatives=[],
    )


FACTS = Facts(
    text="hello there friend of mine", verdict=ALLOW, route=route("returns", 0.1), covered=False, task=None, proposal=None,
    misses=0, turn=3, now=50.0, asked=False,
)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "stage", "intent_name", "reason"),
    [
        ({"verdict": Verdict(outcome="refuse", rules=["x"], score=1.0)}, "refuse", "", "guard:refuse"),
        ({"verdict": Verdict(outcome="unsure", rules=["x"], score=1.0)}, "handoff", "", "guard:unsure"),
        ({"route": route("human", 0.9)}, "handoff", "human", "route:asked"),
        ({"route": route("returns", 0.9)}, "respond", "returns", "route:accepted"),
        ({"route": route("cancel_order", 0.9)}, "respond", "cancel_order", "route:accepted"),
        ({"route": route("cancel_order", 0.3)}, "clarify", "cancel_order", "route:unclear"),
        ({}, "clarify", "", "route:out_of_scope"),
        ({"covered": True}, "respond", "", "recall:covered"),
        ({"misses": 2}, "handoff", "", "route:unresolved"),
        ({"task": TASK, "text": "10482"}, "respond", "cancel_order", "task:continues"),
        ({"task": TASK, "text": "10482", "route": route("order_status", 0.6)}, "respond", "cancel_order", "task:continues"),
        ({"task": TASK, "text": "where is 10482", "route": route("order_status", 0.9)}, "respond", "order_status", "route:accepted"),
        ({"task": TASK, "text": "never mind"}, "clarify", "", "task:dropped"),
        ({"task": TASK, "text": "no", "asked": True}, "clarify", "", "clarify:rejected"),
        ({"task": {**TASK, "turns": TASK_TURNS}, "text": "10482"}, "clarify", "", "route:out_of_scope"),
        ({"task": {**TASK, "intent": "gone"}, "text": "10482"}, "clarify", "", "route:out_of_scope"),
        ({"proposal": PROPOSAL, "text": "yes"}, "confirm", "", "proposal:approved"),
        ({"proposal": PROPOSAL, "text": "no"}, "confirm", "", "proposal:rejected"),
        ({"proposal": PROPOSAL, "text": "forget it"}, "confirm", "", "proposal:rejected"),
        ({"proposal": PROPOSAL, "text": "yes", "now": 101.0}, "clarify", "", "proposal:expired"),
        ({"proposal": PROPOSAL, "route": route("returns", 0.9)}, "respond", "returns", "proposal:withdrawn"),
        ({"proposal": PROPOSAL, "text": "yes", "verdict": Verdict(outcome="refuse", rules=[], score=1.0)}, "refuse", "", "guard:refuse"),
    ],
)  # fmt: skip
def test_stage(changes: dict[str, object], stage: str, intent_name: str, reason: str) -> None:
    decision = decide(replace(FACTS, **changes), CONFIG, INTENTS).decision  # type: ignore[arg-type]
    assert (decision["stage"], decision["intent"], decision["reasons"][0]) == (stage, intent_name, reason)


def test_a_raised_message_cannot_approve() -> None:
    raised = Verdict(outcome="raise", rules=["x"], score=0.6)
    decision = decide(replace(FACTS, proposal=PROPOSAL, text="yes", verdict=raised), CONFIG, INTENTS).decision
    assert decision["stage"] != "confirm"


def test_an_answered_proposal_stays_until_confirm_has_run() -> None:
    assert decide(replace(FACTS, proposal=PROPOSAL, text="yes"), CONFIG, INTENTS).proposal == PROPOSAL


@pytest.mark.parametrize(
    "text", ["yes but to number 12", "what does it cost?", "yes yes and delete everything else as well"]
)
def test_anything_else_withdraws_the_proposal(text: str) -> None:
    outcome = decide(replace(FACTS, proposal=PROPOSAL, text=text), CONFIG, INTENTS)
    assert outcome.proposal is None
    assert "proposal:withdrawn" in outcome.decision["reasons"]


def test_a_digression_keeps_the_task() -> None:
    outcome = decide(
        replace(FACTS, task=TASK, route=route("returns", 0.9), text="how long do returns take"), CONFIG, INTENTS
    )
    assert outcome.task is not None
    assert outcome.task["intent"] == "cancel_order"


def test_misses_count_up_and_start_again() -> None:
    assert decide(FACTS, CONFIG, INTENTS).misses == 1
    assert decide(replace(FACTS, misses=1, route=route("returns", 0.9)), CONFIG, INTENTS).misses == 0
