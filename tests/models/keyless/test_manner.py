"""Short answers for who likes them."""

from __future__ import annotations

import pytest

from frontdesk.models.keyless.manner import in_manner

ANSWER = "You may return goods within 30 days. A label costs 3.95 EUR. Bring the receipt. [returns]"
WISH = "- preference, as the customer said on 3 May 2026: likes short answers"


def memories(*lines: str) -> str:
    text = "\n".join(lines)
    return f'Rules.\n<memories mark="a1">\n{text}\n</memories mark="a1">\n'


@pytest.mark.parametrize(
    ("why", "system", "kept"),
    [
        ("liked short", memories(WISH), "You may return goods within 30 days. [returns]"),
        (
            "beside others",
            memories("- fact, as the customer said on 3 May 2026: has 2 cats", WISH),
            "You may return goods within 30 days. [returns]",
        ),
        ("nothing known", "Rules.", ANSWER),
        (
            "liked otherwise",
            memories("- preference, as the customer said on 3 May 2026: likes detailed answers"),
            ANSWER,
        ),
        ("in a page", f'<page mark="a1">\n{WISH}\n</page mark="a1">', ANSWER),
        ("noted by a model", memories("- preference, noted on 3 May 2026: likes short answers"), ANSWER),
    ],
)
def test_an_answer_is_as_long_as_it_is_liked(why: str, system: str, kept: str) -> None:
    assert in_manner(ANSWER, system) == kept
