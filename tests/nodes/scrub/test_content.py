"""The text of a message, whatever shape it came in."""

from __future__ import annotations

from typing import Any

import pytest

from frontdesk.nodes.scrub.content import text_of


@pytest.mark.parametrize(
    ("case", "content", "text", "dropped"),
    [
        ("string", "hello", "hello", False),
        ("empty", "", "", False),
        ("blocks", [{"type": "text", "text": "a"}, "b"], "a\nb", False),
        ("image", [{"type": "text", "text": "a"}, {"type": "image_url", "image_url": {"url": "data:"}}], "a", True),
        ("file alone", [{"type": "file", "data": "x"}], "", True),
        ("text that is none", [{"type": "text", "text": 5}], "", True),
        ("no blocks", [], "", False),
        ("nothing", None, "", True),
        ("a number", 5, "", True),
    ],
)
def test_shapes(case: str, content: Any, text: str, dropped: bool) -> None:
    assert text_of(content, 100) == (text, dropped, False), case


@pytest.mark.parametrize(
    ("case", "text", "expected"),
    [
        ("between words", "aaaa bbbb cccc", "aaaa bbbb"),
        ("inside a word", "aaaa bbbbbbb", "aaaa"),
        ("endless word", "a" * 50, "a" * 9),
    ],
)
def test_cut(case: str, text: str, expected: str) -> None:
    assert text_of(text, 9) == (expected, False, True), case
