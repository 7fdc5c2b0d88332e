"""Warnings of ``frontdesk check`` about chains of models, and what a variable may name."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from frontdesk.cli.check import check
from frontdesk.desk.advice import PROVIDERS, model_warnings
from frontdesk.desk.chains import chain, sound
from frontdesk.desk.draft import read_draft
from frontdesk.desk.modelling import Chain

FAST = "  fast: openai:some-model\n"


def warned(root: Path, models: str, environment: Mapping[str, str]) -> list[tuple[int, str, str]]:
    file = root / "desk.yaml"
    file.write_text(file.read_text("utf-8").replace(FAST, models), "utf-8")
    config = read_draft(root).config
    assert config is not None
    return [(fault.line, fault.problem, fault.remedy) for fault in model_warnings(config, environment)]


@pytest.mark.parametrize(
    ("word", "models", "line", "problem", "remedy"),
    [
        ("unknown provider", "  fast: openia:m\n", 5, "no provider `openia`", "`openai`"),
        ("unknown provider in a list", "  fast:\n    - openai:m\n    - azure:m\n", 7, "no provider `azure`", "`azure_"),
        ("unknown provider of a link", "  fast:\n    - openai:m\n    - model: nix:m\n", 7, "no provider `nix`", ""),
        ("twice", "  fast: [openai:m, openai:n, openai:m]\n", 5, "`openai:m` stands twice", "keep one"),
        (
            "a missing key",
            "  fast:\n    model: openai:m\n    key: SECOND_KEY\n",
            7,
            "`SECOND_KEY` is not set",
            "set it",
        ),
        ("another role", "  summary: nix:m\n", 5, "no provider `nix`", ""),
    ],
)
def test_each_oddity_is_told_at_its_line(
    desk: Path, word: str, models: str, line: int, problem: str, remedy: str
) -> None:
    ((at, told, offered),) = warned(desk, models, {})
    assert (at, problem in told, remedy in offered) == (line, True, True), (word, told, offered)


@pytest.mark.parametrize(
    ("word", "models"),
    [
        ("none", ""),
        ("one", FAST),
        ("two accounts", "  fast:\n    - openai:m\n    - model: openai:m\n      key: SECOND_KEY\n"),
        ("two places", "  fast:\n    - openai:m\n    - model: openai:m\n      base_url: http://127.0.0.1:9/v1\n"),
        ("a role's model behind another's", "  fast: openai:m\n  reasoning: openai:m\n"),
    ],
)
def test_what_is_in_order_is_not_warned_of(desk: Path, word: str, models: str) -> None:
    assert warned(desk, models, {"SECOND_KEY": "x"}) == [], word


def test_a_desk_with_an_oddity_is_checked_and_opens(desk: Path) -> None:
    file = desk / "desk.yaml"
    file.write_text(file.read_text("utf-8").replace(FAST, "  fast: [openai:m, openai:m]\n"), "utf-8")
    done, warnings, faults = check(str(desk), None)
    assert ("no faults" in done[-1], faults) == (True, "")
    assert next(line for line in warnings if "twice" in line).startswith("desk.yaml:5: warning: ")


def test_the_providers_are_those_that_langchain_knows() -> None:
    known = importlib.import_module("langchain.chat_models.base")._BUILTIN_PROVIDERS
    assert set(known) <= PROVIDERS


@pytest.mark.parametrize(
    ("names", "links"),
    [
        ("keyless", None),
        ("openai:a", "openai:a"),
        ("openai:a, anthropic:b", ["openai:a", "anthropic:b"]),
        ("openai:a,openai:b,keyless", ["openai:a", "openai:b"]),
        ("openai:a, keyless", "openai:a"),
        ("openai:org/model:free", "openai:org/model:free"),
    ],
)
def test_a_variable_names_a_chain(names: str, links: Chain) -> None:
    assert sound(names)
    assert chain(names) == links


@pytest.mark.parametrize(
    "names", ["", "gpt", "openai:", "openai:a,", "openai:a anthropic:b", ",", "OpenAI:a", "a:b;c d"]
)
def test_a_variable_that_names_none_is_refused(names: str) -> None:
    assert not sound(names)
