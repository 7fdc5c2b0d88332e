"""The archive: newest first, one per thread, of this customer only. The same tests for both of its forms."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest
from redis.asyncio import Redis

from frontdesk.desk.config import Purpose
from frontdesk.graph.deps import Archive
from frontdesk.graph.identity import Principal
from frontdesk.graph.persistence.life.consent import RedisConsents
from frontdesk.graph.persistence.life.consent_memory import MemoryConsents
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.nodes.recall.archive import RedisArchive
from frontdesk.nodes.recall.memory import MemoryArchive

ANNA = Principal("C-1", "shop")
NOBODY = Principal(tenant="shop")
OPT_OUT = {"memory": Purpose(default="granted")}


def sealed_archive(client: Redis, sealer: Sealer, clock: Callable[[], float]) -> RedisArchive:
    """An archive of an hour at a desk that remembers until somebody objects."""
    return RedisArchive(client, sealer, 3600, RedisConsents(client, sealer, OPT_OUT, 7200, clock), clock)


class Clock:
    """Seconds that pass when told to, and a little at each look."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        self.now += 0.01
        return self.now


@pytest.fixture
def clock() -> Clock:
    """One clock per test."""
    return Clock()


@pytest.fixture(params=["memory", "redis"])
def archive(request: pytest.FixtureRequest, clock: Clock) -> Archive:
    """Each form in turn."""
    if request.param == "memory":
        return MemoryArchive(MemoryConsents(OPT_OUT))
    client: Redis = request.getfixturevalue("redis_client")
    return sealed_archive(client, Sealer.generate(), clock)


async def test_newest_first_and_limited(archive: Archive) -> None:
    for number in range(5):
        await archive.add(ANNA, f"t{number}", f"episode {number}")
    assert await archive.recent(ANNA) == ["episode 4", "episode 3", "episode 2"]
    assert await archive.recent(ANNA, limit=1) == ["episode 4"]
    assert await archive.recent(ANNA, limit=0) == []


async def test_one_per_thread(archive: Archive) -> None:
    await archive.add(ANNA, "t1", "first")
    await archive.add(ANNA, "t2", "other")
    await archive.add(ANNA, "t1", "grown")
    assert await archive.recent(ANNA) == ["grown", "other"]


async def test_fifty_are_kept(archive: Archive) -> None:
    for number in range(53):
        await archive.add(ANNA, f"t{number}", f"episode {number}")
    kept = await archive.recent(ANNA, limit=100)
    assert len(kept) == 50
    assert kept[-1] == "episode 3"


@pytest.mark.parametrize(
    "other",
    [Principal("c-1", "shop"), Principal("C-11", "shop"), Principal("C-1", "shop2"), Principal('C-1","x', "shop")],
    ids=["case", "prefix", "tenant", "separator"],
)
async def test_nobody_elses(archive: Archive, other: Principal) -> None:
    await archive.add(ANNA, "t1", "mine")
    assert await archive.recent(other) == []


async def test_nothing_of_an_anonymous_caller(archive: Archive) -> None:
    await archive.add(NOBODY, "t1", "someone's")
    assert await archive.recent(NOBODY) == []


async def test_redis_holds_nothing_readable_and_forgets(redis_client: Redis, clock: Clock) -> None:
    archive = sealed_archive(redis_client, Sealer.generate(), clock)
    await archive.add(ANNA, "t1", "cancelled order 10482")
    keys = await redis_client.keys("*")
    assert len(keys) == 2
    stored = b" ".join([*keys, *(await redis_client.hvals(min(keys, key=len)))])
    assert all(key.startswith(b"fd:{") for key in keys)
    assert b"10482" not in stored
    assert b"C-1" not in stored
    assert all([0 < await redis_client.ttl(key) <= 3600 for key in keys])


async def test_an_episode_is_forgotten_in_its_time_though_newer_ones_come(redis_client: Redis, clock: Clock) -> None:
    archive = sealed_archive(redis_client, Sealer.generate(), clock)
    await archive.add(ANNA, "t1", "old")
    clock.now += 3601
    assert await archive.recent(ANNA) == []
    await archive.add(ANNA, "t2", "new")
    assert await archive.recent(ANNA) == ["new"]
    assert [await redis_client.hlen(key) for key in await redis_client.keys("*episodes")] == [1]


async def test_what_cannot_be_opened_is_left_out(
    redis_client: Redis, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    first = Sealer.generate()
    await sealed_archive(redis_client, first, clock).add(ANNA, "t1", "kept")
    key = min(await redis_client.keys("*"), key=len)
    moved = await redis_client.hget(key, "memory/t1")
    await redis_client.hset(key, "memory/t2", moved)
    await redis_client.zadd(key + b":order", {"memory/t2": clock.now + 1})
    with caplog.at_level(logging.WARNING):
        assert await sealed_archive(redis_client, first, clock).recent(ANNA) == ["kept"]
    assert "cannot be opened" in caplog.text
