"""Which turns the cache may serve: each reason not to, one at a time."""

from __future__ import annotations

from typing import Any

import pytest
from langchain_core.messages import HumanMessage

from frontdesk.desk.config import Intent
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.memories import Memory
from frontdesk.graph.state import (
    Decision,
    DeskState,
    Proposal,
    Recall,
    Route,
    Segment,
    Session,
    Task,
    Turn,
    Verdict,
    Withheld,
)
from frontdesk.nodes.cached.alone import shown_to_models
from frontdesk.nodes.cached.eligible import CACHEABLE, is_cacheable, why_not, with_cache
from frontdesk.nodes.decide.facts import Outcome
from tests.support.deps import deps_with, tiny_desk

WARRANTY: dict[str, Any] = {
    "name": "warranty",
    "title": "use the warranty",
    "description": "For tests.",
    "utterances": ["a", "b"],
    "pages": ["warranty"],
    "cacheable": True,
}
CALLER = Caller(Principal("C-1", "shop"), "0" * 32, "t")
TEXT = "how long is the warranty on lamps?"
CACHE = object()
TASK = Task(intent="warranty", turns=1, started=0)
DECISION = Decision(stage="respond", intent="warranty", tier="fast", reasons=["route:accepted"], answer="")
PROPOSAL = Proposal(id="p", tool="cancel", arguments={}, question="?", turn_id="t", expires_at=0.0)
SEGMENT = Segment(text="how long", intent="warranty", confidence=0.9, accepted=True)


class Hosted:
    """Models that are hosted, or none."""

    def __init__(self, name: str = "openai:one") -> None:
        self.name = name

    def describe(self, role: str) -> str:
        return self.name


def state(text: str = TEXT, **more: Any) -> DeskState:
    made: dict[str, Any] = {
        "messages": [HumanMessage(text, id="m1")],
        "turn": Turn(id="t", index=0, placeholders={}, messages=["m1"]),
        "verdict": Verdict(outcome="allow", rules=[], score=0.0),
        "session": Session(sum=0.0, scores=[0.0], pace=1.0, at=0.0),
        "route": Route(intent="warranty", confidence=0.9, accepted=True, alternatives=[]),
    }
    return DeskState(**{**made, **more})  # type: ignore[typeddict-item]


def outcome(**more: Any) -> Outcome:
    decision = Decision(**{**DECISION, **more.pop("decision", {})})  # type: ignore[typeddict-item]
    return Outcome(**{"decision": decision, "task": None, "proposal": None, "misses": 0, **more})


def reason(
    made: DeskState | None = None,
    decided: Outcome | None = None,
    *,
    intent: dict[str, Any] | None = None,
    caller: Caller = CALLER,
    model: str = "openai:one",
    cache: Any = CACHE,
) -> str:
    desk = tiny_desk(intents=[Intent(**{**WARRANTY, **(intent or {})})])
    deps = deps_with(desk, models=Hosted(model), cache=cache)
    return why_not(deps, made or state(), caller, decided or outcome())


def test_a_question_of_its_own_may_be_cached() -> None:
    assert reason() == ""
    assert reason(decided=outcome(decision={"reasons": ["route:accepted", "tier:success"]})) == ""
    assert reason(decided=outcome(decision={"tier": "reasoning"})) == ""


NOT_THE_INTENT = {
    "not marked": ({"cacheable": False}, {}),
    "tools": ({"tools": ["get_order"]}, {}),
    "a person": ({"handoff": True}, {}),
    "another intent": ({}, {"intent": "other"}),
    "deterministic": ({}, {"tier": "deterministic"}),
    "clarify": ({}, {"stage": "clarify"}),
}


@pytest.mark.parametrize(("intent", "decision"), NOT_THE_INTENT.values(), ids=NOT_THE_INTENT.keys())
def test_other_intents_and_stages_are_not(intent: dict[str, Any], decision: dict[str, Any]) -> None:
    assert reason(intent=intent, decided=outcome(decision=decision)) == "intent"


def test_nothing_is_where_there_is_no_cache_no_thread_or_no_hosted_model() -> None:
    assert reason(cache=None) == "off"
    assert reason(caller=Caller(Principal("C-1", "shop"), "", "t")) == "off"
    assert reason(model="keyless") == "intent"


LATER = Turn(id="t", index=1, placeholders={}, messages=["m1"])
LONG = "can you please tell me how long they are valid for?"


def test_what_could_point_back_does_so_only_where_something_was_said() -> None:
    assert reason(state(LONG)) == ""
    assert reason(state(turn=LATER)) == ""


IN_A_CONVERSATION = {
    "a pronoun in a long message": (state(LONG, turn=LATER), outcome()),
    "another one": (state("is the other sofa also under warranty for two years?", turn=LATER), outcome()),
    "task before": (state(task=TASK), outcome()),
    "task after": (state(), outcome(task=TASK)),
    "waiting before": (state(waiting=[TASK]), outcome()),
    "waiting after": (state(), outcome(waiting=(TASK,))),
    "part of a message": (state(), outcome(words="how long")),
    "proposal": (state(proposal=PROPOSAL), outcome()),
    "several requests": (state(route={**state()["route"], "segments": [SEGMENT, SEGMENT]}), outcome()),
    "continues": (state(), outcome(decision={"reasons": ["turn:continues"]})),
    "not accepted": (state(), outcome(decision={"reasons": ["recall:covered"]})),
    "another reason": (state(), outcome(decision={"reasons": ["proposal:withdrawn", "route:accepted"]})),
    "ellipsis": (state("and for sofas?"), outcome()),
    "pronoun": (state("how long is it valid"), outcome()),
    "a value": (state("what about 109?"), outcome()),
    "a person owns it": (state(ticket={"id": "T-1", "reason": "asked", "opened_at": 0.0}), outcome()),
}


