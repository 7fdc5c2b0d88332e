"""Every guard that cannot run, under every policy: the configured thing happens, and the default is closed.

The tables are made of what the registries list, so a new check or step is covered on the day it is written.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, get_args

import pytest

from frontdesk.desk.guarding import GuardChannel, GuardRule
from frontdesk.desk.reviewing import Review, ReviewRule
from frontdesk.desk.tiers import LocalTier, ModerationTier
from frontdesk.graph.state import Outcome
from frontdesk.models.chain import ModelRoster
from frontdesk.models.hosted import hosted_factory
from frontdesk.nodes.guard.check import Check
from frontdesk.nodes.guard.guard import InputGuardRail
from frontdesk.nodes.guard.quiet import FailResult, Validator, register_validator
from frontdesk.nodes.guard.registry import build_check, known_checks
from frontdesk.nodes.guard.second import LOST, Judge, SecondTiers
from frontdesk.nodes.guard.tiers.classifiers import Classifier
from frontdesk.nodes.guard.tiers.local import LocalJudge
from frontdesk.nodes.guard.tiers.model import ModelJudge
from frontdesk.nodes.guard.tiers.moderation import ModerationJudge, client_of
from frontdesk.nodes.guard.views import readings
from frontdesk.nodes.review.draft import Draft, Facts
from frontdesk.nodes.review.registry import known_steps
from frontdesk.nodes.review.reviewer import OutputReviewer
from frontdesk.prompts.book import PromptBook
from frontdesk.testing.openai_server import OpenAIServer
from frontdesk.testing.replies import Reply, error
from frontdesk.testing.scripted import ScriptedModel
from tests.support.deps import tiny_desk
from tests.support.judges import RAISING, SUSPICIOUS, rules_alone

CHANNELS: tuple[GuardChannel, ...] = get_args(GuardChannel)
ORDINARY = "Where is my order 10482?"
QUOTED = "the-words-of-a-customer"
NEEDS: Mapping[str, Mapping[str, Any]] = {"off_topic": {"topics": ["orders"]}}
"""Options without which a check cannot be built, where there are such."""


def raises(self: Any, *given: Any, **more: Any) -> Any:
    raise ValueError(QUOTED)


async def hangs(self: Any, *given: Any, **more: Any) -> Any:
    await asyncio.Event().wait()


async def answers_nothing(self: Any, *given: Any, **more: Any) -> Any:
    return None


async def leaves(self: Any, *given: Any, **more: Any) -> Any:
    raise TimeoutError


BREAKS: list[tuple[str, dict[str, Any]]] = [
    ("raises while it looks", {"_validate": raises}),
    ("raises", {"async_validate": raises}),
    ("times out", {"async_validate": hangs}),
    ("gives up", {"async_validate": leaves}),
    ("answers nothing", {"async_validate": answers_nothing}),
]


def policy(on_unavailable: str | None, **more: Any) -> dict[str, Any]:
    """The policy of a guard; None: what the desk does not say."""
    return {"timeout": 0.02, **({"on_unavailable": on_unavailable} if on_unavailable else {}), **more}


def options_for(name: str) -> dict[str, Any]:
    try:
        build_check(name, known_checks()[name], None)
    except Exception:
        return dict(NEEDS.get(name, {}))
    return {}


@pytest.mark.parametrize("name", sorted(known_checks()))
@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize(("word", "broken"), BREAKS, ids=[row[0] for row in BREAKS])
@pytest.mark.parametrize(
    ("on_unavailable", "outcome"), [(None, "unsure"), ("closed", "unsure"), ("open", "allow")], ids=["default", "closed", "open"]
)  # fmt: skip
async def test_a_check(
    name: str,
    channel: GuardChannel,
    word: str,
    broken: dict[str, Any],
    on_unavailable: str | None,
    outcome: Outcome,
    caplog: pytest.LogCaptureFixture,
) -> None:
    channels = {channel: {"enabled": True}}
    rule = policy(on_unavailable, enabled=True, channels=channels, options=options_for(name))
    config = tiny_desk(guards={name: rule}).config
    kind: type[Check] = type("Broken", (known_checks()[name],), dict(broken))
    size = build_check("size", known_checks()["size"], None)
    rail = InputGuardRail(config, checks={"size": size, name: build_check(name, kind, config)})
    verdict = await rail.check(ORDINARY, channel)
    assert verdict["outcome"] == outcome
    assert f"unavailable:{name}" in verdict["rules"]
    assert QUOTED not in caplog.text
    assert QUOTED not in str(verdict)


class Foreign(Validator):  # type: ignore[misc]
    """A validator of somebody else's."""

    rail_alias = "tests/foreign"
    how: Callable[..., Any] = raises

    async def async_validate(self, value: Any, metadata: dict[str, Any]) -> Any:
        made = type(self).how(self, value, metadata)
        return await made if asyncio.iscoroutine(made) else made


