"""The two parts of a prompt, and the customer's words in the newest message."""

from __future__ import annotations

import pytest

from frontdesk.prompts.book import PromptBook
from frontdesk.prompts.marked import MarkedPrompts
from frontdesk.prompts.parts import NEWEST, newest_words, parted


@pytest.mark.parametrize(
    ("word", "text", "parts"),
    [
        ("two", f"Rules.\n\n{NEWEST}\nToday.", ("Rules.", "Today.")),
        ("one", "Rules.\nToday.", ("Rules.\nToday.", "")),
        ("the first line counts", f"A\n{NEWEST}\nB\n{NEWEST}\nC", ("A", f"B\n{NEWEST}\nC")),
        ("nothing behind it", f"A\n{NEWEST}\n", ("A", "")),
    ],
)
def test_parted(word: str, text: str, parts: tuple[str, str]) -> None:
    assert parted(text) == parts


@pytest.mark.parametrize(
    ("word", "text", "expected"),
    [
        ("an element at the end", 'Today.\n\n<customer mark="1a">\nhi\nyou\n</customer mark="1a">', ("Today.", "hi\nyou")),
        ("none", "hi", ("", "hi")),
        ("not at the end", '<customer mark="1a">\nhi\n</customer mark="1a"> and', ("", '<customer mark="1a">\nhi\n</customer mark="1a"> and')),
        ("another mark", '<customer mark="1a">\nhi\n</customer mark="1b">', ("", '<customer mark="1a">\nhi\n</customer mark="1b">')),
    ],
)  # fmt: skip
def test_newest_words(word: str, text: str, expected: tuple[str, str]) -> None:
    assert newest_words(text) == expected


def test_the_shipped_prompt_has_only_the_desks_own_words_in_its_rules() -> None:
    book = PromptBook()
    variables = dict.fromkeys(book.get("respond").variables, "-changing-") | {"business": "Shop"}
    rules, turn = parted(book.render("respond", **variables))
    assert "-changing-" not in rules
    assert turn.count("-changing-") == len(variables) - 1


def test_the_canary_stands_at_the_end_of_the_rules() -> None:
    marked = MarkedPrompts(PromptBook(), ["respond"], "belomulanunano")
    variables = dict.fromkeys(marked.get("respond").variables, "x")
    rules, turn = parted(marked.render("respond", **variables))
    assert rules.endswith("(Reference of this text: belomulanunano)")
    assert "belomulanunano" not in turn
