"""The shipped desk's eleven tools on its own database, and the shape of those on the desk's own stores."""

from __future__ import annotations

import asyncio
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from sqlalchemy.ext.asyncio import AsyncEngine

from frontdesk.graph.identity import Principal
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.database import open_engine
from frontdesk.tools.loading import load_callable
from tests.support.retail import ALL, DEMO, RetailDesk

DESK = Path(__file__).parents[2] / "desks" / "retail"
READS = {"get_customer", "list_orders", "get_order", "get_loyalty_points", "get_store_hours"}
WRITES = {
    "update_shipping_address",
    "cancel_order",
    "return_order",
    "exchange_item",
    "request_refund",
    "withdraw_request",
}
OWN = {
    "erase_my_data",
    "export_my_data",
    "stop_remembering",
    "start_remembering",
    "list_memories",
    "correct_memory",
    "forget_memory",
    "forget_memories",
}
"""On what the desk itself holds (connector ``desk``)."""
UNASKED = {"stop_remembering", "correct_memory"}
"""An objection counts at once, and so does a correction of a note."""
SEVERAL = {"forget_memory"}
"""Asked only where more than one is meant."""
NEW_HOME = {"order_id": "10482", "address": "5 Elm Road, Bristol BS6 5AA"}


def worded(contract: ToolContract, content: str) -> str:
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    return environment.from_string(contract.reply).render(**json.loads(content))


def test_every_write_is_confirmed_but_an_objection(contracts: dict[str, ToolContract]) -> None:
    assert set(contracts) == READS | WRITES | OWN
    writes = WRITES | OWN - {"export_my_data", "list_memories"}
    for name, item in contracts.items():
        assert item.effect == ("write" if name in writes else "read")
        assert item.confirm == ("several" if name in SEVERAL else "always" if name in writes - UNASKED else "never")
        assert bool(item.question) == (name in writes - UNASKED)
        assert item.input["additionalProperties"] is False
        assert (item.owner is None) == (name == "get_store_hours")


def test_what_is_required_can_be_asked_for(contracts: dict[str, ToolContract]) -> None:
    for item in contracts.values():
        asked = set(item.input.get("required", ())) - {"customer_id"}
        assert all("x-ask" in item.input["properties"][name] for name in asked), item.name


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("get_customer", {}, "Orla Devlin"),
        ("list_orders", {}, "10482 (processing"),
        ("list_orders", {"status": "delivered"}, "10377 (delivered"),
        ("list_orders", {"status": "returned"}, "can't find any such orders"),
        ("get_order", {"order_id": "10482"}, "Order 10482 is processing."),
        ("get_order", {"order_id": "10915"}, "tracking number is FX"),
        ("get_order", {"order_id": "10377"}, "Meadow wool rug"),
        ("get_order", {"order_id": "10640"}, "will not be sent"),
        ("get_loyalty_points", {}, "Fernhill Club points"),
        ("get_store_hours", {"city": "Bristol"}, "Our shop in Bristol, 14 Corn Wharf"),
        ("get_store_hours", {}, "Manchester: Monday to Friday 9:30 to 20:00"),
    ],
)
async def test_reads_answer_in_words(retail: RetailDesk, name: str, arguments: Any, said: str) -> None:
    result = await retail.call(name, arguments)
    assert result.outcome == "done"
    assert said in worded(retail.contracts[name], result.content)


@pytest.mark.parametrize("name", sorted(WRITES | READS - {"get_store_hours"}))
async def test_nobody_reaches_another_customers_order(retail: RetailDesk, name: str) -> None:
    stranger = Principal("C-1043", "retail", ALL)
    arguments: dict[str, Any] = {
        key: {"order_id": "10482", "address": "5 Elm Road, Bristol", "reason": "faulty"}[key]
        for key in retail.contracts[name].input.get("required", ())
        if key != "customer_id"
    }
    result = await retail.call(name, arguments, who=stranger)
    if "order_id" in arguments:
        unheard_of = await retail.call(name, {**arguments, "order_id": "99999"}, who=stranger)
        assert result.outcome == unheard_of.outcome == "refused"
        assert result.content == unheard_of.content.replace("99999", "10482")
    else:
        assert "C-1042" not in result.content


async def test_an_address_changes_after_a_yes(retail: RetailDesk) -> None:
    before = await retail.rows("SELECT shipping_address FROM orders WHERE id = '10482'")
    asked = await retail.call("update_shipping_address", NEW_HOME)
    assert asked.content == "Shall I change the delivery address of order 10482 to 5 Elm Road, Bristol BS6 5AA?"
    assert await retail.rows("SELECT shipping_address FROM orders WHERE id = '10482'") == before
    _, done = await retail.confirmed("update_shipping_address", NEW_HOME)
    assert done.outcome == "done"
    changed = await retail.rows("SELECT id FROM orders WHERE shipping_address = '5 Elm Road, Bristol BS6 5AA'")
    assert changed == [("10482",)]


