"""What a customer says who does not want any more what waits for a second person."""

from __future__ import annotations

import pytest

from frontdesk.nodes.decide.retracting import numbers_in, takes_back

BACK = (
    "never mind", "no, cancel that", "I don't want that any more, forget it", "no", "stop", "I changed my mind",
    "please do not cancel order 10482 after all", "withdraw my request", "I've changed my mind, leave it",
    "please take it back", "cancel the request", "Don't cancel it!", "Don’t do it", "lass es", "Nein, doch nicht",
    "stop the cancellation", "leave my order alone", "forget everything", "ich nehme das zurück",
)  # fmt: skip
ON = (
    "please cancel order 10915", "where is my order?", "yes", "has it been approved?", "thanks", "what about 10482",
    "can I withdraw my request?", "I want to return the lamp", "how long does it take",
)  # fmt: skip


@pytest.mark.parametrize("text", BACK)
def test_taken_back(text: str) -> None:
    assert takes_back(text)


@pytest.mark.parametrize("text", ON)
def test_something_else(text: str) -> None:
    assert not takes_back(text)


def test_numbers() -> None:
    assert numbers_in("not 10482 and 10915, 2 of them") == {"10482", "10915"}
