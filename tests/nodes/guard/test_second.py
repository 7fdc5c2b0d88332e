"""Tier 2 as a whole: what opinions change, when it is asked, and what a judge that failed leads to."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import dataclass
from typing import Any

import pytest

from frontdesk.desk.config import GuardRule
from frontdesk.errors import ConfigurationError
from frontdesk.graph.state import Channel, Outcome, Verdict
from frontdesk.nodes.guard.guard import InputGuardRail
from frontdesk.nodes.guard.second import LOST, Asking, Opinion, SecondTiers, by_score, combined
from tests.support.deps import tiny_desk
from tests.support.judges import RAISING, SUSPICIOUS, rules_alone

OUTCOMES: tuple[Outcome, ...] = ("allow", "raise", "unsure", "refuse")
SEVERITY = {outcome: place for place, outcome in enumerate(OUTCOMES)}
ATTACK = Opinion("refuse", 0.9, ("tier2:model:override",), "override", "sets_rules_aside")
DOUBT = Opinion("raise", 0.4, ("tier2:local:doubtful",), "attack", "classifier")
CLEAR = Opinion("allow", 0.05, ("tier2:model:none",), "none", "ordinary")
SAD = Opinion("unsure", 0.4, ("tier2:moderation:self_harm",), "self_harm", "moderation")
SILENT = Opinion(None)


def first(outcome: Outcome = "raise", score: float = 0.3) -> Verdict:
    return Verdict(outcome=outcome, rules=["extraction.prompt"], score=score)


@dataclass
class Says:
    """Implements ``Judge``: says one thing, raises it, or never answers."""

    said: Opinion | Exception | None
    kind: str = "model"
    seconds: float = 5.0
    asked: int = 0

    async def opinion(self, text: str, channel: Channel, *, clearing: bool) -> Opinion:
        self.asked += 1
        if self.said is None:
            await asyncio.Event().wait()
        if isinstance(self.said, Exception):
            raise self.said
        assert isinstance(self.said, Opinion)
        return self.said


@pytest.mark.parametrize(
    ("word", "given", "said", "outcome"),
    [
        ("one clears", "raise", [CLEAR], "allow"),
        ("one confirms", "raise", [DOUBT], "raise"),
        ("one refuses", "raise", [ATTACK], "refuse"),
        ("a person should see it", "raise", [SAD], "unsure"),
        ("nobody has an opinion", "raise", [SILENT, SILENT], "raise"),
        ("nobody at all", "raise", [], "raise"),
        ("the most severe of two", "raise", [CLEAR, ATTACK], "refuse"),
        ("refusal before a person", "raise", [SAD, ATTACK], "refuse"),
        ("silence does not hinder clearing", "raise", [SILENT, CLEAR], "allow"),
        ("doubt hinders clearing", "raise", [CLEAR, DOUBT], "raise"),
        ("what tier 1 let through is refused", "allow", [ATTACK], "refuse"),
        ("what tier 1 let through is raised", "allow", [DOUBT], "raise"),
        ("what tier 1 let through stays", "allow", [CLEAR], "allow"),
    ],
)
def test_the_most_severe_opinion_counts(word: str, given: Outcome, said: list[Opinion], outcome: Outcome) -> None:
    assert combined(first(given), said, lost=False, closed=True)["outcome"] == outcome, word


@pytest.mark.parametrize("given", ["refuse", "unsure"])
@pytest.mark.parametrize("said", [CLEAR, DOUBT, SILENT, SAD])
@pytest.mark.parametrize(("lost", "closed"), list(itertools.product([True, False], repeat=2)))
def test_what_tier_1_settled_is_never_lowered(given: Outcome, said: Opinion, lost: bool, closed: bool) -> None:
    outcome = combined(first(given), [said], lost=lost, closed=closed)["outcome"]
    assert SEVERITY[outcome] >= SEVERITY[given]


def test_the_verdict_carries_both_tiers() -> None:
    verdict = combined(first(), [CLEAR, ATTACK], lost=True, closed=True)
    assert verdict == {
        "outcome": "refuse",
        "rules": ["tier2:model:override", "tier2:model:none", "extraction.prompt", LOST],
        "score": 0.9,
        "category": "override",
        "reason": "sets_rules_aside",
    }


def test_the_score_is_the_higher_one() -> None:
    assert combined(first(score=0.45), [CLEAR], lost=False, closed=True)["score"] == 0.45


FAILURES: list[tuple[str, Opinion | Exception | None]] = [
    ("raises", ValueError("customer words")),
    ("never answers", None),
    ("times out by itself", TimeoutError()),
]


@pytest.mark.parametrize(("word", "said"), FAILURES)
@pytest.mark.parametrize("given", ["allow", "raise"])
async def test_a_judge_that_fails(
    word: str, said: Opinion | Exception | None, given: Outcome, caplog: pytest.LogCaptureFixture
) -> None:
    closed = await SecondTiers([Says(said, seconds=0.02)]).judge("text", "user", first(given))
    opened = await SecondTiers([Says(said, seconds=0.02)], "open").judge("text", "user", first(given))
    assert (closed["outcome"], closed["rules"][-1]) == ("unsure", LOST), word
    assert (opened["outcome"], opened["rules"][-1]) == (given, LOST), word
    assert "customer words" not in caplog.text
    assert "second tier model could not judge" in caplog.text


@pytest.mark.parametrize(
    ("word", "other", "closed", "opened"),
    [
        ("another refuses", ATTACK, "refuse", "refuse"),
        ("another clears", CLEAR, "unsure", "allow"),
        ("another doubts", DOUBT, "unsure", "raise"),
    ],
)
async def test_one_of_two_fails(word: str, other: Opinion, closed: Outcome, opened: Outcome) -> None:
    lost = Says(ValueError())
    for policy, outcome in (("closed", closed), ("open", opened)):
        verdict = await SecondTiers([lost, Says(other)], policy).judge("text", "user", first())  # type: ignore[arg-type]
        assert verdict["outcome"] == outcome, (word, policy)


async def test_a_cancelled_turn_is_cancelled() -> None:
    task = asyncio.create_task(SecondTiers([Says(None)]).judge("text", "user", first()))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_judges_are_asked_side_by_side() -> None:
    met = asyncio.Barrier(2)

    class Meets(Says):
        async def opinion(self, text: str, channel: Channel, *, clearing: bool) -> Opinion:
            await met.wait()
            return CLEAR

    verdict = await SecondTiers([Meets(None), Meets(None)]).judge("text", "user", first())
    assert verdict["outcome"] == "allow"


@pytest.mark.parametrize(
    ("action", "given", "outcome"),
    [("refuse", "raise", "refuse"), ("raise", "raise", "raise"), ("raise", "allow", "raise"), ("flag", "allow", "allow"),
     ("flag", "raise", "raise"), ("raise", "refuse", "refuse"), ("flag", "refuse", "refuse")],
)  # fmt: skip
async def test_the_action_is_the_most_that_an_attack_leads_to(action: Any, given: Outcome, outcome: Outcome) -> None:
    verdict = await SecondTiers([Says(ATTACK)], action=action).judge("text", "user", first(given))
    assert (verdict["outcome"], verdict["rules"][0]) == (outcome, "tier2:model:override")


@pytest.mark.parametrize(
    ("channel", "action", "outcome"),
    [("tool", "mask", "refuse"), ("tool", "refuse", "refuse"), ("tool", "raise", "raise"), ("tool", "flag", "allow"),
     ("user", "flag", "refuse")],
)  # fmt: skip
async def test_each_channel_has_its_own_action(channel: Channel, action: Any, outcome: Outcome) -> None:
    tier = SecondTiers([Says(ATTACK)], actions={"tool": action})
    assert (await tier.judge("text", channel, first("allow")))["outcome"] == outcome


async def test_flagging_is_no_clearance() -> None:
    verdict = await SecondTiers([Says(CLEAR)], action="raise").judge("text", "user", first())
    assert verdict["outcome"] == "allow"


@pytest.mark.parametrize(
    ("score", "outcome"), [(0, "allow"), (0.24, "allow"), (0.25, "raise"), (0.49, "raise"), (0.5, "refuse"), (1, "refuse")]
)  # fmt: skip
def test_the_common_scale(score: float, outcome: Outcome) -> None:
    assert by_score(score) == outcome


WANTED: list[tuple[str, dict[str, Any], Channel, Outcome, bool]] = [
    ("suspicious", {}, "user", "raise", True),
    ("ordinary", {}, "user", "allow", False),
    ("refused already", {}, "user", "refuse", False),
    ("a person sees it anyway", {}, "user", "unsure", False),
    ("always, ordinary", {"options": {"mode": "always"}}, "user", "allow", True),
    ("always, suspicious", {"options": {"mode": "always"}}, "user", "raise", True),
    ("always, refused already", {"options": {"mode": "always"}}, "user", "refuse", False),
    ("a page", {}, "document", "raise", False),
    ("a page, switched on", {"channels": {"document": {"enabled": True}}}, "document", "raise", True),
    ("a tool result, all switched on", {"enabled": True}, "tool", "raise", True),
    ("always is for customers", {"options": {"mode": "always"}, "enabled": True}, "document", "allow", False),
    ("switched off for customers", {"channels": {"user": {"enabled": False}}}, "user", "raise", False),
]


@pytest.mark.parametrize(("word", "rule", "channel", "outcome", "wanted"), WANTED)
def test_when_it_is_asked(word: str, rule: dict[str, Any], channel: Channel, outcome: Outcome, wanted: bool) -> None:
    assert Asking.by(GuardRule.model_validate(rule)).wanted(first(outcome), channel) is wanted, word


@pytest.mark.parametrize(
    ("rule", "seconds"),
    [
        ({}, 6.0),
        ({"options": {"seconds": 2}}, 3.0),
        ({"options": {"tiers": [{"kind": "model", "seconds": 2}, {"kind": "moderation", "seconds": 8}]}}, 9.0),
        ({"timeout": 1.5, "options": {"seconds": 2}}, 1.5),
    ],
)
def test_its_time_is_its_own(rule: dict[str, Any], seconds: float) -> None:
    assert Asking.by(GuardRule.model_validate(rule)).seconds == seconds


def test_options_that_are_none_are_said_without_their_values() -> None:
    with pytest.raises(ConfigurationError, match=r"guards\.tier2\.options: tiers.0.model.modle") as raised:
        Asking.by(GuardRule(options={"kind": "model", "modle": "secret-name"}))
    assert "secret-name" not in str(raised.value)


def guarded(judge: Says, **tier2: Any) -> InputGuardRail:
    config = tiny_desk(guards={**RAISING, "tier2": tier2}).config
    tier = SecondTiers([judge], tier2.get("on_unavailable", "closed"))
    return InputGuardRail(config, checks=rules_alone(config), tier2=tier)


@pytest.mark.parametrize(
    ("word", "tier2", "text", "said", "outcome", "asked"),
    [
        ("clears what raised", {}, SUSPICIOUS, CLEAR, "allow", 1),
        ("refuses what raised", {}, SUSPICIOUS, ATTACK, "refuse", 1),
        ("is not asked otherwise", {}, "Where is my order 10482?", ATTACK, "allow", 0),
        ("always", {"options": {"mode": "always"}}, "Where is my order 10482?", ATTACK, "refuse", 1),
        ("watches", {"shadow": True}, SUSPICIOUS, ATTACK, "raise", 1),
        ("fails", {}, SUSPICIOUS, ValueError(), "unsure", 1),
        ("fails open", {"on_unavailable": "open"}, SUSPICIOUS, ValueError(), "raise", 1),
        ("is out of time", {"timeout": 0.02}, SUSPICIOUS, None, "unsure", 1),
        ("is out of time, open", {"timeout": 0.02, "on_unavailable": "open"}, SUSPICIOUS, None, "raise", 1),
        ("is switched off", {"enabled": False}, SUSPICIOUS, ATTACK, "raise", 0),
    ],
)
async def test_inside_the_guard(
    word: str, tier2: dict[str, Any], text: str, said: Opinion | Exception | None, outcome: Outcome, asked: int
) -> None:
    judge = Says(said)
    verdict = await guarded(judge, **tier2).check(text, "user")
    assert (verdict["outcome"], judge.asked) == (outcome, asked), word


async def test_a_refusal_of_tier_1_is_not_put_to_a_vote() -> None:
    judge = Says(CLEAR)
    config = tiny_desk(guards={"tier2": {"options": {"mode": "always"}}}).config
    rail = InputGuardRail(config, checks=rules_alone(config), tier2=SecondTiers([judge]))
    verdict = await rail.check(SUSPICIOUS, "user")
    assert (verdict["outcome"], judge.asked) == ("refuse", 0)
