"""`guards.tier2`: what a desk may say, and every fault of it at its line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from frontdesk.desk.check import report
from frontdesk.desk.tiers import LocalTier, ModelTier, ModerationTier, Tier2

GOOD: list[tuple[str, dict[str, Any], list[type]]] = [
    ("nothing", {}, [ModelTier]),
    ("a mode alone", {"mode": "always"}, [ModelTier]),
    ("one judge, short", {"kind": "local", "model": "/models/guard", "label": 1}, [LocalTier]),
    ("one judge, shorter", {"max_tokens": 300}, [ModelTier]),
    ("a list", {"tiers": [{"kind": "model"}, {"kind": "moderation", "refuses": ["sexual"]}]}, [ModelTier, ModerationTier]),
]  # fmt: skip


@pytest.mark.parametrize(("word", "options", "kinds"), GOOD)
def test_options_make_judges(word: str, options: dict[str, Any], kinds: list[type]) -> None:
    made = Tier2.of(options)
    assert [type(tier) for tier in made.tiers] == kinds, word
    assert made.mode == options.get("mode", "suspicious")


def test_no_judges_are_no_tier() -> None:
    with pytest.raises(ValidationError):
        Tier2.of({"tiers": []})


def test_good_options_have_no_faults(desk: Path) -> None:
    guards = """\
guards:
  tier2:
    on_unavailable: open
    options:
      mode: always
      tiers:
        - {kind: model, seconds: 3, max_tokens: 400}
        - {kind: local, model: models/guard, label: [INJECTION, JAILBREAK], threshold: 0.9}
        - {kind: moderation, hands_over: [self-harm]}
"""
    (desk / "desk.yaml").write_text((desk / "desk.yaml").read_text() + guards)
    assert report(desk) == []


FAULTS: list[tuple[str, str, str, str, str]] = [
    ("mode", "mode: never", "mode: never", "`guards.tier2.options.mode` is `never`", "always"),
    ("key", "max_token: 5", "max_token", "unknown key `guards.tier2.options.max_token`", "did you mean `max_tokens`"),
    ("kind", "kind: remote", "kind: remote", "no such kind", "model, local, moderation"),
    ("model missing", "kind: local", "options:", "`guards.tier2.options.model` is missing", "add `model: …`"),
    ("number", "max_tokens: 1", "max_tokens: 1", "`guards.tier2.options.max_tokens` has a value", "greater than"),
    ("number as text", "seconds: '5'", "seconds: '5'", "`guards.tier2.options.seconds` has a value", "number"),
    ("list", "tiers: []", "tiers: []", "`guards.tier2.options.tiers` has a value", "at least 1"),
    ("in a list", "tiers: [{kind: model}, {kind: local, model: x, runtime: torch}]", "runtime: torch",
     "`guards.tier2.options.tiers.1.runtime` is `torch`", "transformers"),
    ("category", "tiers: [{kind: moderation, refuses: [rude]}]", "rude", "`rude`", "harassment"),
    ("in a list, key", "tiers: [{kind: model, labl: 1}]", "labl", "unknown key `guards.tier2.options.tiers.0.labl`", "max_chars"),
]  # fmt: skip


@pytest.mark.parametrize(("word", "option", "blamed", "problem", "remedy"), FAULTS, ids=[row[0] for row in FAULTS])
def test_each_fault_is_reported_where_it_is(
    word: str, option: str, blamed: str, problem: str, remedy: str, desk: Path
) -> None:
    text = (desk / "desk.yaml").read_text() + f"guards:\n  tier2:\n    options:\n      {option}\n"
    (desk / "desk.yaml").write_text(text)
    (fault,) = report(desk)
    assert (fault.file, fault.line) == ("desk.yaml", text[: text.index(blamed) + len(blamed)].count("\n") + 1), word
    assert problem in fault.problem
    assert remedy in fault.remedy


def test_a_validator_is_no_second_tier(desk: Path) -> None:
    text = (desk / "desk.yaml").read_text() + "guards:\n  tier2:\n    validator: pkg.module:Class\n"
    (desk / "desk.yaml").write_text(text)
    assert any("takes no `validator`" in fault.problem for fault in report(desk))
