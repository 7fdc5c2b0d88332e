"""One transaction per call on SQLite and PostgreSQL: what happened is done once and told, or did not happen at all."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from frontdesk.errors import ConfigurationError, ToolError, ToolFailedError, ToolRefusedError, ToolUnknownError
from frontdesk.tools.backend import Invocation
from frontdesk.tools.connectors.sql import SqlBackend
from frontdesk.tools.database import open_engine
from frontdesk.tools.sql.databases import Database, SqlConnection
from tests.support import postgres
from tests.support.tools import contract

REFUND = {
    "keys": "frontdesk_calls",
    "steps": [
        {
            "write": "INSERT INTO refunds (id, order_id, cents) SELECT CAST(COUNT(*) AS TEXT) || :key, :order_id, 500 FROM refunds"
        },
        {
            "write": "UPDATE orders SET status = 'refunded' WHERE id = :order_id AND owner = :customer_id AND status = 'open'",
            "otherwise": "order_changed",
            "message": "It has just changed.",
        },
        {"one": "SELECT id AS order_id, owner AS customer_id, status FROM orders WHERE id = :order_id"},
    ],
}


def call(order: str = "10001", key: str = "a" * 32, **changes: Any) -> Invocation:
    made = Invocation("refund", {"customer_id": "C-1", "order_id": order}, "C-1", 1_779_278_400.0, key)
    return replace(made, **changes)


async def rows(engine: AsyncEngine, statement: str) -> list[tuple[Any, ...]]:
    async with engine.connect() as connection:
        return [tuple(row) for row in await connection.execute(text(statement))]


async def refunds(engine: AsyncEngine) -> int:
    return int((await rows(engine, "SELECT COUNT(*) FROM refunds"))[0][0])


async def change(engine: AsyncEngine, *statements: str) -> None:
    async with engine.begin() as connection:
        for statement in statements:
            await connection.execute(text(statement))


READS_THAT_WRITE = [
    "UPDATE orders SET status = 'gone' RETURNING id",
    "DELETE FROM orders RETURNING id",
    "INSERT INTO refunds VALUES ('x', '10001', 1) RETURNING id",
]


@pytest.mark.parametrize("statement", READS_THAT_WRITE)
async def test_a_read_that_writes_is_refused_by_the_database(shop: AsyncEngine, statement: str) -> None:
    before = await rows(shop, "SELECT * FROM orders ORDER BY id")
    with pytest.raises(ToolFailedError) as raised:
        await SqlBackend(shop).run({"steps": [{"many": statement, "into": "found"}]}, call(key=""))
    assert raised.value.reason == "read_only"
    assert await rows(shop, "SELECT * FROM orders ORDER BY id") == before
    assert await refunds(shop) == 0
    await SqlBackend(shop).run(REFUND, call())  # the connection that refused it writes again


async def test_a_repeated_key_is_told_and_not_done_again(shop: AsyncEngine) -> None:
    backend = SqlBackend(shop)
    first = await backend.run(REFUND, call())
    assert first == {"order_id": "10001", "customer_id": "C-1", "status": "refunded"}
    assert await backend.run(REFUND, call()) == first
    assert await SqlBackend(shop).run(REFUND, call()) == first
    assert await refunds(shop) == 1
    with pytest.raises(ToolRefusedError):
        await backend.run(REFUND, call(key="b" * 32))  # another call on the same order
    assert await refunds(shop) == 1


async def test_many_at_once_with_one_key_are_one_effect(shop: AsyncEngine) -> None:
    backend = SqlBackend(shop)
    told = await asyncio.gather(*(backend.run(REFUND, call()) for _ in range(12)))
    assert all(each == told[0] for each in told)
    assert await refunds(shop) == 1
    assert await rows(shop, "SELECT call_key, tool FROM frontdesk_calls") == [("a" * 32, "refund")]


async def test_many_at_once_with_their_own_keys_are_one_refund_and_refusals(shop: AsyncEngine) -> None:
    backend = SqlBackend(shop)
    outcomes = await asyncio.gather(
        *(backend.run(REFUND, call(key=f"{number:032x}")) for number in range(8)), return_exceptions=True
    )
    assert sum(isinstance(each, dict) for each in outcomes) == 1
    refused = [each for each in outcomes if not isinstance(each, dict)]
    assert {(type(each), each.reason) for each in refused if isinstance(each, ToolError)} == {
        (ToolRefusedError, "order_changed")
    }
    assert await refunds(shop) == 1


async def test_what_was_refused_may_be_done_later_with_the_same_key(shop: AsyncEngine) -> None:
    await change(shop, "UPDATE orders SET status = 'held' WHERE id = '10001'")
    with pytest.raises(ToolRefusedError, match="just changed"):
        await SqlBackend(shop).run(REFUND, call())
    assert (await refunds(shop), await rows(shop, "SELECT * FROM frontdesk_calls")) == (0, [])
    await change(shop, "UPDATE orders SET status = 'open' WHERE id = '10001'")
    await SqlBackend(shop).run(REFUND, call())
    assert await refunds(shop) == 1


async def test_after_its_deadline_nothing_is_begun(shop: AsyncEngine) -> None:
    with pytest.raises(ToolFailedError):
        await SqlBackend(shop).run(REFUND, call(deadline=time.monotonic() - 1))
    assert (await refunds(shop), await rows(shop, "SELECT * FROM frontdesk_calls")) == (0, [])


async def test_a_broken_constraint_refuses_in_the_steps_words(shop: AsyncEngine) -> None:
    twice = {
        "write": "INSERT INTO orders VALUES (:order_id, 'C-1', 'open')",
        "otherwise": "exists",
        "message": "It exists.",
    }
    with pytest.raises(ToolRefusedError) as raised:
        await SqlBackend(shop).run({"steps": [twice]}, call())
    assert (raised.value.reason, str(raised.value)) == ("exists", "It exists.")


async def test_what_a_write_returns_is_its_result(shop: AsyncEngine) -> None:
    step = {
        "write": "UPDATE orders SET status = 'gone' WHERE id = :order_id RETURNING id AS order_id, status",
        "map": {"status": "now"},
    }
    assert await SqlBackend(shop).run({"steps": [step]}, call()) == {"order_id": "10001", "now": "gone"}
    with pytest.raises(ToolRefusedError):
        await SqlBackend(shop).run({"steps": [step]}, call(order="99999"))


@pytest.mark.parametrize(("rows_allowed", "done"), [(2, True), ([1, 3], True), (1, False), ([3, 9], False), (0, False)])
async def test_the_guard_on_rows_takes_a_number_or_a_range(shop: AsyncEngine, rows_allowed: Any, done: bool) -> None:
    step = {"write": "UPDATE orders SET status = 'gone' WHERE owner = :customer_id", "rows": rows_allowed}
    if done:
        await SqlBackend(shop).run({"steps": [step]}, call())
    else:
        with pytest.raises(ToolRefusedError):
            await SqlBackend(shop).run({"steps": [step]}, call())
    assert len(await rows(shop, "SELECT 1 FROM orders WHERE status = 'gone'")) == (2 if done else 0)


async def test_a_list_that_is_cut_short_says_so(shop: AsyncEngine) -> None:
    step = {"many": "SELECT id FROM orders ORDER BY id", "into": "orders", "limit": 2}
    with pytest.raises(ToolRefusedError) as raised:
        await SqlBackend(shop).run({"steps": [step]}, call())
    assert raised.value.reason == "too_many"
    found = await SqlBackend(shop).run({"steps": [{**step, "truncated": "more"}]}, call())
    assert found == {"orders": [{"id": "10001"}, {"id": "10002"}], "more": True}
    whole = await SqlBackend(shop).run({"steps": [{**step, "limit": 3, "truncated": "more"}]}, call())
    assert (len(whole["orders"]), whole["more"]) == (3, False)


async def test_a_result_beyond_its_bytes_undoes_the_write(shop: AsyncEngine) -> None:
    small = {"": Database(shop, SqlConnection(max_bytes=1024))}
    wide = {"one": "SELECT :text AS text"}
    steps = {"steps": [{"write": "UPDATE orders SET status = 'gone' WHERE id = :order_id"}, wide]}
    with pytest.raises(ToolFailedError) as raised:
        await SqlBackend(named=small).run(steps, call(arguments={"order_id": "10001", "text": "x" * 2000}))
    assert raised.value.reason == "result_too_large"
    assert await rows(shop, "SELECT status FROM orders WHERE id = '10001'") == [("open",)]


async def test_a_value_that_no_rule_fits_undoes_the_write(shop: AsyncEngine) -> None:
    told = {"one": "SELECT status FROM orders WHERE id = :order_id", "codes": {"status": {"open": "open"}}}
    steps = {"steps": [{"write": "UPDATE orders SET status = '99' WHERE id = :order_id"}, told]}
    with pytest.raises(ToolFailedError) as raised:
        await SqlBackend(shop).run(steps, call())
    assert raised.value.reason == "bad_output"
    assert await rows(shop, "SELECT status FROM orders WHERE id = '10001'") == [("open",)]
    bound = {"one": "SELECT id FROM orders WHERE id = :order_id", "bind": {"order_id": {"width": 3}}}
    with pytest.raises(ToolRefusedError, match="not a value that this system knows"):
        await SqlBackend(shop).run({"steps": [bound]}, call())


async def test_a_missing_table_of_keys_is_found_at_the_start(shop: AsyncEngine) -> None:
    backend = SqlBackend(shop)
    tool = contract(
        "refund",
        effect="write",
        idempotency={"remote": True},
        connector={"kind": "sql", "options": REFUND},
        precheck=None,
    )
    assert backend.check(tool) == []
    await backend.ready()
    await change(shop, "DROP TABLE frontdesk_calls")
    with pytest.raises(ConfigurationError, match=r"(?s)run there:.*CREATE TABLE frontdesk_calls"):
        await backend.ready()
    with pytest.raises(ToolFailedError):
        await backend.run(REFUND, call())
    assert await refunds(shop) == 0


async def test_a_locked_sqlite_is_a_failure_that_may_be_tried_again(lite: AsyncEngine) -> None:
    async with lite.connect() as other:
        await other.exec_driver_sql("BEGIN IMMEDIATE")
        with pytest.raises(ToolFailedError):
            await SqlBackend(lite).run(REFUND, call(deadline=time.monotonic() + 0.3))
    await SqlBackend(lite).run(REFUND, call())
    assert await refunds(lite) == 1


async def test_postgres_ends_a_statement_in_time(pg: AsyncEngine) -> None:
    """A lock that somebody holds is waited for no longer than the call may take, and then nothing happened."""
    async with pg.connect() as other:
        await other.execute(text("SELECT 1 FROM orders WHERE id = '10001' FOR UPDATE"))
        with pytest.raises(ToolFailedError):
            await SqlBackend(pg).run(REFUND, call(deadline=time.monotonic() + 0.3))
    assert (await refunds(pg), await rows(pg, "SELECT * FROM frontdesk_calls")) == (0, [])


async def test_a_serialization_failure_is_a_failure_that_may_be_tried_again(pg: AsyncEngine) -> None:
    strict = SqlBackend(named={"": Database(pg, SqlConnection(isolation="SERIALIZABLE"))})
    told = await asyncio.gather(*(strict.run(REFUND, call()) for _ in range(4)), return_exceptions=True)
    assert {type(each) for each in told} <= {dict, ToolFailedError}
    assert await refunds(pg) == 1
    assert (await strict.run(REFUND, call()))["status"] == "refunded"
    assert await refunds(pg) == 1


KILL_AT = {
    "in the middle": ("AFTER UPDATE ON orders FOR EACH ROW", ToolFailedError),
    "at the commit": ("AFTER UPDATE ON orders DEFERRABLE INITIALLY DEFERRED FOR EACH ROW", ToolUnknownError),
}
KILL = "CREATE FUNCTION kill() RETURNS trigger AS 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END' LANGUAGE plpgsql"


@pytest.mark.parametrize("where", KILL_AT)
async def test_a_backend_that_is_killed(pg: AsyncEngine, where: str) -> None:
    timing, error = KILL_AT[where]
    constraint = "CONSTRAINT " if "DEFERRABLE" in timing else ""
    await change(pg, KILL, f"CREATE {constraint}TRIGGER kill {timing} EXECUTE FUNCTION kill()")
    with pytest.raises(error):
        await SqlBackend(pg).run(REFUND, call())
    assert await refunds(pg) == 0
    await change(pg, "DROP TRIGGER kill ON orders")
    assert (await SqlBackend(pg).run(REFUND, call()))["status"] == "refunded"
    assert await refunds(pg) == 1


async def test_a_deferred_constraint_says_no_at_the_commit(pg: AsyncEngine) -> None:
    await change(
        pg,
        "ALTER TABLE refunds ADD CONSTRAINT one_each UNIQUE (order_id) DEFERRABLE INITIALLY DEFERRED",
        "INSERT INTO refunds VALUES ('old', '10001', 1)",
    )
    with pytest.raises(ToolFailedError):
        await SqlBackend(pg).run(REFUND, call())
    assert await refunds(pg) == 1


async def test_a_commit_whose_answer_is_lost_is_unknown_and_then_found_by_its_key(
    pg: AsyncEngine, postgres_folder: Path
) -> None:
    async with postgres.losing_commits(postgres_folder) as url:
        losing = open_engine(url)
        with pytest.raises(ToolUnknownError):
            await SqlBackend(losing).run(REFUND, call())
        await losing.dispose()
    assert await refunds(pg) == 1
    assert (await SqlBackend(pg).run(REFUND, call()))["status"] == "refunded"
    assert await refunds(pg) == 1