async def test_a_cancellation_is_final(retail: RetailDesk) -> None:
    asked, done = await retail.confirmed("cancel_order", {"order_id": "10482"})
    assert asked.content == "Shall I cancel order 10482 (187.00 EUR)? This can't be undone."
    assert json.loads(done.content)["refund"] == 187.0
    assert (await retail.call("cancel_order", {"order_id": "10482"})).content == "Order 10482 is already cancelled."
    assert len(await retail.rows("SELECT id FROM orders WHERE customer_id = 'C-1042' AND status = 'cancelled'")) == 2


@pytest.mark.parametrize("name", ["return_order", "exchange_item", "request_refund"])
async def test_a_request_on_one_item(retail: RetailDesk, name: str) -> None:
    arguments = {"order_id": "10377", "item": "wool rug", "reason": "faulty"}
    asked, done = await retail.confirmed(name, arguments)
    assert "1 x Meadow wool rug from order 10377" in asked.content
    reference = json.loads(done.content)["reference"]
    assert reference in worded(retail.contracts[name], done.content)
    assert await retail.rows("SELECT reference, order_id, line, amount_cents FROM requests") == [
        (reference, "10377", 1, 19900)
    ]
    assert "there is a request already" in (await retail.call(name, arguments)).content


@pytest.mark.parametrize("name", ["return_order", "exchange_item", "request_refund"])
async def test_a_request_is_withdrawn_and_may_be_made_again(retail: RetailDesk, name: str) -> None:
    """What ``compensation`` of the three says: the withdrawal takes what their results tell."""
    arguments = {"order_id": "10377", "item": "wool rug", "reason": "faulty"}
    _, done = await retail.confirmed(name, arguments)
    undoing = retail.contracts[name].compensation
    assert undoing is not None
    assert undoing.tool == "withdraw_request"
    result = json.loads(done.content)
    given = {field: result[where.removeprefix("result.")] for field, where in undoing.arguments.items()}
    asked, withdrawn = await retail.confirmed("withdraw_request", given)
    assert asked.content.endswith(f"of {result['quantity']} x {result['item']} from order 10377?")
    assert "is withdrawn" in worded(retail.contracts["withdraw_request"], withdrawn.content)
    assert await retail.rows("SELECT * FROM requests") == []
    assert await retail.rows("SELECT state FROM order_items WHERE order_id = '10377' AND line = 1") == [("ordered",)]
    again = await retail.call("withdraw_request", given)
    assert (again.outcome, "can't find an open return" in again.content) == ("refused", True)
    assert (await retail.confirmed(name, arguments))[1].outcome == "done"


async def test_a_large_refund_needs_a_second_person(retail: RetailDesk) -> None:
    async with retail.engine.begin() as connection:
        await connection.exec_driver_sql("UPDATE order_items SET unit_cents = 100001 WHERE order_id = '10377'")
    _, done = await retail.confirmed("request_refund", {"order_id": "10377", "item": "wool rug", "reason": "faulty"})
    assert done.outcome != "done"
    assert await retail.rows("SELECT * FROM requests") == []


async def test_a_write_leaves_its_key_in_the_same_transaction(retail: RetailDesk) -> None:
    await retail.confirmed("cancel_order", {"order_id": "10482"})
    await retail.call("cancel_order", {"order_id": "10482"})
    assert await retail.rows("SELECT tool, made_at FROM frontdesk_calls") == [
        ("cancel_order", "2026-05-20T12:00:00+00:00")
    ]
    keyed = {name for name, item in retail.contracts.items() if item.idempotency.remote}
    assert keyed == WRITES


REASONS = [
    ("cancel_order", {"order_id": "10915"}, "order_already_shipped"),
    ("cancel_order", {"order_id": "10377"}, "order_already_delivered"),
    ("cancel_order", {"order_id": "10640"}, "already_cancelled"),
    ("cancel_order", {"order_id": "99999"}, "not_found"),
    ("update_shipping_address", {"order_id": "10915", "address": "5 Elm Road"}, "order_already_shipped"),
    ("update_shipping_address", {"order_id": "10377", "address": "5 Elm Road"}, "order_already_delivered"),
    ("update_shipping_address", {"order_id": "10640", "address": "5 Elm Road"}, "order_cancelled"),
    ("update_shipping_address", {"order_id": "10482", "address": "5 Elm Road\n"}, "not_valid"),
    ("return_order", {"order_id": "10482", "item": "lamp", "reason": "faulty"}, "not_delivered_yet"),
    ("return_order", {"order_id": "10377", "reason": "faulty"}, "which_item"),
    ("return_order", {"order_id": "10377", "item": "sofa", "reason": "faulty"}, "not_found"),
    ("return_order", {"order_id": "10377", "item": "%", "reason": "faulty"}, "not_valid"),
    ("return_order", {"order_id": "10051", "reason": "faulty"}, "period_over"),
    ("return_order", {"order_id": "10377", "item": "rug", "reason": "boredom"}, "not_valid"),
    ("exchange_item", {"order_id": "10640", "reason": "size"}, "order_cancelled"),
    ("withdraw_request", {"order_id": "10377"}, "not_found"),
    ("withdraw_request", {"order_id": "10377", "request": "no such"}, "not_valid"),
]