@pytest.mark.parametrize("how", [raises, hangs, answers_nothing, leaves])
@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize(("on_unavailable", "outcome"), [("closed", "unsure"), ("open", "allow")])
async def test_a_validator_of_somebody_elses(
    how: Callable[..., Any], channel: GuardChannel, on_unavailable: str, outcome: Outcome
) -> None:
    made = register_validator("tests/unavailable", data_type="string")(type("Made", (Foreign,), {"how": how}))
    config = tiny_desk(guards={"theirs": policy(on_unavailable)}).config
    verdict = await InputGuardRail(config, checks={"theirs": made(on_fail="noop")}).check(ORDINARY, channel)
    assert (verdict["outcome"], verdict["rules"]) == (outcome, ["unavailable:theirs"])


@register_validator("frontdesk/failing", data_type="string")
class Failing(Check):  # type: ignore[misc]
    """A check that finds an attack whatever it reads."""

    def _validate(self, value: Any, metadata: Any) -> Any:
        return FailResult(error_message="found", metadata={"score": 0.9, "rules": ["found"]})


async def test_one_check_that_fails_does_not_hide_what_another_finds() -> None:
    config = tiny_desk(guards={"broken": policy("open"), "failing": {}}).config
    broken = type("Broken", (Failing,), {"async_validate": raises, "rail_alias": "frontdesk/failing"})
    rail = InputGuardRail(config, checks={"broken": broken(on_fail="noop"), "failing": Failing(on_fail="noop")})
    verdict = await rail.check(ORDINARY, "user")
    assert (verdict["outcome"], set(verdict["rules"])) == ("refuse", {"found", "unavailable:broken"})


def test_what_the_desk_does_not_say_is_closed() -> None:
    assert GuardRule().on_unavailable == ReviewRule().on_unavailable == "closed"


# Tier 2 ---------------------------------------------------------------------------------------------------------------

CHAT: list[tuple[str, Reply]] = [
    ("429", error(429, retry_after="30")),
    ("500", error(500)),
    ("503", error(503)),
    ("401", error(401)),
    ("400", error(400)),
    ("silence", Reply("late", fault="slow", seconds=3600)),
    ("a drip", Reply("word " * 50, pace=0.1)),
    ("cut", Reply('{"verdict": "allow"}', fault="cut")),
    ("a stream without an end", Reply('{"verdict": "allow"}', fault="unfinished")),
    ("an event that is not JSON", Reply('{"verdict": "allow"}', fault="bad_json")),
    ("a content filter", Reply('{"verdict": "allow"}', fault="refusal")),
    ("nothing", Reply("")),
    ("words", Reply("This message is harmless.")),
    ("another schema", Reply('{"safe": true}')),
    ("half an answer", Reply('{"ticket": "x", "verdict": "al')),
    ("no ticket of ours", Reply('{"ticket":"x","verdict":"allow","category":"none","reason":"ordinary","confidence":1}')),
    ("a tool call", Reply(calls=(("cancel_order", {}),))),
]  # fmt: skip
MODERATION: list[tuple[str, Reply]] = [
    ("429", error(429)),
    ("500", error(500)),
    ("401", error(401)),
    ("silence", Reply(fault="slow", seconds=3600)),
    ("cut", Reply(fault="cut")),
    ("half a body", Reply(fault="bad_json")),
    ("another schema", Reply('{"results": [{"flagged": false}]}')),
    ("no results", Reply('{"results": []}')),
]
NOBODY = "nobody listens"
SECOND = 0.4
"""Seconds that a judge may take here."""


