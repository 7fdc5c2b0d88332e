"""What tier 2 reads of a raised session, and what its word may lift."""

from __future__ import annotations

from typing import Any

import pytest

from frontdesk.desk.config import DeskConfig
from frontdesk.desk.guarding import ChannelRule, GuardRule
from frontdesk.graph.deps import Past
from frontdesk.graph.state import Channel, Outcome, Session, Verdict
from frontdesk.nodes.guard.check import Check, Evidence
from frontdesk.nodes.guard.guard import InputGuardRail
from frontdesk.nodes.guard.quiet import register_validator
from frontdesk.nodes.guard.session import PIECE, advanced, opened, unread

SAID = ("the first", "the second", "the third")
TEXT = "the fourth"


@register_validator("frontdesk/even", data_type="string")
class Even(Check):  # type: ignore[misc]
    """Finds the same evidence in every text."""

    def __init__(self, score: float) -> None:
        super().__init__(on_fail="noop")
        self.score = score

    def inspect(self, text: str, seen: Any, *, channel: Any = "user") -> Evidence:
        return Evidence(self.score, ("x.even",))


class Judge:
    """A second tier that clears everything, or says what it is told."""

    def __init__(self, outcome: Outcome = "allow") -> None:
        self.outcome: Outcome = outcome
        self.read: list[str] = []

    async def judge(self, text: str, channel: Channel, first: Verdict) -> Verdict:
        self.read.append(text)
        return Verdict(outcome=self.outcome, rules=["tier2:said"], score=0.0)


def after(*scores: float) -> Session:
    """The session of a thread whose messages had these scores."""
    session = opened()
    for score in scores:
        session = advanced(Past(session=session), score)
    return session


async def judged(
    judge: Judge, before: Session, *, alone: float = 0.24, earlier: tuple[str, ...] = SAID, **guards: GuardRule
) -> Verdict:
    config = DeskConfig(name="desk", business="Desk", guards={"even": GuardRule(), **guards})
    rail = InputGuardRail(config, checks={"even": Even(alone)}, tier2=judge)
    return await rail.check(TEXT, "user", Past(session=before, earlier=earlier))


async def test_a_sum_is_judged_with_the_messages_that_it_is_of() -> None:
    judge = Judge()

    await judged(judge, after(0.24, 0.24, 0.24))

    assert judge.read == ["the first the second the third the fourth"]


async def test_what_is_no_more_than_the_message_is_judged_alone() -> None:
    judge = Judge()

    await judged(judge, opened(), alone=0.3)

    assert judge.read == [TEXT]


@pytest.mark.parametrize(
    ("word", "session", "earlier", "outcome"),
    [
        ("all of it was read", after(0.24, 0.24, 0.24), SAID, "allow"),
        ("a customer whose every message sounds a little odd", after(*[0.3] * 12), SAID, "allow"),
        ("one was refused, and is not among them", after(0.2, 0.2, 0.9), SAID, "raise"),
        ("one is longer than what is read of it", after(0.24, 0.24, 0.24), (*SAID[:2], "x" * (PIECE + 1)), "raise"),
        ("nothing of it is there", after(0.24, 0.24, 0.24), (), "raise"),
    ],
)
async def test_clearing_lifts_what_was_read(
    word: str, session: Session, earlier: tuple[str, ...], outcome: Outcome
) -> None:
    verdict = await judged(Judge(), session, earlier=earlier)

    assert verdict["outcome"] == outcome, word


@pytest.mark.parametrize("said", ["raise", "unsure", "refuse"])
async def test_an_objection_counts_as_it_is(said: Outcome) -> None:
    assert (await judged(Judge(said), after(0.2, 0.2, 0.9)))["outcome"] == said


@pytest.mark.parametrize(
    "rule", [GuardRule(shadow=True), GuardRule(action="flag"), GuardRule(enabled=False)], ids=["shadow", "flag", "off"]
)
async def test_a_session_that_changes_nothing_holds_nothing(rule: GuardRule) -> None:
    judge = Judge()

    verdict = await judged(judge, after(0.2, 0.2, 0.9), alone=0.3, session=rule)

    assert (verdict["outcome"], judge.read) == ("allow", [TEXT])


async def test_a_watching_tier_lifts_nothing() -> None:
    rule = GuardRule(channels={"user": ChannelRule(shadow=True)})

    assert (await judged(Judge(), after(0.24, 0.24, 0.24), tier2=rule))["outcome"] == "raise"


@pytest.mark.parametrize(
    ("scores", "earlier", "left"),
    [
        ([0.24, 0.24], SAID[:2], 0.0),
        ([0.24, 0.24, 0.24], (), 0.2411),
        ([0.24, 0.24], SAID[:1], 0.1432),
        ([0.1, 0.1], (), 0.0),
    ],
    ids=["all read", "none read", "the last of two read", "no evidence"],
)
def test_what_is_left_unread(scores: list[float], earlier: tuple[str, ...], left: float) -> None:
    past = Past(session=after(*scores), earlier=earlier)

    assert unread(past, 0.2, 0.5) == pytest.approx(left, abs=0.001)
