"""Validators of somebody else's that a desk names: found, built, heard, and kept from talking."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from frontdesk.desk.config import DeskConfig
from frontdesk.desk.guarding import ChannelRule, GuardRule
from frontdesk.errors import ConfigurationError
from frontdesk.nodes.guard.foreign import load_validator
from frontdesk.nodes.guard.guard import InputGuardRail
from frontdesk.nodes.guard.quiet import FailResult, PassResult, Validator, register_validator

HERE = "tests.nodes.guard.test_foreign"
logger = logging.getLogger("somebody.elses")


class Span:
    """What guardrails-ai's ErrorSpan looks like."""

    def __init__(self, start: int, end: int) -> None:
        self.start, self.end = start, end


@register_validator("test/banned", data_type="string")
class Banned(Validator):  # type: ignore[misc]
    """Fails on a word; talks about it in the log, in its message, and keeps nothing else back either."""

    def __init__(self, word: str, score: float | None = None, loud: bool = False, on_fail: Any = None) -> None:
        super().__init__(on_fail=on_fail, word=word)
        if not word:
            raise ValueError(f"key {word!r}")
        self.word, self.score, self.loud = word, score, loud

    def _validate(self, value: Any, metadata: dict[str, Any]) -> Any:
        logger.warning("looking at %s", value)
        if self.loud:
            logger.error("broken by %s", value, exc_info=RuntimeError(value))
            raise RuntimeError(value)
        at = value.find(self.word)
        if at < 0:
            return PassResult()
        facts = None if self.score is None else {"score": self.score}
        found = FailResult(error_message=f"{value} has {self.word}", metadata=facts)
        found.error_spans = [Span(at, at + len(self.word))]
        return found


def desk(**rule: Any) -> DeskConfig:
    given = {"validator": f"{HERE}:Banned", "options": {"word": "pumpkin"}, **rule}
    return DeskConfig(name="desk", business="Desk", guards={"banned": GuardRule.model_validate(given)})


@pytest.mark.parametrize(
    ("rule", "outcome"),
    [
        ({}, "refuse"),
        ({"action": "raise"}, "raise"),
        ({"action": "flag"}, "allow"),
        ({"options": {"word": "pumpkin", "score": 0.3}}, "refuse"),
        ({"options": {"word": "pumpkin", "score": 0.3}, "threshold": 0.8}, "allow"),
        ({"options": {"word": "pumpkin", "score": 0.9}, "threshold": 0.8}, "refuse"),
        ({"options": {"word": "pumpkin", "score": 7.0}, "threshold": 0.8}, "refuse"),
        ({"shadow": True}, "allow"),
        ({"enabled": False}, "allow"),
    ],
    ids=[
        "by default", "raise", "flag", "a low score that failed", "below the desk's threshold", "above it",
        "a score of another scale", "in shadow", "switched off",
    ],
)  # fmt: skip
async def test_policy(rule: dict[str, Any], outcome: str) -> None:
    rail = InputGuardRail(desk(**rule))

    assert (await rail.check("a pumpkin lamp", "user"))["outcome"] == outcome
    assert (await rail.check("a desk lamp", "user"))["outcome"] == "allow"


async def test_it_looks_at_customers_messages_unless_the_desk_says_more() -> None:
    plain, wide = desk(), desk(channels={"document": ChannelRule(enabled=True)})

    assert "banned" not in [one.name for one in InputGuardRail(plain).checks_on("document")]
    verdict = await InputGuardRail(wide).check("a pumpkin lamp", "document")
    assert [2, 9] in verdict["spans"]
    assert {one["check"]: one["outcome"] for one in verdict["checks"]}["banned"] == "raise"