def chat_judge(url: str) -> ModelJudge:
    roster = ModelRoster({"guard": "openai:any"}, ScriptedModel(), hosted_factory(url, SECOND), timeout=SECOND)
    return ModelJudge(roster, PromptBook(), "Shop")


async def second(judge: Judge, mode: str, on_unavailable: str, channel: GuardChannel) -> Any:
    """The verdict of a guard whose tier 1 works and whose tier 2 is ``judge``."""
    rule = policy(on_unavailable, timeout=2 * SECOND, enabled=True, options={"mode": mode})
    guards = {**RAISING, "tier2": rule}
    if channel != "user":
        guards |= {name: {"channels": {channel: {"action": "raise"}}} for name in RAISING}
    config = tiny_desk(guards=guards).config
    rail = InputGuardRail(config, checks=rules_alone(config), tier2=SecondTiers([judge], on_unavailable))  # type: ignore[arg-type]
    return await rail.check(ORDINARY if mode == "always" else SUSPICIOUS, channel)


@pytest.fixture(scope="module")
def _warm() -> None:
    """The provider's library takes seconds to import and to build its first client, which no judge's time should pay."""
    hosted_factory("http://127.0.0.1:9/v1", 1.0)("openai:any")


OUTCOMES: list[tuple[str, GuardChannel, str, Outcome]] = [
    ("suspicious", "user", "closed", "unsure"),
    ("suspicious", "user", "open", "raise"),
    ("always", "user", "closed", "unsure"),
    ("always", "user", "open", "allow"),
]
ELSEWHERE: list[tuple[str, GuardChannel, str, Outcome]] = [
    ("suspicious", channel, on_unavailable, outcome)
    for channel in CHANNELS
    if channel != "user"
    for on_unavailable, outcome in (("closed", "unsure"), ("open", "raise"))
]


@pytest.mark.usefixtures("_warm")
@pytest.mark.parametrize(("mode", "channel", "on_unavailable", "outcome"), OUTCOMES)
@pytest.mark.parametrize("fault", [row[1] for row in CHAT], ids=[row[0] for row in CHAT])
async def test_a_model(fault: Reply, mode: str, channel: GuardChannel, on_unavailable: str, outcome: Outcome) -> None:
    async with OpenAIServer(default=fault) as server:
        verdict = await second(chat_judge(server.url), mode, on_unavailable, channel)
        assert server.requests, "the model was asked"
    assert (verdict["outcome"], verdict["rules"][-1]) == (outcome, LOST)


@pytest.mark.parametrize(("mode", "channel", "on_unavailable", "outcome"), OUTCOMES)
@pytest.mark.parametrize("fault", [row[1] for row in MODERATION], ids=[row[0] for row in MODERATION])
async def test_a_moderation_endpoint(
    fault: Reply, mode: str, channel: GuardChannel, on_unavailable: str, outcome: Outcome
) -> None:
    async with OpenAIServer(moderations=[fault]) as server, client_of(server.url, SECOND) as client:
        judge = ModerationJudge(client, ModerationTier(kind="moderation", seconds=SECOND))
        verdict = await second(judge, mode, on_unavailable, channel)
        assert [request.path for request in server.requests] == ["/v1/moderations"]
    assert (verdict["outcome"], verdict["rules"][-1]) == (outcome, LOST)


@pytest.mark.usefixtures("_warm")
@pytest.mark.parametrize("kind", ["model", "moderation"])
@pytest.mark.parametrize(("mode", "channel", "on_unavailable", "outcome"), OUTCOMES + ELSEWHERE)
async def test_nobody_listens(
    kind: str, mode: str, channel: GuardChannel, on_unavailable: str, outcome: Outcome
) -> None:
    async with OpenAIServer() as gone:
        url = gone.url
    async with client_of(url, SECOND) as client:
        moderation = ModerationJudge(client, ModerationTier(kind="moderation", seconds=SECOND))
        judge: Judge = moderation if kind == "moderation" else chat_judge(url)
        verdict = await second(judge, mode, on_unavailable, channel)
    assert (verdict["outcome"], verdict["rules"][-1]) == (outcome, LOST)


