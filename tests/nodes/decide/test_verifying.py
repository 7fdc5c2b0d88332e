"""After "please verify your identity": which messages make the call again, and which are about something else."""

from __future__ import annotations

from typing import Any

import pytest

from frontdesk.graph.approved import StepUp
from frontdesk.graph.state import Route, Task, Verdict
from frontdesk.nodes.decide.facts import Facts, Outcome
from frontdesk.nodes.decide.serving import decision
from frontdesk.nodes.decide.verifying import AGAIN, again
from tests.support.small import retail

STEP = StepUp(level="strong", tool="cancel_order", arguments={"order_id": "10482"}, intent="cancel_order", turn="t")
TASK = Task(intent="cancel_order", turns=1, started=0)
MISSED = decision("clarify", "route:unclear")
ROWS: list[tuple[str, str, Any, str, bool]] = [
    ("done", "done", MISSED, "allow", True),
    ("more words", "ok I have verified myself now, go on", MISSED, "allow", True),
    ("yes", "yes", MISSED, "allow", True),
    ("thanks, which is small talk", "thanks", decision("respond", intent="greeting"), "allow", True),
    ("what sounds like help", "I have signed in again", decision("respond", intent="sign_in_help"), "allow", True),
    ("the same request again", "cancel order 10482", decision("respond", intent="cancel_order"), "allow", True),
    ("another request", "where is order 10377", decision("respond", intent="order_status"), "allow", False),
    ("a question of a page", "what does delivery cost", decision("respond", intent="delivery_cost"), "allow", False),
    ("a question of nothing", "are you a robot?", MISSED, "allow", False),
    ("no", "no", MISSED, "allow", False),
    ("never mind", "never mind", MISSED, "allow", False),
    ("for a person", "a person please", decision("handoff", "route:asked"), "allow", False),
    ("refused by a guard", "done", decision("refuse", "guard:refuse"), "refuse", False),
    ("raised by a guard", "done", MISSED, "raise", False),
]


@pytest.mark.parametrize(
    ("text", "decided", "verdict", "made"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_again(text: str, decided: Any, verdict: Any, made: bool) -> None:
    said = Verdict(outcome=verdict, rules=[], score=0.0)  # type: ignore[typeddict-item]
    route = Route(intent="", confidence=0.0, accepted=False, alternatives=[])  # type: ignore[typeddict-item]
    facts = Facts(text, said, route, covered=False, task=TASK, proposal=None, misses=0, turn=1, now=0.0, asked=False)
    outcome = again(Outcome(decided, None, None, 0), facts, STEP, retail().intents)
    assert (AGAIN in outcome.decision["reasons"]) is made
    if made:
        assert (outcome.decision["intent"], outcome.task and outcome.task["turns"]) == ("cancel_order", 2)


def test_without_a_step_nothing_changes() -> None:
    said: Any = {"outcome": "allow", "rules": []}
    route: Any = {"intent": "", "confidence": 0.0, "accepted": False, "alternatives": []}
    facts = Facts("done", said, route, covered=False, task=TASK, proposal=None, misses=0, turn=1, now=0.0, asked=False)
    before = Outcome(MISSED, None, None, 0)
    assert again(before, facts, None, retail().intents) is before
    gone = StepUp(**{**STEP, "intent": "no_longer_there"})
    assert again(before, facts, gone, retail().intents) is before
