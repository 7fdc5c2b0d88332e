"""Which pages served: the counts in Redis and without it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError

from frontdesk.graph.pageuse import PageTurn
from frontdesk.graph.persistence.holdings import kind_of
from frontdesk.graph.persistence.pageuse import Counts, MemoryPageStore, PageCounts, PageStore, RedisPageStore
from frontdesk.holdings import IMPERSONAL

DAYS = 3
NOW = 1_800_000_000.0
"""2027-01-15, UTC."""
DAY = "2027-01-15"


@pytest.fixture(params=["redis", "memory"])
def store(request: pytest.FixtureRequest) -> PageStore:
    if request.param == "memory":
        return MemoryPageStore(DAYS)
    return RedisPageStore(request.getfixturevalue("redis_client"), DAYS)


async def test_replies_are_counted_by_tenant_and_day(store: PageStore) -> None:
    counts = PageCounts(store, clock=lambda: NOW)
    await counts.note("shop", PageTurn(recalled=("returns", "refunds"), cited=("returns",)))
    await counts.note("shop", PageTurn(recalled=("returns",), cited=("returns",)))
    await counts.note("shop", PageTurn(uncovered="warranty"))
    await counts.note("other", PageTurn(uncovered=""))
    assert await counts.counts("shop", [DAY, "2027-01-14"]) == {
        DAY: {
            "replies\t": 3,
            "recalled\treturns": 2,
            "recalled\trefunds": 1,
            "cited\treturns": 2,
            "uncovered\twarranty": 1,
        }
    }
    assert await counts.counts("other", [DAY]) == {DAY: {"replies\t": 1, "uncovered\t": 1}}
    assert await counts.counts("nobody", [DAY]) == {}


async def test_keys_are_of_nobody_and_run_out(redis_client: Any) -> None:
    await RedisPageStore(redis_client, DAYS).add("sh:op", DAY, ["replies\t"])
    keys = [key.decode() async for key in redis_client.scan_iter(match="fd:pages:*")]
    assert len(keys) == 1
    assert kind_of(keys[0]) in IMPERSONAL
    assert 0 < await redis_client.ttl(keys[0]) <= (DAYS + 1) * 86_400


async def test_memory_forgets_old_days() -> None:
    store = MemoryPageStore(DAYS)
    await store.add("shop", "2027-01-01", ["replies\t"])
    await store.add("shop", DAY, ["replies\t"])
    assert await store.read("shop", ["2027-01-01", DAY]) == {DAY: {"replies\t": 1}}


class Down:
    """A store that does not answer."""

    async def add(self, tenant: str, day: str, fields: Sequence[str]) -> None:
        raise RedisConnectionError("down")

    async def read(self, tenant: str, days: Sequence[str]) -> dict[str, Counts]:
        raise RedisConnectionError("down")


async def test_a_store_that_is_down_costs_no_turn(caplog: pytest.LogCaptureFixture) -> None:
    await PageCounts(Down()).note("shop", PageTurn(uncovered="warranty"))
    assert [record.getMessage() for record in caplog.records] == ["use of pages cannot be written: ConnectionError"]