@pytest.mark.parametrize(("name", "arguments", "reason"), REASONS)
async def test_the_impossible_is_not_asked(retail: RetailDesk, name: str, arguments: Any, reason: str) -> None:
    result = await retail.call(name, arguments)
    assert (result.outcome, result.proposal) == ("refused", None)
    assert [(item.decision, item.reason) for item in retail.audit.records] == [("refused", reason)]
    assert await retail.rows("SELECT * FROM requests") == []


async def test_an_order_that_left_between_question_and_update(retail: RetailDesk) -> None:
    """The row-count guard: the write itself sees what the precheck could not."""
    contract = retail.contracts["update_shipping_address"].model_copy(update={"precheck": None})
    desk = RetailDesk({contract.name: contract}, retail.backends, 0.0, retail.engine)
    result = (await desk.confirmed(contract.name, {**NEW_HOME, "order_id": "10915"}))[1]
    assert (result.outcome, "stayed as it was" in result.content) == ("refused", True)
    assert await desk.rows("SELECT id FROM orders WHERE shipping_address LIKE '5 Elm%'") == []


async def test_injection_strings_are_values(retail: RetailDesk) -> None:
    address = "1 Drop Lane'; DELETE FROM orders; --"
    _, done = await retail.confirmed("update_shipping_address", {"order_id": "10482", "address": address})
    assert json.loads(done.content)["shipping_address"] == address
    assert await retail.rows("SELECT COUNT(*) FROM orders") == [(1000,)]


def seed_rows(today: date) -> Any:
    return load_callable("seed.py:generate", DESK)(today)


def test_the_seed_is_the_same_every_time() -> None:
    rows = seed_rows(date(2026, 5, 20))
    assert rows == seed_rows(date(2026, 5, 20))
    assert {name: len(found) for name, found in rows.items() if name != "order_items"} == {
        "customers": 200,
        "products": 61,
        "orders": 1000,
        "stores": 6,
    }
    assert [row["id"] for row in rows["customers"]] == [f"C-{number}" for number in range(1000, 1200)]
    mine = {row["id"]: row for row in rows["orders"] if row["customer_id"] == DEMO.subject}
    assert mine["10482"]["status"] == "processing"
    assert {row["status"] for row in mine.values()} == {"processing", "shipped", "delivered", "cancelled"}


def test_totals_are_the_sum_of_items_and_delivery() -> None:
    rows = seed_rows(date(2026, 5, 20))
    sums = {row["id"]: row["shipping_cents"] for row in rows["orders"]}
    for item in rows["order_items"]:
        sums[item["order_id"]] += item["quantity"] * item["unit_cents"]
    assert sums == {row["id"]: row["total_cents"] for row in rows["orders"]}


async def test_several_starts_at_once_fill_one_database(tmp_path: Path) -> None:
    prepare = load_callable("seed.py:prepare", DESK)
    engines: list[AsyncEngine] = [open_engine(f"sqlite:///{tmp_path / 'one.db'}") for _ in range(3)]
    await asyncio.gather(*(prepare(engine, date(2026, 5, 20)) for engine in engines))
    async with engines[0].connect() as connection:
        counts = await connection.exec_driver_sql("SELECT COUNT(*), (SELECT COUNT(*) FROM desk_seed) FROM orders")
        assert tuple(counts.one()) == (1000, 1)
    for engine in engines:
        await engine.dispose()


@pytest.mark.parametrize(
    ("name", "arguments", "asked"),
    [
        ("return_order", {"item": "FH-1302", "reason": "late"}, "(reason: arrived late)?"),
        ("request_refund", {"item": "FH-1302", "reason": "other"}, "(reason: another reason)?"),
        ("exchange_item", {"item": "FH-1302", "reason": "size"}, "(reason: another size)?"),
        (
            "exchange_item",
            {"item": "FH-1302", "reason": "size", "wanted": "2 x 3 m"},
            "another size; instead: 2 x 3 m)?",
        ),
    ],
    ids=["return", "refund", "exchange", "what is wanted instead"],
)
async def test_the_question_shows_what_the_model_chose(
    retail: RetailDesk, name: str, arguments: dict[str, str], asked: str
) -> None:
    question = (await retail.call(name, {"order_id": "10377", **arguments})).content

    assert "from order 10377" in question
    assert question.endswith(asked)


@pytest.mark.parametrize("name", ["return_order", "request_refund", "exchange_item"])
def test_each_reason_has_words_in_the_question(contracts: dict[str, ToolContract], name: str) -> None:
    lookup = str(contracts[name].precheck)
    for reason in contracts[name].input["properties"]["reason"]["enum"]:
        assert f"WHEN '{reason}' THEN '" in lookup
