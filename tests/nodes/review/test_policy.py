"""The desk's policy per step, the second draft, and the way to a person."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest

from frontdesk.desk.config import Budgets
from frontdesk.desk.reviewing import Review, ReviewPolicy, ReviewRule, Topic
from frontdesk.errors import ConfigurationError
from frontdesk.graph.edges import after_review
from frontdesk.graph.state import DeskState
from frontdesk.nodes.guard.views import readings
from frontdesk.nodes.review.draft import Draft
from frontdesk.nodes.review.judging import Progress, failed, judged
from frontdesk.nodes.review.reasons import reasons
from frontdesk.nodes.review.registry import known_steps
from frontdesk.nodes.review.repair import may_hand_off, may_repair
from frontdesk.nodes.review.reviewer import OutputReviewer
from frontdesk.nodes.review.turn import TurnFacts
from tests.nodes.review.conftest import PatternScrubber

RUDE = "Your lamp is here. You are an idiot."


def reviewer(**rules: Any) -> OutputReviewer:
    topics = {"press": Topic(triggers=["journalist"], say="Ask {business}.", handoff=True)}
    given = Review(steps={name: ReviewRule(**rule) for name, rule in rules.items()}, topics=topics)
    return OutputReviewer(PatternScrubber(), readings, rules=given, business="Fernhill")


@pytest.mark.parametrize(
    ("rule", "text", "blocked", "repair", "handoff", "findings"),
    [
        ({}, "", True, ("tone:insult",), False, ("tone:insult",)),
        ({"otherwise": "handoff"}, "", True, ("tone:insult",), True, ("tone:insult",)),
        ({"action": "block"}, "", True, (), False, ("tone:insult",)),
        ({"action": "mask"}, "Your lamp is here.", False, (), False, ("tone:insult",)),
        ({"action": "flag"}, RUDE, False, (), False, ("tone:insult",)),
        ({"shadow": True}, RUDE, False, (), False, ("shadow:tone:insult",)),
        ({"enabled": False}, RUDE, False, (), False, ()),
    ],
    ids=["repair", "else a person", "block", "mask", "flag", "shadow", "off"],
)
async def test_the_policy_decides(
    rule: dict[str, Any], text: str, blocked: bool, repair: tuple[str, ...], handoff: bool, findings: tuple[str, ...]
) -> None:
    found = await reviewer(tone=rule).review(RUDE, [], {})
    assert (found.text, found.blocked, found.repair, found.handoff) == (text, blocked, repair, handoff)
    assert found.findings == findings


async def test_the_desks_own_words_are_recorded_and_not_repaired() -> None:
    found = await reviewer().review(RUDE, [], {}, turn=TurnFacts(stage="clarify"))
    assert (found.text, found.blocked, found.findings) == (RUDE, False, ("tone:insult",))


async def test_a_topic_ends_the_review_with_the_desks_words() -> None:
    found = await reviewer().review(RUDE, [], {}, turn=TurnFacts(asked="I'm a journalist"))
    assert (found.text, found.blocked, found.handoff, found.findings) == (
        "Ask Fernhill.",
        False,
        True,
        ("topic:press",),
    )


async def test_a_prefix_is_judged_without_the_steps_that_need_the_whole() -> None:
    short = reviewer(length={"options": {"characters": 5}})
    assert (await short.partial("Your lamp is here.", [], {})).blocked is False
    assert (await short.review("Your lamp is here.", [], {})).repair == ("tone:length",)
    turn = TurnFacts(asked="I'm a journalist")
    assert (await short.partial("Hello.", [], {}, turn=turn)).blocked is True


@pytest.mark.parametrize(("policy", "blocked"), [("closed", True), ("open", False)])
def test_a_step_that_cannot_run(policy: Any, blocked: bool) -> None:
    progress = failed(Progress(Draft("x")), "links", ReviewPolicy(on_unavailable=policy))
    assert (progress.draft.blocked, progress.draft.findings) == (blocked, ("unavailable:links",))


def test_what_cannot_be_masked_blocks() -> None:
    before = Progress(Draft("x"))
    after = judged(before, Draft("x", findings=("odd",)), ReviewPolicy(action="mask"), written=True)
    assert after.draft.blocked and after.over


async def test_unknown_steps_and_options_are_refused() -> None:
    with pytest.raises(ConfigurationError, match="unknown review step nope"):
        reviewer(nope={})
    with pytest.raises(ConfigurationError, match="review step tone"):
        reviewer(tone={"options": {"shout": 1}})


def test_the_order_is_that_of_the_design() -> None:
    order = list(known_steps())
    assert order[:3] == ["controls", "topics", "leak"]
    assert order.index("rescrub") < order.index("citations") < order.index("grounding") < order.index("links")
    assert [name for name, spec in known_steps().items() if not spec.streams] == ["length"]


def state(**fields: Any) -> DeskState:
    path = [{"stage": "respond", "ms": 1000.0, "note": "openai:test"}]
    usage = {"model": "openai:test"}
    return cast(DeskState, {"path": path, "usage": usage, "attempts": 1, "repair": [], **fields})


def step(stage: str, note: str = "") -> dict[str, Any]:
    return {"stage": stage, "ms": 1.0, "note": note}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, True),
        ({"repair": ["tone:insult"]}, False),
        ({"usage": {"model": "keyless"}}, False),
        ({"attempts": Budgets().model_calls}, False),
        ({"path": [step("clarify")]}, False),
        ({"path": [{**step("respond"), "ms": 29_500.0}]}, False),
    ],
    ids=["first draft", "second draft", "keyless", "no call left", "the desk's own words", "no time left"],
)
def test_when_a_model_may_write_again(fields: dict[str, Any], expected: bool) -> None:
    assert may_repair(state(**fields), Budgets()) is expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, True),
        ({"decision": {"stage": "refuse"}}, False),
        ({"ticket": {"id": "T-1"}}, False),
        ({"path": [step("handoff")]}, False),
    ],
    ids=["yes", "refused by a guard", "a person has it", "tried already"],
)
def test_when_a_person_may_take_over(fields: dict[str, Any], expected: bool) -> None:
    assert may_hand_off(state(**fields)) is expected


@pytest.mark.parametrize(
    ("note", "stage"),
    [
        ("repair:tone:insult", "respond"),
        ("handoff:promise:refund", "handoff"),
        ("blocked:leak:prompt", "remember"),
        ("clean", "remember"),
        ("", "remember"),
    ],
)
def test_where_a_reviewed_turn_goes(note: str, stage: str) -> None:
    assert after_review(state(path=[step("review", note)])) == stage


def test_every_finding_has_a_reason_in_words() -> None:
    told = reasons(["promise:refund", "promise:discount", "tone:length", "validator:mine"])
    assert len(told) == 3
    assert all(reason.endswith(".") for reason in told)


async def test_a_slow_validator_counts_as_unavailable() -> None:
    async def slow(draft: Draft, facts: object) -> Draft:
        await asyncio.Event().wait()
        return draft

    made = OutputReviewer(PatternScrubber(), readings, steps={"slow": cast(Any, slow)})
    found = await made.review("x", [], {})
    assert (found.blocked, found.findings) == (True, ("unavailable:slow",))