@pytest.mark.parametrize(("made", "decided"), IN_A_CONVERSATION.values(), ids=IN_A_CONVERSATION.keys())
def test_what_leans_on_the_conversation_is_not(made: DeskState, decided: Outcome) -> None:
    assert reason(made, decided) == "conversation"


SUSPICIOUS = {
    "refused": state(verdict=Verdict(outcome="refuse", rules=["injection.x"], score=0.9)),
    "raised": state(verdict=Verdict(outcome="raise", rules=["encoding.x"], score=0.6)),
    "a rule fired": state(verdict=Verdict(outcome="allow", rules=["abuse.insult"], score=0.2)),
    "no verdict": state(verdict=None),
    "an earlier message": state(session=Session(sum=0.2, scores=[0.4], pace=1.0, at=0.0)),
    "withheld": state(withheld=Withheld(turn="t", channels=["document"], rules=["r"], score=0.9, pieces=1)),
}


@pytest.mark.parametrize("made", SUSPICIOUS.values(), ids=SUSPICIOUS.keys())
def test_nobody_suspicious_fills_the_cache(made: DeskState) -> None:
    assert reason(made) == "guard"


def test_what_was_withheld_in_another_turn_is_over() -> None:
    old = Withheld(turn="before", channels=["document"], rules=["r"], score=0.9, pieces=1)
    assert reason(state(withheld=old)) == ""


def test_a_language_that_the_desk_does_not_speak_is_not() -> None:
    assert reason(state(route={**state()["route"], "language": "en"})) == ""
    assert reason(state(route={**state()["route"], "language": "fi"})) == "language"


PERSONAL = {
    "counted": state(turn=Turn(id="t", index=0, placeholders={"EMAIL": 1}, messages=["m1"])),
    "an order": state("how long is the warranty on order 10482?"),
    "a telephone": state("is 555 12 34 your number?"),
}


@pytest.mark.parametrize("made", PERSONAL.values(), ids=PERSONAL.keys())
def test_nothing_personal_is(made: DeskState) -> None:
    assert reason(made) == "personal"


@pytest.mark.parametrize("text", ["is <EMAIL_1> under warranty", "war\u200branty", "warranty " * 50])
def test_no_odd_text_is(text: str) -> None:
    assert reason(state(text)) == "form"


def test_several_messages_at_once_are_not() -> None:
    messages = [HumanMessage("hello", id="m0"), HumanMessage(TEXT, id="m1")]
    turn = Turn(id="t", index=0, placeholders={}, messages=["m0", "m1"])
    assert reason(state(messages=messages, turn=turn)) == "form"


def test_the_decision_says_so_once_and_only_then() -> None:
    deps = deps_with(tiny_desk(intents=[Intent(**WARRANTY)]), models=Hosted(), cache=object())
    made = with_cache(deps, state(), CALLER, outcome())
    assert made["reasons"] == ["route:accepted", CACHEABLE]
    assert is_cacheable(state(decision=made))
    assert with_cache(deps, state(task=TASK), CALLER, outcome()) == DECISION
    assert not is_cacheable(state(decision=DECISION))
    assert not is_cacheable(state())


def test_a_model_sees_nothing_but_the_message_of_such_a_turn() -> None:
    recall = {"passages": [], "episodes": ["came for a sofa"]}
    older = [HumanMessage("my name is Anna", id="m0"), HumanMessage(TEXT, id="m1")]
    made = with_cache(
        deps_with(tiny_desk(intents=[Intent(**WARRANTY)]), models=Hosted(), cache=object()), state(), CALLER, outcome()
    )
    full = state(messages=older, summary="- Anna", details=["asked: a"], recall=recall, decision=made)
    seen = shown_to_models(full)
    assert [message.text for message in seen["messages"]] == [TEXT]
    assert "Anna" not in str({key: value for key, value in seen.items() if key != "decision"})
    assert (seen["summary"], seen["details"], seen["recall"]["episodes"]) == ("", [], [])
    plain = state(messages=older, decision=DECISION)
    assert shown_to_models(plain) is plain


@pytest.mark.parametrize(
    ("kind", "about", "why"),
    [("preference", "reply.length", "memory"), ("preference", "contact.channel", ""), ("fact", "address.town", "")],
)
def test_who_said_how_they_want_to_be_answered_is_not_served_from_it(kind: Any, about: str, why: str) -> None:
    memory = Memory(
        id="m", kind=kind, about=about, text="x", at=1.0, thread="t", turn=1, confidence=1, source="customer"
    )
    recall = Recall(passages=[], episodes=[], memories=[memory])
    assert reason(state(recall=recall)) == why