@pytest.mark.parametrize("loud", [False, True], ids=["while it works", "when it breaks"])
async def test_what_it_says_is_not_kept(loud: bool, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    rail = InputGuardRail(desk(options={"word": "pumpkin", "loud": loud}))

    verdict = await rail.check("the pumpkin of Wilhelmina", "user")
    logger.warning("afterwards %s", "as ever")

    assert "Wilhelmina" not in caplog.text + repr(verdict)
    assert [record for record in caplog.records if record.name == "somebody.elses"], "it did try to"
    assert "afterwards as ever" in caplog.text
    assert verdict["outcome"] == ("unsure" if loud else "refuse")


class Unknown:
    """A result of another library: neither passed nor failed."""

    outcome = "fail"
    metadata: dict[str, Any] | None = None


@register_validator("test/repeats", data_type="string")
class Repeats(Validator):  # type: ignore[misc]
    """Gives the customer's words as its rules, in several forms, or returns something that is no result."""

    def __init__(self, how: str, on_fail: Any = None) -> None:
        super().__init__(on_fail=on_fail, how=how)
        self.how = how

    def _validate(self, value: Any, metadata: dict[str, Any]) -> Any:
        found = {"text": [value], "word": [value.split()[-1].lower()], "string": value.lower(), "objects": [[value]]}
        if self.how in found:
            return FailResult(error_message="x", metadata={"rules": found[self.how], "score": 0.9})
        if self.how == "passes":
            return PassResult(metadata={"rules": [value], "score": 0.9})
        return {"none": None, "false": False, "another class": Unknown()}[self.how]


def repeating(how: str, **rule: Any) -> InputGuardRail:
    return InputGuardRail(desk(validator=f"{HERE}:Repeats", options={"how": how}, threshold=0.5, **rule))


@pytest.mark.parametrize("how", ["text", "word", "string", "objects", "passes"])
@pytest.mark.parametrize("shadow", [False, True], ids=["counted", "in shadow"])
async def test_of_its_rules_only_its_name_is_kept(how: str, shadow: bool) -> None:
    verdict = await repeating(how, shadow=shadow).check("my name is Wilhelmina", "user")

    assert "wilhelmina" not in repr(verdict).casefold()
    assert verdict.get("shadow", []) if shadow else verdict["rules"] == ["banned"]
    assert {one["check"]: one["rules"] for one in verdict["checks"]}["banned"] == ["banned"]


@pytest.mark.parametrize("how", ["none", "false", "another class"])
async def test_what_is_no_result_is_no_pass(how: str) -> None:
    verdict = await repeating(how).check("a desk lamp", "user")

    assert (verdict["outcome"], verdict["rules"]) == ("unsure", ["unavailable:banned"])


def test_it_never_asks_a_hosted_endpoint_unless_told_to() -> None:
    rule = GuardRule(validator=f"{HERE}:Banned", options={"word": "pumpkin"})

    assert load_validator("banned", rule).use_local is True


@pytest.mark.parametrize(
    ("validator", "options", "problem"),
    [
        ("nowhere.to_be_found:Class", {}, r"guards\.banned\.validator: `nowhere\.to_be_found` cannot be imported.*install"),
        (f"{HERE}:Missing", {}, "has no guardrails-ai validator `Missing`"),
        (f"{HERE}:Span", {}, "has no guardrails-ai validator `Span`"),
        (HERE, {}, "must be `package.module:Class`"),
        (f"{HERE}:Banned", {}, r"guards\.banned\.options: `Banned` cannot be built.*TypeError"),
        (f"{HERE}:Banned", {"word": "", "score": 0.1}, r"guards\.banned\.options.*ValueError"),
    ],
    ids=["not installed", "no such class", "no validator", "no class named", "an option is missing", "not accepted"],
)  # fmt: skip
def test_what_cannot_be_had_is_told_when_the_desk_opens(validator: str, options: dict[str, Any], problem: str) -> None:
    with pytest.raises(ConfigurationError, match=problem):
        InputGuardRail(desk(validator=validator, options=options))


def test_it_needs_a_name_of_its_own() -> None:
    config = DeskConfig(name="desk", business="Desk", guards={"size": GuardRule(validator=f"{HERE}:Banned")})

    with pytest.raises(ConfigurationError, match=r"guards\.size: a check of ours has this name"):
        InputGuardRail(config)
