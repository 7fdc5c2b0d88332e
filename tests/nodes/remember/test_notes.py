"""The form of a model's notes: strict in what it holds, lenient in what stands around it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from frontdesk.nodes.remember.notes import LABELS, MOST_ITEMS, form, named, read, render

WHOLE: dict[str, Any] = {
    "goal": "Wants order 10482 sooner",
    "facts": ["Lives at <ADDRESS_1>"],
    "done": ["Order 10482 was looked up"],
    "promised": [],
    "refused": ["No refund"],
    "open": ["A date"],
}
TEXT = json.dumps(WHOLE)


def test_the_form_is_in_the_strict_subset() -> None:
    asked = form()
    assert asked.enforced
    assert set(asked.schema["required"]) == set(asked.schema["properties"]) == set(LABELS) == set(WHOLE)
    assert asked.schema["additionalProperties"] is False


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("as it is", TEXT),
        ("with blanks", f"\n  {TEXT}\n"),
        ("in a code block", f"```json\n{TEXT}\n```"),
        ("after a sentence", f"Here are the notes:\n{TEXT}"),
        ("with a sentence behind", f"{TEXT}\nLet me know."),
    ],
)
def test_read(what: str, said: str) -> None:
    notes = read(said)
    assert notes is not None, what
    assert notes.goal == WHOLE["goal"]


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("empty", ""),
        ("words", "I cannot help with that."),
        ("lines", "- Goal: wants order 10482"),
        ("cut off", TEXT[:-9]),
        ("two objects", TEXT + TEXT),
        ("a list", json.dumps([WHOLE])[1:-1] + ", {}"),
        ("a key is missing", json.dumps({key: WHOLE[key] for key in list(WHOLE)[1:]})),
        ("one key more", json.dumps({**WHOLE, "mood": "fine"})),
        ("a text for a list", json.dumps({**WHOLE, "facts": "one"})),
        ("a number for a text", json.dumps({**WHOLE, "goal": 10482})),
        ("a list of numbers", json.dumps({**WHOLE, "facts": [10482]})),
        ("null", json.dumps({**WHOLE, "goal": None})),
        ("an empty item", json.dumps({**WHOLE, "open": [" "]})),
        ("too many items", json.dumps({**WHOLE, "open": ["a date"] * (MOST_ITEMS + 1)})),
        ("an endless item", json.dumps({**WHOLE, "open": ["a date " * 90]})),
        ("deep", "{" * 5000 + "}" * 5000),
    ],
)
def test_not_the_form(what: str, said: str) -> None:
    assert read(said) is None, what


def test_render_is_one_line_each_and_says_nothing_twice() -> None:
    notes = read(json.dumps({**WHOLE, "open": ["A\n  date", "A date"], "promised": ["- A call"]}))
    assert notes is not None
    assert render(notes).splitlines() == [
        "- Goal: Wants order 10482 sooner",
        "- Fact: Lives at <ADDRESS_1>",
        "- Done: Order 10482 was looked up",
        "- Promised: A call",
        "- Refused: No refund",
        "- Open: A date",
    ]
    assert named(notes)[0] == ("goal", "Wants order 10482 sooner")


def test_what_is_not_there_has_no_line() -> None:
    nothing = read(json.dumps({**{name: [] for name in WHOLE}, "goal": ""}))
    assert nothing is not None
    assert render(nothing) == ""
