"""Mutated calls through real connectors, a sample; and that what judges them sees what is wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from frontdesk.evals.mutations import overhttp, oversql
from frontdesk.evals.mutations.expressions import asked
from frontdesk.evals.mutations.judging import wrongs
from frontdesk.evals.mutations.run import FOREIGN, principals
from frontdesk.evals.mutations.shop import ANNA, OTHER, OTHERS_REQUEST, OWN_REQUEST, Shop
from frontdesk.evals.mutations.tables import Foreign, wrong_changes
from frontdesk.graph.identity import Principal
from frontdesk.graph.state import Proposal
from frontdesk.testing.backoffice import Request
from frontdesk.tools.backend import Invocation
from tests.support.small import retail

KEY = "0123456789abcdef0123456789abcdef"


def test_through_the_sql_connector_nothing_changes_that_may_not() -> None:
    seen, much = oversql.run(retail(), examples=120, chance=3)
    assert not seen.wrong, seen.examples
    # the positive control: some calls did change a table, and free texts were compared
    assert much["changed"] > 0 and much["texts"] > 0


def test_through_the_http_connector_exactly_the_expected_requests_arrive() -> None:
    seen, much = overhttp.run(examples=120, chance=3)
    assert not seen.wrong, seen.examples
    assert much["arrived"] > 0 and much["effects"] > 0


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with asyncio.Runner() as loop:
        made = loop.run(Shop.opened(retail().root, tmp_path_factory.mktemp("shop")))
        yield made
        loop.run(made.close())


ADDRESS = "5 Elm Road, Bristol"
CHANGED = [
    ("right", f"UPDATE orders SET shipping_address = '{ADDRESS}' WHERE id = '10482'", []),
    ("another text", "UPDATE orders SET shipping_address = '5 Elm Road' WHERE id = '10482'", ["other_text"]),
    ("another column", "UPDATE orders SET status = 'cancelled' WHERE id = '10482'", ["other_columns"]),
    ("another order", f"UPDATE orders SET shipping_address = '{ADDRESS}' WHERE id = '10640'", ["other_order"]),
    (
        "another's order",
        f"UPDATE orders SET shipping_address = '{ADDRESS}' WHERE customer_id = '{OTHER}' AND id = (SELECT MIN(id) "
        f"FROM orders WHERE customer_id = '{OTHER}')",
        ["others_row", "other_order"],
    ),
    ("another table", f"UPDATE customers SET points = 9 WHERE id = '{ANNA}'", ["others_row", "other_order"]),
    ("a row gone", f"DELETE FROM requests WHERE reference = '{OWN_REQUEST}'", ["other_columns", "other_order"]),
    ("a table more", "CREATE TABLE more (a)", ["schema_changed"]),
    ("nothing", "SELECT 1", []),
]


@pytest.mark.parametrize(("word", "statement", "told"), CHANGED, ids=[row[0] for row in CHANGED])
def test_the_judge_of_tables(shop: Shop, word: str, statement: str, told: list[str]) -> None:
    arguments = {"customer_id": ANNA, "order_id": "10482", "address": ADDRESS}
    call = Invocation("update_shipping_address", arguments, ANNA, 0.0, KEY, "retail")
    touched = word != "nothing" and word != "a table more"
    try:
        shop.run(statement)
        if touched:
            shop.run(f"INSERT INTO frontdesk_calls VALUES ('{KEY}', 'update_shipping_address', '2026-05-20')")
        after = shop.snapshot()
    finally:
        shop.put_back()
    found = wrong_changes(shop.before, after, call)
    assert set(told) <= set(found) and bool(found) is bool(told)
    assert bool(wrong_changes(shop.before, after, None)) is (word != "nothing")
    assert shop.snapshot() == shop.before


def test_what_is_somebody_elses(shop: Shop) -> None:
    foreign = Foreign(shop.before, ANNA)
    assert foreign.holds({"orders": [{"customer_id": ANNA}, {"customer_id": OTHER}]})
    assert not foreign.holds({"orders": [{"customer_id": ANNA}]})
    assert foreign.told(f"It is {OTHERS_REQUEST}.", {}) and not foreign.told(
        OTHERS_REQUEST, {"request": OTHERS_REQUEST}
    )
    assert not foreign.told(f"{ANNA} 10482 {OWN_REQUEST}", {})


EXPRESSIONS: list[tuple[str, dict[str, Any], dict[str, Any], bool]] = [
    ("always", {}, {}, True),
    ("never", {}, {}, False),
    ("", {"amount": 5_000}, {}, False),
    ("several", {"count": 1}, {}, False),
    ("several", {"count": True}, {}, True),
    ("several", {}, {"count": 1}, True),
    ("amount > 1000", {"amount": 1000}, {}, False),
    ("amount > 1000", {"amount": 1000.01}, {}, True),
    ("amount > 1000", {"amount": 5_000}, {"amount": 20}, False),
    ("amount > 1000", {}, {}, True),
    ("amount > 1000", {"amount": "20"}, {}, True),
    ("amount > 50 and status == 'open'", {"amount": 60, "status": "shut"}, {}, False),
    ("amount > 50 or urgent", {"amount": 20}, {"urgent": False}, False),
    ("amount > 50 or urgent", {"amount": 20}, {}, True),
    ("order.items", {"order": {"items": 3}}, {}, True),
    ("amount", {"amount": 0}, {}, True),
]


@pytest.mark.parametrize(("text", "record", "arguments", "said"), EXPRESSIONS)
def test_expressions_said_again(text: str, record: dict[str, Any], arguments: dict[str, Any], said: bool) -> None:
    assert asked(text, record, arguments) is said


@pytest.mark.parametrize(
    ("record", "told"), [({"amount": 20}, []), ({"amount": 1000.5}, ["no_approval"]), (None, ["no_approval"])]
)
def test_the_judge_asks_for_a_second_person(record: dict[str, Any] | None, told: list[str]) -> None:
    contracts = retail().tools
    caller: Principal = principals(contracts)[0]
    shown = {"order_id": "10051", "reason": "faulty"}
    call = Invocation("request_refund", {**shown, "customer_id": ANNA}, ANNA, 0.0, KEY, "retail")
    agreed: Proposal = {"arguments": shown}  # type: ignore[typeddict-item]  # the judge looks at nothing else
    assert wrongs(contracts[call.tool], call, caller, agreed, FOREIGN, ran=True, record=record) == told


def _arrived(target: str, **headers: str) -> Request:
    return Request("GET", target, headers)


@pytest.mark.parametrize(
    ("order", "arrived", "told"),
    [
        ("10482", [_arrived("/orders/10482?by=C-1")], []),
        ("a b/ü", [], []),
        ("a b&ü", [_arrived("/orders/a%20b%26%C3%BC?by=C-1")], []),
        ("a b&ü", [_arrived("/orders/a+b&%C3%BC?by=C-1")], ["other_path"]),
        ("10482", [_arrived("/orders/10482?by=C-2")], ["other_query"]),
        ("10482", [_arrived("/orders/10482?by=C-1&by=C-2")], ["other_query"]),
        ("10482", [_arrived("/orders/10482?by=C-1", **{"x-admin": "1"})], ["extra_header"]),
        ("10482", [_arrived("/orders/10482?by=C-1"), _arrived("/orders/1")], ["requests_extra"]),
        ("..", [_arrived("/orders/..?by=C-1")], ["requests_extra"]),
        ("10482", [], ["requests_missing"]),
    ],
)
def test_the_judge_of_requests(order: str, arrived: list[Request], told: list[str]) -> None:
    call = Invocation("look_up", {"customer_id": "C-1", "order_id": order}, "C-1", 0.0)
    assert overhttp.wrong_requests([call], arrived) == told
