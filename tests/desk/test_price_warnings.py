"""Warnings about prices."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.desk.draft import read_draft
from frontdesk.desk.pricing import price_warnings

MONEY = "budgets: {spending: {tenant: {cost: 5}}}\n"
TOKENS = "budgets: {spending: {tenant: {tokens: 5}}}\n"
MINI = "{input: 0.25, output: 2}"
FREE, UNNAMED = "counts as free", "no role names the model"

ODD: list[tuple[str, str, list[tuple[int, str]]]] = [
    ("no limit, no price", "models: {fast: 'openai:a'}\n", []),
    ("a limit in tokens", TOKENS + "models: {fast: 'openai:a'}\n", []),
    ("a limit in money", MONEY + "models:\n  fast: openai:a\n", [(5, FREE)]),
    ("priced", MONEY + f"models:\n  fast: openai:a\n  prices: {{'openai:a': {MINI}}}\n", []),
    ("priced by its short name", MONEY + f"models:\n  fast: openai:a\n  prices: {{a: {MINI}}}\n", []),
    ("priced at its link", MONEY + f"models:\n  fast: {{model: 'openai:a', price: {MINI}}}\n", []),
    ("a free one with a price", MONEY + "models:\n  fast: {model: 'ollama:a', price: {input: 0, output: 0}}\n", []),
    ("keyless", MONEY + "models:\n  fast: keyless\n", []),
    ("one of a list", MONEY + f"models:\n  fast:\n    - openai:a\n    - openai:b\n  prices: {{a: {MINI}}}\n", [(7, FREE)]),
    ("once for two roles", MONEY + "models:\n  fast: openai:a\n  guard: openai:a\n", [(5, FREE)]),
    ("a price of none", f"models:\n  fast: openai:a\n  prices:\n    openai:b: {MINI}\n", [(6, UNNAMED)]),
    ("no roles: a variable may bring any", f"models:\n  prices:\n    openai:b: {MINI}\n", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), [row[1:] for row in ODD], ids=[row[0] for row in ODD])
def test_what_is_odd_is_named_with_its_line(desk: Path, text: str, found: list[tuple[int, str]]) -> None:
    (desk / "desk.yaml").write_text("name: corner\nbusiness: Corner Shop\n" + text, encoding="utf-8")
    draft = read_draft(desk)
    assert draft.config is not None
    assert draft.faults_in("desk.yaml") == []
    warned = list(price_warnings(draft.config))
    assert [warning.line for warning in warned] == [line for line, _ in found]
    assert all(words in warning.problem for warning, (_, words) in zip(warned, found, strict=True))
