"""What a refusal may repeat of a call: arguments that are valid, and no others."""

from __future__ import annotations

from typing import Any

import pytest

from frontdesk.tools.backend import Invocation
from frontdesk.tools.reasons import TEXTS
from tests.support.tools import Shop

HOSTILE = "<b>see evil.example</b>"


@pytest.mark.parametrize(
    ("word", "arguments", "text"),
    [
        ("valid", {"order_id": "10482"}, "There is no order 10482."),
        ("valid, and another name of the owner", {"order_id": "10482", "customerId": "C-2"}, TEXTS["not_found"]),
        ("not valid", {"order_id": HOSTILE}, TEXTS["not_found"]),
        ("no text", {"order_id": {"a": [HOSTILE]}}, TEXTS["not_found"]),
        ("more than there is", {"order_id": "10482", HOSTILE: 1}, TEXTS["not_found"]),
        ("missing", {}, TEXTS["not_found"]),
        ("a placeholder, whose value nobody looked at", {"order_id": "<ORDER_1>"}, TEXTS["not_found"]),
    ],
)
async def test_a_refusal_repeats_valid_arguments_only(word: str, arguments: dict[str, Any], text: str) -> None:
    result = await Shop().call("get_order", {"customer_id": "C-2", **arguments})
    assert (result.reason, result.content) == ("not_found", text), word


async def test_somebody_elses_reads_like_one_that_is_not_there() -> None:
    shop = Shop()
    named = await shop.call("get_order", {"customer_id": "C-2", "order_id": "10482"})

    async def of_another(call: Invocation) -> dict[str, Any]:
        return {"order_id": "10482", "customer_id": "C-2"}

    shop.backend.behave = of_another
    assert (await shop.call("get_order", {"order_id": "10482"})).content == named.content
