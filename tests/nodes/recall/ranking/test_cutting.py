"""Texts in passages."""

from __future__ import annotations

import pytest

from frontdesk.nodes.recall.ranking.cutting import passages_of


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two? Three!", ["One.", "Two?", "Three!"]),
        ("a line\nanother\n\nlast", ["a line", "another", "last"]),
        ("costs 3.50 a piece", ["costs 3.50 a piece"]),
        ("你好。再见。", ["你好。", "再见。"]),
        ("", [""]),
        (" \n ", [" \n "]),
    ],
)
def test_passages(text: str, parts: list[str]) -> None:
    assert passages_of(text) == parts