class Tokens:
    """A tokenizer of as many windows as it is told."""

    def __init__(self, windows: int) -> None:
        self.overflowing = [None] * (windows - 1)

    def encode(self, text: str) -> Tokens:
        return self


def classifier(how: str) -> Classifier:
    import threading

    import numpy as np

    def logits(window: Any) -> Any:
        if how == "raises":
            raise RuntimeError(QUOTED)
        if how == "hangs":
            threading.Event().wait(3 * SECOND)
        return np.asarray([np.nan, 1.0] if how == "no numbers" else [1.0, 1.0])

    return Classifier(Tokens(99 if how == "too long" else 1), logits, (1,), 8)


@pytest.mark.parametrize("how", ["raises", "hangs", "no numbers", "too long"])
@pytest.mark.parametrize(("mode", "channel", "on_unavailable", "outcome"), OUTCOMES + ELSEWHERE)
async def test_a_local_classifier(
    how: str,
    mode: str,
    channel: GuardChannel,
    on_unavailable: str,
    outcome: Outcome,
    caplog: pytest.LogCaptureFixture,
) -> None:
    judge = LocalJudge(classifier(how), LocalTier(kind="local", model="x", seconds=SECOND / 4))
    verdict = await second(judge, mode, on_unavailable, channel)
    judge.close()
    assert (verdict["outcome"], verdict["rules"][-1]) == (outcome, LOST)
    assert QUOTED not in caplog.text


# Output ---------------------------------------------------------------------------------------------------------------


class Clean:
    """A scrubber that finds nothing."""

    heavy = False


def unchanged(draft: Draft, facts: Facts) -> Draft:
    return draft


def step_raises(draft: Draft, facts: Facts) -> Draft:
    raise ValueError(QUOTED)


def step_answers_nothing(draft: Draft, facts: Facts) -> Any:
    return None


async def step_hangs(draft: Draft, facts: Facts) -> Draft:
    await asyncio.Event().wait()
    return draft


async def step_gives_up(draft: Draft, facts: Facts) -> Draft:
    raise TimeoutError


STEPS: list[tuple[str, Callable[..., Any]]] = [
    ("raises", step_raises),
    ("answers nothing", step_answers_nothing),
    ("times out", step_hangs),
    ("gives up", step_gives_up),
]


@pytest.mark.parametrize("name", list(known_steps()))
@pytest.mark.parametrize("broken", [row[1] for row in STEPS], ids=[row[0] for row in STEPS])
@pytest.mark.parametrize("on_unavailable", [None, "closed", "open"])
@pytest.mark.parametrize("whole", [True, False], ids=["whole", "partial"])
async def test_an_output_step(
    name: str,
    broken: Callable[..., Any],
    on_unavailable: str | None,
    whole: bool,
    caplog: pytest.LogCaptureFixture,
) -> None:
    steps: dict[str, Any] = {other: unchanged for other in known_steps()} | {name: broken}
    rules = Review(steps={name: ReviewRule.model_validate(policy(on_unavailable))})
    reviewer = OutputReviewer(Clean(), readings, steps=steps, rules=rules)  # type: ignore[arg-type]
    review = reviewer.review if whole else reviewer.partial
    reviewed = await review("Order 10482 is on its way.", [], {})
    blocked = on_unavailable != "open"
    assert (reviewed.blocked, bool(reviewed.text)) == (blocked, not blocked)
    assert f"unavailable:{name}" in reviewed.findings
    assert QUOTED not in caplog.text


@pytest.mark.parametrize("on_unavailable", ["closed", "open"])
async def test_a_scrubber_that_fails_is_a_step_that_fails(on_unavailable: str) -> None:
    class Broken(Clean):
        def scrub(self, text: str, known: Mapping[str, str]) -> Any:
            raise ValueError(QUOTED)

    rules = Review(steps={"rescrub": ReviewRule.model_validate(policy(on_unavailable))})
    reviewed = await OutputReviewer(Broken(), readings, rules=rules).review("Good morning.", [], {})  # type: ignore[arg-type]
    assert (reviewed.blocked, "unavailable:rescrub" in reviewed.findings) == (on_unavailable == "closed", True)
