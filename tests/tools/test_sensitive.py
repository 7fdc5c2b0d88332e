"""Sensitive fields: gone before anything else sees a result."""

from __future__ import annotations

import json
from typing import Any

import pytest

from frontdesk.tools.backend import Invocation
from frontdesk.tools.ledger import MemoryLedger
from frontdesk.tools.sensitive import without
from tests.support.tools import FakeBackend, Shop, contract

CARD = "4111111111111111"
WHOLE = {"order_id": "10482", "customer_id": "C-1", "payments": [{"card": CARD, "kind": "visa"}, {"card": CARD}]}
OUTPUT = {
    "type": "object",
    "properties": {"payments": {"items": {"required": ["card"]}}},
    "required": ["order_id", "customer_id", "payments"],
}


@pytest.mark.parametrize(
    ("why", "paths", "expected"),
    [
        ("none", [], {"a": {"b": 1, "c": [{"b": 2, "d": 3}]}}),
        ("at the top", ["a"], {}),
        ("nested", ["a.b"], {"a": {"c": [{"b": 2, "d": 3}]}}),
        ("through a list", ["a.c.b"], {"a": {"b": 1, "c": [{"d": 3}]}}),
        ("several", ["a.b", "a.c"], {"a": {}}),
        ("not there", ["x", "a.x", "a.b.x"], {"a": {"b": 1, "c": [{"b": 2, "d": 3}]}}),
    ],
)
def test_without(why: str, paths: list[str], expected: Any) -> None:
    record = {"a": {"b": 1, "c": [{"b": 2, "d": 3}]}}
    assert without(record, paths) == expected, why
    assert record == {"a": {"b": 1, "c": [{"b": 2, "d": 3}]}}


async def order(call: Invocation) -> Any:
    return WHOLE


def shop(name: str, **more: Any) -> Shop:
    made = contract(name, output=OUTPUT, sensitive=["payments.card", "secret"], **more)
    return Shop(FakeBackend(order), contracts={name: made})


async def test_a_read_is_given_without_them_and_judged_with_them() -> None:
    result = await shop("get_order").call("get_order")
    assert json.loads(result.content)["payments"] == [{"kind": "visa"}, {}]


async def test_the_ledgers_copy_has_none() -> None:
    here = shop("ping_order", effect="write", confirm="never", precheck=None)
    assert (await here.call("ping_order")).outcome == "done"
    again = await here.call("ping_order")
    assert again.repeated and CARD not in again.content
    assert isinstance(here.ledger, MemoryLedger) and CARD not in repr(vars(here.ledger))


async def test_no_question_and_no_refusal_shows_one() -> None:
    rules = [{"when": {"status": ["shipped"]}, "reason": "gone", "message": "It left, {secret}."}]
    options = {"options": {"lookup": True}, "rules": rules}
    here = shop("cancel_order", effect="write", question="Cancel {order_id} ({secret})?", precheck=options)
    here.backend.record = {"customer_id": "C-1", "status": "open", "secret": CARD}
    assert (await here.call("cancel_order")).content == "Cancel 10482 ()?"
    here.backend.record = {"customer_id": "C-1", "status": "shipped", "secret": CARD}
    assert (await here.call("cancel_order")).content == "It left, ."


async def test_a_rule_may_look_at_one() -> None:
    rules = [{"when": {"secret": ["blocked"]}, "reason": "blocked_card", "message": "That cannot be done."}]
    here = shop("cancel_order", effect="write", precheck={"options": {"lookup": True}, "rules": rules})
    here.backend.record = {"customer_id": "C-1", "secret": "blocked"}
    assert (await here.call("cancel_order")).reason == "blocked_card"


async def test_a_result_that_breaks_its_schema_is_told_without_values() -> None:
    async def odd(call: Invocation) -> Any:
        return {"order_id": "10482", "customer_id": "C-1", "note": CARD}

    here = shop("get_order")
    here.backend.behave = odd
    result = await here.call("get_order")
    assert (result.outcome, result.reason) == ("failed", "bad_output")
    assert CARD not in result.content and CARD not in repr(here.audit)
