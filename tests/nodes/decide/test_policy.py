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
        intent("delivery", pages=["delivery"]),
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
        ({"states": True}, "clarify", "", "memory:told"),
        ({"states": True, "covered": True}, "clarify", "", "memory:told"),
        ({"states": True, "misses": 2}, "clarify", "", "memory:told"),
        ({"states": True, "route": route("returns", 0.6)}, "clarify", "", "memory:told"),
        ({"states": True, "route": route("returns", 0.96)}, "respond", "returns", "route:accepted"),
        ({"states": True, "route": route("human", 0.6)}, "handoff", "human", "route:asked"),
        ({"states": True, "task": TASK}, "respond", "cancel_order", "task:continues"),
        ({"states": True, "verdict": Verdict(outcome="raise", rules=["x"], score=0.3)}, "clarify", "", "route:out_of_scope"),
        ({"misses": 2}, "handoff", "", "route:unresolved"),
        ({"uncovered": True, "near": True}, "clarify", "", "recall:nothing"),
        ({"uncovered": True}, "clarify", "", "route:out_of_scope"),
        ({"near": True}, "clarify", "", "route:out_of_scope"),
        ({"uncovered": True, "near": True, "misses": 2}, "handoff", "", "route:unresolved"),
        ({"uncovered": True, "near": True, "route": route("returns", 0.9)}, "respond", "returns", "route:accepted"),
        ({"uncovered": True, "near": True, "route": route("returns", 0.3)}, "clarify", "returns", "route:unclear"),
        ({"uncovered": True, "near": True, "task": TASK, "text": "10482"}, "respond", "cancel_order", "task:continues"),
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


@pytest.mark.parametrize(
    ("text", "routed", "covered", "served"),
    [
        ("what about 10915?", route("returns", 0.1), False, "order_status"),  # lone value
        ("and when does it come?", route("returns", 0.1), False, "order_status"),  # continuation
        ("how do I track it", route("returns", 0.1), False, "order_status"),  # a question with a pronoun
        ("is it raining", route("returns", 0.1), False, ""),  # no question about the matter
        ("and the cancelled ones?", route("cancel_order", 0.98), False, "order_status"),  # no verb
        ("and how long does it take?", route("delivery", 0.6), True, "order_status"),  # pronoun for a subject
        ("and how long does it take?", route("delivery", 0.96), True, "delivery"),  # sure
        ("how long does delivery take", route("delivery", 0.6), True, "delivery"),  # a subject of its own
        ("and cancel it", route("cancel_order", 0.6), False, "cancel_order"),  # a request of its own
    ],
)
def test_what_leans_on_the_turn_before(text: str, routed: Route, covered: bool, served: str) -> None:
    facts = replace(FACTS, text=text, route=routed, covered=covered, previous="order_status")
    decision = decide(facts, CONFIG, INTENTS).decision
    assert decision["intent"] == served
    assert ("turn:continues" in decision["reasons"]) is (served == "order_status")


@pytest.mark.parametrize("previous", ["", "gone", "human"])
def test_nothing_leans_on_a_turn_that_served_nothing(previous: str) -> None:
    decision = decide(replace(FACTS, text="what about 10915?", previous=previous), CONFIG, INTENTS).decision
    assert decision["reasons"] == ["route:out_of_scope"]


@pytest.mark.parametrize(
    ("text", "words_asked", "served"),
    [
        ("it arrived broken", True, "cancel_order"),  # the reason that was asked for
        ("it arrived broken", False, "order_status"),  # a number was asked for
        ("where is my order", True, "order_status"),  # a question
        ("I want to know where my order is", True, "order_status"),  # a wish
        ("thanks", True, "order_status"),  # no answer
    ],
)
def test_an_answer_in_words_is_no_new_request(text: str, words_asked: bool, served: str) -> None:
    facts = replace(
        FACTS, text=text, task=TASK, pending=True, words_asked=words_asked, route=route("order_status", 0.98)
    )
    assert decide(facts, CONFIG, INTENTS).decision["intent"] == served


@pytest.mark.parametrize(
    ("text", "changes", "reason"),
    [
        ("10482", {"covered": True}, "value:alone"),  # there is nothing else in it
        ("anything new about 10482", {}, "value:known"),  # better than to know nothing
        ("anything new about 10482", {"covered": True}, "recall:covered"),  # a page comes first
        (
            "anything new about 10482",
            {"route": route("cancel_order", 0.3)},
            "route:unclear",
        ),  # so does a likely request
    ],
)
def test_a_number_is_looked_up(text: str, changes: dict[str, object], reason: str) -> None:
    decision = decide(replace(FACTS, text=text, meant="order_status", **changes), CONFIG, INTENTS).decision  # type: ignore[arg-type]
    assert decision["reasons"] == [reason]
    assert (decision["intent"] == "order_status") is reason.startswith("value:")


@pytest.mark.parametrize(
    ("text", "reads", "stage"),
    [
        ("what is going on with 10482", {"order_status"}, "respond"),
        ("what is going on with 10482", set(), "clarify"),  # something might be changed
        ("what is going on with it", {"order_status"}, "clarify"),  # nothing to look up
    ],
)
def test_a_likely_look_up_needs_no_question(text: str, reads: set[str], stage: str) -> None:
    facts = replace(FACTS, text=text, route=route("order_status", 0.3), reads=frozenset(reads))
    assert decide(facts, CONFIG, INTENTS).decision["stage"] == stage


def test_the_intent_stays_with_the_answer_to_a_proposal() -> None:
    for text in ("yes", "no"):
        decision = decide(replace(FACTS, text=text, task=TASK, proposal=PROPOSAL), CONFIG, INTENTS).decision
        assert (decision["stage"], decision["intent"]) == ("confirm", "cancel_order")


def test_a_page_that_may_not_answer_counts_as_a_miss_until_it_does() -> None:
    first = decide(replace(FACTS, covered=True, misses=2), CONFIG, INTENTS)
    assert (first.decision["stage"], first.misses) == ("respond", 3)
    assert decide(replace(FACTS, covered=True, misses=3), CONFIG, INTENTS).decision["stage"] == "handoff"
    likely = decide(replace(FACTS, covered=True, misses=2, route=route("returns", 0.3)), CONFIG, INTENTS)
    assert likely.misses == 0
