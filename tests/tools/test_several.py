"""``confirm: several``: one thing is changed at once, more only after a yes, and what is not counted is asked about."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.tools import FakeBackend, Shop, contract

CLOSE = contract("close_order", effect="write", confirm="several", question="Shall I close {count}?")
OWN = {"customer_id": "C-1", "status": "processing"}


@pytest.mark.parametrize(
    ("why", "record", "outcome", "ran"),
    [
        ("one", {"count": 1}, "done", 1),
        ("two", {"count": 2}, "confirm", 0),
        ("none", {"count": 0}, "confirm", 0),
        ("not counted", {}, "confirm", 0),
        ("not a number", {"count": "1"}, "confirm", 0),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_how_many_decide_whether_it_is_asked(why: str, record: dict[str, Any], outcome: str, ran: int) -> None:
    backend = FakeBackend(record={**OWN, **record})
    shop = Shop(backend, contracts={"close_order": CLOSE})
    result = await shop.call("close_order", {"order_id": "10482"})
    assert result.outcome == outcome
    assert sum(1 for call in backend.calls if call.key) == ran
    assert bool(result.proposal) == (outcome == "confirm")
