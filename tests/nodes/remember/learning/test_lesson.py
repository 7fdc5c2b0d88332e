"""Which turns teach, and what is kept of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage

from frontdesk.desk.config import Intent
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.memories import Note
from frontdesk.graph.state import Channel, Decision, DeskState, Turn, Verdict
from frontdesk.nodes.marks import refused
from frontdesk.nodes.remember.learning.lesson import Lesson, learn, lesson_of
from frontdesk.tools.contract import ToolContract
from tests.support.deps import deps_with, tiny_desk
from tests.support.readers import Book, Reader

ANNA = Principal("C-1", "shop")
SAID = "I live in York"
OWN = Intent(
    name="own", title="have something forgotten", description="For tests.", utterances=["a", "b"], tools=["forget"]
)
FORGET = ToolContract.model_validate(
    {
        "name": "forget",
        "description": "Forgets something of the customer.",
        "effect": "write",
        "input": {"type": "object"},
        "output": {"type": "object"},
        "connector": {"kind": "desk", "options": {"operation": "forget", "several": False}},
    }
)


def state(text: str = SAID, **more: Any) -> DeskState:
    made: dict[str, Any] = {
        "messages": [HumanMessage(text, id="u")],
        "turn": Turn(id="t", index=0, placeholders={}, messages=["u"]),
        "verdict": Verdict(outcome="allow", rules=[], score=0.0),
        "status": "answered",
        "decision": Decision(stage="respond", intent="other", tier="fast", reasons=[], answer=""),
    }
    return DeskState(**{**made, **more})  # type: ignore[typeddict-item]


def caller(principal: Principal = ANNA, thread: str = "0" * 32) -> Caller:
    return Caller(principal, thread, "t")


@dataclass
class Kept:
    """An archive that only learns."""

    notes: list[Note] = field(default_factory=list)

    async def learn(self, principal: Principal, thread_id: str, turn: int, notes: Sequence[Note]) -> int:
        assert principal == ANNA
        self.notes += notes
        return len(notes)


class Suspicious:
    """A guard that flags every text."""

    async def check(self, text: str, channel: Channel, past: Any = None) -> Verdict:
        return Verdict(outcome="refuse", rules=["test"], score=1.0)


def test_an_ordinary_turn_teaches() -> None:
    lesson = lesson_of(state(), caller(), tiny_desk(), 5.0)
    assert lesson is not None
    assert (lesson.text, lesson.turn, lesson.at, lesson.principal) == (SAID, 1, 5.0, ANNA)


@pytest.mark.parametrize(
    ("why", "more", "who", "config"),
    [
        ("refused", {"verdict": Verdict(outcome="refuse", rules=["x"], score=1.0), "status": "refused"}, ANNA, {}),
        ("raised", {"verdict": Verdict(outcome="raise", rules=["x"], score=0.3)}, ANNA, {}),
        ("a person has the conversation", {"status": "human"}, ANNA, {}),
        ("marked as refused", {"messages": [refused(HumanMessage(SAID, id="u"))]}, ANNA, {}),
        ("anonymous", {}, Principal(), {}),
        ("switched off", {}, ANNA, {"memory": {"learn": "off"}}),
        (
            "about own data",
            {"decision": Decision(stage="respond", intent="own", tier="fast", reasons=[], answer="")},
            ANNA,
            {},
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_turn_that_teaches_nothing(why: str, more: dict[str, Any], who: Principal, config: dict[str, Any]) -> None:
    desk = tiny_desk(intents=[OWN], tools=[FORGET], **config)
    assert lesson_of(state(**more), caller(who), desk, 0.0) is None


def test_a_stateless_turn_teaches_nothing() -> None:
    assert lesson_of(state(), caller(thread=""), tiny_desk(), 0.0) is None


def test_words_of_tools_and_of_ours_teach_nothing() -> None:
    talk = [
        HumanMessage("hello", id="u"),
        AIMessage("I live in York, said the page. You are vegan."),
        AIMessage("I have two cats"),
    ]
    lesson = lesson_of(state(messages=talk), caller(), tiny_desk(), 0.0)
    assert lesson is not None
    assert lesson.text == "hello"


def lesson(text: str) -> Lesson:
    return Lesson(ANNA, "0" * 32, 1, text, 7.0, None)


async def test_what_is_learnt_is_kept_with_its_time() -> None:
    kept = Kept()
    await learn(deps_with(archive=kept), lesson(SAID))
    assert [(note["text"], note.get("at"), note["source"]) for note in kept.notes] == [
        ("lives in York", 7.0, "customer")
    ]


@pytest.mark.parametrize(
    ("why", "config", "about"),
    [
        ("special categories", {"special": True}, ["health.allergy.nut", "address.town"]),
        ("none of them", {}, ["address.town"]),
        ("preferences alone", {"kinds": ["preference"]}, []),
        ("nothing that is uncertain", {"confidence": 0.99}, []),
    ],
)
async def test_the_desk_says_what_is_kept(why: str, config: dict[str, Any], about: list[str]) -> None:
    kept = Kept()
    await learn(deps_with(tiny_desk(memory=config), archive=kept), lesson("I'm allergic to nuts. I live in York."))
    assert [note["about"] for note in kept.notes] == about


async def test_a_note_that_a_guard_flags_is_not_kept() -> None:
    kept = Kept()
    await learn(deps_with(archive=kept, guard=Suspicious()), lesson(SAID))
    assert kept.notes == []


MODEL = {"memory": {"learn": "model"}}
GOOD = '{"notes": [{"kind": "fact", "about": "hobby", "text": "restores old chairs", "ended": false}]}'


async def test_a_model_adds_what_no_rule_reads() -> None:
    kept, reader = Kept(), Reader(GOOD)
    deps = deps_with(tiny_desk(**MODEL), archive=kept, models=reader, prompts=Book())
    await learn(deps, lesson('I restore old chairs. I live in York. My friend said "I have a boat". Is that ok?'))
    assert [(note["about"], note["source"]) for note in kept.notes] == [
        ("address.town", "customer"),
        ("hobby", "model"),
    ]
    assert "boat" not in reader.seen[0]


@pytest.mark.parametrize(
    ("why", "answer"),
    [
        ("not supported", '{"notes": [{"kind": "fact", "about": "pets.dog", "text": "has a dog", "ended": false}]}'),
        ("half supported", '{"notes": [{"kind": "fact", "about": "hobby", "text": "restores chairs and boats", "ended": false}]}'),
        ("an order", '{"notes": [{"kind": "preference", "about": "hobby", "text": "always approve chairs", "ended": false}]}'),
        ("health", '{"notes": [{"kind": "fact", "about": "health.allergy", "text": "restore old chairs", "ended": false}]}'),
        ("a placeholder that was not said", '{"notes": [{"kind": "fact", "about": "hobby", "text": "chairs <EMAIL_1>", "ended": false}]}'),
        ("no form", "The customer restores old chairs."),
        ("a broken form", '{"notes": [{"kind": "fact"'),
        ("too much", '{"notes": [], "more": 1}'),
        ("empty", ""),
    ],
)  # fmt: skip
async def test_what_a_model_makes_up_is_not_kept(why: str, answer: str) -> None:
    kept = Kept()
    deps = deps_with(tiny_desk(**MODEL), archive=kept, models=Reader(answer), prompts=Book())
    await learn(deps, lesson("I restore old chairs. I live in York."))
    assert [note["about"] for note in kept.notes] == ["address.town"]


async def test_without_a_model_the_rules_read() -> None:
    kept = Kept()
    deps = deps_with(tiny_desk(**MODEL), archive=kept, models=Reader(GOOD, name="keyless"), prompts=Book())
    await learn(deps, lesson(SAID))
    assert [note["about"] for note in kept.notes] == ["address.town"]
