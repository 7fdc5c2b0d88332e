"""An annoyed customer: served and offered a person at first, handed over the second time."""

from __future__ import annotations

from typing import Any

import pytest

from frontdesk.graph.state import Decision, Task, Upset
from frontdesk.nodes.decide.facts import Outcome
from frontdesk.nodes.decide.serving import decision
from frontdesk.nodes.decide.upset import eased, is_offered, upset_after

TURN = 4
ONCE, TWICE = Upset(times=1, turn=TURN), Upset(times=2, turn=TURN)
TASK = Task(intent="cancel_order", turns=1, started=0)


def state(mood: float | None, upset: Upset | None = None, **more: Any) -> Any:
    route = {} if mood is None else {"mood": mood}
    return {"route": route, "turn": {"index": TURN}, "upset": upset, **more}


@pytest.mark.parametrize(
    ("mood", "before", "after"),
    [
        (None, None, None),
        (0.79, None, None),
        (0.8, None, ONCE),
        (0.9, Upset(times=1, turn=2), TWICE),
        (0.1, Upset(times=1, turn=2), Upset(times=1, turn=2)),
        (0.9, ONCE, ONCE),  # the next request of the same message
    ],
)
def test_only_annoyed_messages_count(mood: float | None, before: Upset | None, after: Upset | None) -> None:
    assert upset_after(state(mood, before), 0.8) == after


def test_a_bound_of_nothing_takes_words_to_be_annoyed() -> None:
    assert upset_after(state(0.0), 0.0) is None
    assert upset_after({"turn": {"index": TURN}}, 0.0) is None  # type: ignore[typeddict-item]


@pytest.mark.parametrize(
    ("decided", "upset", "stage", "reason"),
    [
        (decision("respond", "route:accepted", intent="cancel_order"), ONCE, "respond", "mood:offered"),
        (decision("respond", "route:accepted", intent="cancel_order"), TWICE, "handoff", "mood:handed"),
        (decision("clarify", "route:unclear", intent="cancel_order"), ONCE, "handoff", "mood:handed"),
        (decision("clarify", "task:dropped"), ONCE, "clarify", "mood:offered"),
        (decision("clarify", "route:out_of_scope"), ONCE, "handoff", "mood:handed"),
        (decision("confirm", "proposal:approved", answer="approve"), TWICE, "confirm", "proposal:approved"),
        (decision("refuse", "guard:refuse"), TWICE, "refuse", "guard:refuse"),
        (decision("handoff", "route:asked"), TWICE, "handoff", "route:asked"),
        (decision("respond", "route:accepted"), Upset(times=5, turn=TURN - 1), "respond", "route:accepted"),
        (decision("respond", "route:accepted"), None, "respond", "route:accepted"),
    ],
)
def test_what_becomes_of_the_turn(decided: Decision, upset: Upset | None, stage: str, reason: str) -> None:
    after = eased(Outcome(decided, TASK, None, 1, waiting=(TASK,)), upset, TURN)
    assert (after.decision["stage"], after.decision["reasons"][-1]) == (stage, reason)
    if reason == "mood:handed":
        assert (after.task, after.waiting, after.misses) == (None, (), 0)
        assert after.commands[0]["kind"] == "handoff"


@pytest.mark.parametrize(
    ("changes", "offered"),
    [
        ({}, True),
        ({"upset": TWICE}, False),
        ({"upset": Upset(times=1, turn=TURN - 1)}, False),
        ({"decision": decision("confirm", "proposal:approved")}, False),
        ({"ticket": {"id": "t"}}, False),
        ({"upset": None}, False),
    ],
)
def test_the_offer_is_said_once(changes: dict[str, Any], offered: bool) -> None:
    assert is_offered({**state(0.9, ONCE, decision=decision("respond", "x")), **changes}) is offered
