"""How requests ended: the counts in Redis and without it, and the smoothed share that is read of them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError

from frontdesk.graph.endings import Ending
from frontdesk.graph.persistence.holdings import kind_of
from frontdesk.graph.persistence.outcomes import (
    FRESH,
    Counts,
    EndingStore,
    History,
    MemoryEndings,
    RedisEndings,
    days_until,
    smoothed,
)
from frontdesk.holdings import IMPERSONAL
from tests.graph.persistence.conftest import Clock

DAYS = 3


@pytest.fixture(params=["redis", "memory"])
def store(request: pytest.FixtureRequest) -> EndingStore:
    if request.param == "memory":
        return MemoryEndings(DAYS)
    return RedisEndings(request.getfixturevalue("redis_client"), DAYS)


async def test_counts_of_days_add_up(store: EndingStore) -> None:
    await store.add("shop", "2027-01-14", "warranty", {"settled": 1})
    await store.add("shop", "2027-01-15", "warranty", {"settled": 1, "handed": 1})
    await store.add("shop", "2027-01-15", "returns", {"dropped": 1})
    await store.add("other", "2027-01-15", "warranty", {"dropped": 7})
    both = await store.read("shop", ["2027-01-15", "2027-01-14", "2027-01-13"])
    assert both == {"warranty": {"settled": 2, "handed": 1}, "returns": {"dropped": 1}}
    assert await store.read("shop", ["2027-01-14"]) == {"warranty": {"settled": 1}}
    assert await store.read("nobody", ["2027-01-14"]) == {}


async def test_keys_are_of_nobody_and_run_out(redis_client: object) -> None:
    client: object = redis_client
    await RedisEndings(client, DAYS).add("sh:op", "2027-01-15", "warranty", {"settled": 1})  # type: ignore[arg-type]
    keys = [key.decode() async for key in client.scan_iter(match="fd:outcomes:*")]  # type: ignore[attr-defined]
    assert len(keys) == 1
    assert kind_of(keys[0]) in IMPERSONAL
    assert 0 < await client.ttl(keys[0]) <= (DAYS + 1) * 86_400  # type: ignore[attr-defined]


async def test_memory_forgets_old_days() -> None:
    store = MemoryEndings(DAYS)
    await store.add("shop", "2027-01-01", "warranty", {"settled": 1})
    await store.add("shop", "2027-01-15", "warranty", {"settled": 1})
    assert await store.read("shop", ["2027-01-01"]) == {}


@pytest.mark.parametrize(
    ("counts", "share"),
    [
        ({}, 0.9),
        ({"settled": 10}, 0.95),
        ({"dropped": 10}, 0.45),
        ({"handed": 5, "dropped": 5}, 0.45),
        ({"settled": -3, "handed": 10}, 0.45),
    ],
)
def test_smoothing(counts: Mapping[Ending, int], share: float) -> None:
    assert smoothed(counts) == pytest.approx(share)


async def test_history_is_read_once_a_minute(store: EndingStore, clock: Clock) -> None:
    history = History(store, DAYS, clock=clock)
    assert await history.share("shop", "warranty") == pytest.approx(0.9)
    for _ in range(10):
        await history.note("shop", "warranty", "dropped")
    assert await history.share("shop", "warranty") == pytest.approx(0.9)
    clock.now += FRESH
    assert await history.share("shop", "warranty") == pytest.approx(0.45)
    assert await history.share("shop", "returns") == pytest.approx(0.9)
    clock.now += (DAYS + 1) * 86_400
    assert await history.share("shop", "warranty") == pytest.approx(0.9)


async def test_a_correction_moves_a_request(store: EndingStore, clock: Clock) -> None:
    history = History(store, DAYS, clock=clock)
    await history.note("shop", "warranty", "settled")
    await history.note("shop", "warranty", "handed", instead="settled")
    await history.note("shop", "warranty", "handed", instead="handed")
    found = await store.read("shop", days_until(clock(), DAYS))
    assert {name: count for name, count in found["warranty"].items() if count} == {"handed": 1}


class Failing:
    """A store that is down, or that never answers."""

    def __init__(self, *, hangs: bool) -> None:
        self.hangs = hangs
        self.asked = 0

    async def add(self, tenant: str, day: str, intent: str, changes: Mapping[Ending, int]) -> None:
        await self.read(tenant, [day])

    async def read(self, tenant: str, days: Sequence[str]) -> Counts:
        self.asked += 1
        if self.hangs:
            await asyncio.Event().wait()
        raise RedisConnectionError("redis://secret@host")


@pytest.mark.parametrize("hangs", [True, False])
async def test_a_turn_goes_on_without_its_history(hangs: bool, clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    store = Failing(hangs=hangs)
    history = History(store, DAYS, clock=clock)
    async with asyncio.timeout(5):
        assert [await history.share("shop", "warranty") for _ in range(3)] == [pytest.approx(0.9)] * 3
        assert store.asked == 1
        await history.note("shop", "warranty", "settled")
    assert "history of intents" in caplog.text
    assert "secret" not in caplog.text
