"""Validators of somebody else's as output guards, from a desk's rule to the reviewed reply."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest

from frontdesk.desk.reviewing import Review, ReviewRule
from frontdesk.errors import ConfigurationError
from frontdesk.nodes.guard.quiet import FailResult, PassResult, Validator, register_validator
from frontdesk.nodes.guard.views import readings
from frontdesk.nodes.review.links import GONE
from frontdesk.nodes.review.rescrub import REMOVED
from frontdesk.nodes.review.reviewer import OutputReviewer
from tests.nodes.review.conftest import PatternScrubber

HERE = "tests.nodes.review.test_third_party"
logger = logging.getLogger("somebody.elses")
PRIVATE = "The pumpkin is in the cellar."


@register_validator("test/no-pumpkins", data_type="string")
class NoPumpkins(Validator):  # type: ignore[misc]
    """Fails on pumpkins, and behaves as badly as it is told to."""

    def __init__(self, way: str = "", fix: str | None = None, on_fail: Any = None) -> None:
        super().__init__(on_fail=on_fail)
        if way == "unbuildable":
            raise ValueError("a key")
        self.way, self.fix = way, fix

    async def async_validate(self, value: Any, metadata: dict[str, Any]) -> Any:
        logger.warning("looking at %s", value)
        if self.way == "slow":
            await asyncio.Event().wait()
        if self.way == "raises":
            raise RuntimeError(value)
        if "pumpkin" not in value:
            return PassResult()
        return FailResult(error_message=f"{value}: no pumpkins", fix_value=self.fix)


def reviewer(**rule: Any) -> OutputReviewer:
    given = {"validator": f"{HERE}:NoPumpkins", "timeout": 0.05, **rule}
    rules = Review(steps={"pumpkins": ReviewRule.model_validate(given)})
    return OutputReviewer(PatternScrubber(), readings, rules=rules)


@pytest.mark.parametrize(
    ("rule", "text", "blocked", "findings"),
    [
        ({}, "", True, ("validator:pumpkins",)),
        ({"action": "block"}, "", True, ("validator:pumpkins",)),
        ({"action": "mask", "options": {"fix": "It is in the cellar."}}, "It is in the cellar.", False, None),
        ({"action": "mask"}, "", True, ("validator:pumpkins",)),
        ({"action": "flag"}, PRIVATE, False, ("validator:pumpkins",)),
        ({"shadow": True}, PRIVATE, False, ("shadow:validator:pumpkins",)),
        ({"enabled": False}, PRIVATE, False, ()),
        ({"options": {"way": "slow"}}, "", True, ("unavailable:pumpkins",)),
        ({"options": {"way": "raises"}}, "", True, ("unavailable:pumpkins",)),
        ({"options": {"way": "slow"}, "on_unavailable": "open"}, PRIVATE, False, ("unavailable:pumpkins",)),
        ({"options": {"way": "raises"}, "on_unavailable": "open"}, PRIVATE, False, ("unavailable:pumpkins",)),
    ],
    ids=[
        "usual",
        "block",
        "mask",
        "nothing to mask with",
        "flag",
        "shadow",
        "off",
        "slow",
        "raises",
        "slow, open",
        "raises, open",
    ],
)
async def test_a_validator_follows_the_policy(
    rule: dict[str, Any],
    text: str,
    blocked: bool,
    findings: tuple[str, ...] | None,
    caplog: pytest.LogCaptureFixture,
) -> None:
    found = await reviewer(**rule).review(PRIVATE, [], {})

    assert (found.text, found.blocked) == (text, blocked)
    assert found.findings == (("validator:pumpkins",) if findings is None else findings)
    assert "pumpkin is" not in caplog.text


async def test_what_it_likes_passes() -> None:
    found = await reviewer().review("The lamp is in the cellar.", [], {})

    assert (found.text, found.findings) == ("The lamp is in the cellar.", ())


async def test_the_model_is_asked_to_write_again_without_its_words() -> None:
    found = await reviewer().review(PRIVATE, [], {})

    assert found.repair == ("validator:pumpkins",)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ({}, ""),
        ({"action": "block"}, ""),
        ({"action": "mask", "options": {"fix": "Hello."}}, ""),
        ({"on_unavailable": "open"}, ""),
        ({"action": "flag"}, PRIVATE),
        ({"shadow": True}, PRIVATE),
        ({"enabled": False}, PRIVATE),
    ],
    ids=["usual", "block", "mask", "open", "flag", "shadow", "off"],
)
async def test_nothing_is_shown_before_it_has_judged_the_whole_reply(rule: dict[str, Any], text: str) -> None:
    found = await reviewer(**rule).partial(PRIVATE, [], {})

    assert (found.text, found.blocked, found.findings) == (text, not text, ())


@register_validator("test/plain", data_type="string")
class Plain(Validator):  # type: ignore[misc]
    """Gives what it is told to, in the usual way, and writes what it sees into the log."""

    def __init__(self, gives: str = "", on_fail: Any = None) -> None:
        super().__init__(on_fail=on_fail)
        self.gives = gives

    def validate(self, value: Any, metadata: dict[str, Any]) -> Any:
        logger.warning("looking at %s", value)
        known = {"pass": PassResult(), "fail": FailResult(error_message=value), "none": None, "no": False, "yes": True}
        return known[self.gives]


@pytest.mark.parametrize(
    ("gives", "open_", "text", "findings"),
    [
        ("pass", False, PRIVATE, ()),
        ("fail", False, "", ("validator:pumpkins",)),
        ("none", False, "", ("unavailable:pumpkins",)),
        ("no", False, "", ("unavailable:pumpkins",)),
        ("yes", False, "", ("unavailable:pumpkins",)),
        ("none", True, PRIVATE, ("unavailable:pumpkins",)),
    ],
)
async def test_what_is_no_result_is_no_pass(
    gives: str, open_: bool, text: str, findings: tuple[str, ...], caplog: pytest.LogCaptureFixture
) -> None:
    rule = {"validator": f"{HERE}:Plain", "options": {"gives": gives}, "timeout": 5.0}
    found = await reviewer(**rule, on_unavailable="open" if open_ else "closed").review(PRIVATE, [], {})

    assert (found.text, found.findings) == (text, findings)
    assert "pumpkin is" not in caplog.text


@pytest.mark.parametrize(
    ("fix", "text", "finding"),
    [
        ("See https://evil.net/?d=1 now.", f"See {GONE} now.", "link:host"),
        ("Write to jo@doe.org.", f"Write to {REMOVED}.", "scrub:new"),
        ("Say kestrel7f3a9c.", "", "leak:canary"),
        ("It costs 999 EUR.", "", "grounding:number"),
        ("We will refund you in full.", "", "promise:refund"),
        ("x" * 20_000, "", "tone:length"),
    ],
    ids=["link", "personal data", "leak", "number", "promise", "endless"],
)
async def test_what_it_writes_instead_is_judged_by_our_steps(fix: str, text: str, finding: str) -> None:
    rule = ReviewRule(validator=f"{HERE}:NoPumpkins", action="mask", options={"fix": fix})
    mine = OutputReviewer(PatternScrubber(), readings, canary="kestrel7f3a9c", rules=Review(steps={"pumpkins": rule}))
    found = await mine.review(PRIVATE, [], {})

    assert (found.text, found.blocked) == (text, not text)
    assert found.findings[0] == "validator:pumpkins"
    assert finding in found.findings


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        ({"validator": "nowhere.at_all:Class"}, "cannot be imported"),
        ({"validator": f"{HERE}:Missing"}, "no guardrails-ai validator"),
        ({"validator": f"{HERE}:PatternScrubber"}, "no guardrails-ai validator"),
        ({"options": {"way": "unbuildable"}}, "cannot be built"),
    ],
    ids=["no package", "no class", "no validator", "wrong options"],
)
def test_one_that_cannot_be_had_keeps_the_desk_shut(rule: dict[str, Any], problem: str) -> None:
    with pytest.raises(ConfigurationError, match=problem) as raised:
        reviewer(**rule)
    assert "review.steps.pumpkins" in str(raised.value)
    assert "a key" not in str(raised.value)
