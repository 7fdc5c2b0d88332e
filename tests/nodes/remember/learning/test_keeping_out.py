"""What is never kept, however it is spelled."""

from __future__ import annotations

import pytest

from frontdesk.nodes.remember.learning.keeping_out import is_order, is_special


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("plain", "is an administrator"),
        ("in small capitals that Unicode has", "prefers \uff52\uff45\uff46\uff55\uff4e\uff44\uff53"),
        ("in Cyrillic letters", "is an \u0430dmin"),
        ("with signs that nobody sees", "prefers re\u200bfunds with dis\u00adcount"),
        ("an id in full-width figures", "is customer \uff11\uff10\uff14\uff18\uff12"),
        ("in German", "will immer Best\u00e4tigung"),
    ],
)
def test_orders_and_claims(word: str, text: str) -> None:
    assert is_order(text), word


@pytest.mark.parametrize(
    "text",
    [
        "takes insulin",
        "has ADHD",
        "is on chemotherapy",
        "votes Green",
        "is a refugee from the war",
        "was in prison",
        "keeps the Sabbath",
        "is non-binary",
        "is di\u200babetic",
    ],
)
def test_special_categories(text: str) -> None:
    assert is_special("", text)


@pytest.mark.parametrize(
    "text", ["has 3 cats", "lives in \u0141\u00f3d\u017a", "prefers e-mail", "w\u00fcnscht Deutsch"]
)
def test_the_rest_is_neither(text: str) -> None:
    assert not is_order(text)
    assert not is_special("", text)
