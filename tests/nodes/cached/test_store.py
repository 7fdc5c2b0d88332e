"""Where answers lie: the same tests for Redis and for this process, and what Redis alone must keep."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from redis.asyncio import Redis

from frontdesk.graph.answers import AnswerStore, Kept
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.nodes.cached.memory import MemoryAnswers
from frontdesk.nodes.cached.nearest import Nearest, as_bytes
from frontdesk.nodes.cached.store import RedisAnswers

HERE, THERE = "a" * 64, "b" * 64
EAST, NEAR_EAST, NORTH = [1.0, 0.0, 0.0], [0.99, 0.1, 0.0], [0.0, 1.0, 0.0]
ANSWER = "Lamps are covered for two years [warranty]."


class Clock:
    """Seconds that pass when told to, and a little at each look."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        self.now += 0.01
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["memory", "redis"])
def make(request: pytest.FixtureRequest, clock: Clock) -> Callable[[int], AnswerStore]:
    """Makes a store of so many entries, each form in turn."""
    if request.param == "memory":
        return lambda entries: MemoryAnswers(60, entries, clock)
    client: Redis = request.getfixturevalue("redis_client")
    sealer = Sealer.generate()
    return lambda entries: RedisAnswers(client, sealer, "shop", 60, entries, clock)


def kept(text: str = ANSWER, place: str = HERE) -> Kept:
    return Kept(text, {"warranty": "d"}, 1_000_000.0, "{}", place)


async def test_what_is_kept_is_found_until_it_is_dropped(make: Callable[[int], AnswerStore]) -> None:
    store = make(10)
    mark = store.mark(HERE, "how long")
    assert await store.get(mark) is None
    await store.put(mark, kept(), EAST)
    assert await store.get(mark) == kept()
    await store.drop(mark)
    assert await store.get(mark) is None
    assert await store.near(HERE, EAST, 0.5, 5) == []


def test_a_mark_tells_places_and_texts_apart_and_neither_from_it(make: Callable[[int], AnswerStore]) -> None:
    store = make(10)
    marks = {store.mark(place, text) for place in (HERE, THERE) for text in ("one", "two")}
    assert len(marks) == 4
    assert not any("one" in mark or "two" in mark for mark in marks)


async def test_the_nearest_of_one_place_come_nearest_first(make: Callable[[int], AnswerStore]) -> None:
    store = make(10)
    for text, vector, place in (
        ("far", NORTH, HERE),
        ("near", NEAR_EAST, HERE),
        ("same", EAST, HERE),
        ("else", EAST, THERE),
    ):
        await store.put(store.mark(place, text), kept(text, place), vector)
    await store.put(store.mark(HERE, "none"), kept("none"), None)
    assert [entry.text for _, entry in await store.near(HERE, EAST, 0.2, 5)] == ["same", "near"]
    assert [entry.text for _, entry in await store.near(HERE, EAST, 0.2, 1)] == ["same"]
    assert [entry.text for _, entry in await store.near(THERE, EAST, 2.0, 5)] == ["else"]


async def test_the_one_used_longest_ago_goes_first(make: Callable[[int], AnswerStore]) -> None:
    store = make(2)
    marks = [store.mark(HERE, text) for text in ("one", "two", "three")]
    await store.put(marks[0], kept("one"), EAST)
    await store.put(marks[1], kept("two"), EAST)
    await store.touch(marks[0])
    await store.put(marks[2], kept("three"), EAST)
    assert [entry.text if (entry := await store.get(mark)) else None for mark in marks] == ["one", None, "three"]
    assert {entry.text for _, entry in await store.near(HERE, EAST, 0.1, 5)} == {"one", "three"}


async def test_one_asks_and_lets_go(make: Callable[[int], AnswerStore]) -> None:
    store = make(10)
    assert await store.claim("mark", 5.0)
    assert not await store.claim("mark", 5.0)
    await store.release("mark")
    await store.release("mark")
    assert await store.claim("mark", 5.0)


async def test_counts_and_entries_are_told_and_cleared(make: Callable[[int], AnswerStore]) -> None:
    store = make(10)
    await store.put(store.mark(HERE, "one"), kept(), EAST)
    for code in ("hit", "hit", "number"):
        await store.count(code)
    assert await store.stats() == {"entries": 1, "hit": 2, "number": 1}
    assert await store.clear() == 1
    assert (await store.stats())["entries"] == 0
    assert await store.near(HERE, EAST, 0.5, 5) == []


async def test_an_answer_in_memory_runs_out(clock: Clock) -> None:
    store = MemoryAnswers(60, 10, clock)
    await store.put("mark", kept(), EAST)
    clock.now += 61
    assert await store.get("mark") is None
    assert await store.near(HERE, EAST, 0.5, 5) == []
    assert (await store.stats())["entries"] == 0


async def test_a_claim_of_a_dead_process_runs_out_in_memory(clock: Clock) -> None:
    store = MemoryAnswers(60, 10, clock)
    assert await store.claim("mark", 5.0)
    clock.now += 6
    assert await store.claim("mark", 5.0)


async def test_redis_holds_no_words_and_every_key_runs_out(redis_client: Redis, clock: Clock) -> None:
    store = RedisAnswers(redis_client, Sealer.generate(), "shop", 60, 10, clock)
    mark = store.mark(HERE, "how long is the warranty")
    await store.put(mark, kept(), EAST)
    await store.claim(mark, 5.0)
    await store.count("none")
    keys = [key async for key in redis_client.scan_iter(match="fd:*")]
    assert {key.decode().split(":")[1] for key in keys} == {"answer", "answers", "answered", "asking", "nearby"}
    for key in keys:
        assert 0 < await redis_client.ttl(key) <= 30 * 86_400
        dumped = await redis_client.dump(key)
        assert dumped is not None
        for word in (b"warranty", b"covered", b"how long"):
            assert word not in dumped + key


async def test_what_another_key_sealed_is_as_good_as_absent(redis_client: Redis, clock: Clock) -> None:
    first = RedisAnswers(redis_client, Sealer.generate(), "shop", 60, 10, clock)
    second = RedisAnswers(redis_client, Sealer.generate(), "shop", 60, 10, clock)
    await first.put("mark", kept(), EAST)
    assert await second.get("mark") is None
    assert await second.near(HERE, EAST, 0.5, 5) == []


async def test_an_answer_moved_to_another_place_is_not_opened(redis_client: Redis, clock: Clock) -> None:
    store = RedisAnswers(redis_client, Sealer.generate(), "shop", 60, 10, clock)
    await store.put("one", kept(), EAST)
    await redis_client.copy("fd:answer:shop:one", "fd:answer:shop:two")
    assert await store.get("two") is None


async def test_an_index_that_lies_about_the_place_finds_nothing(redis_client: Redis, clock: Clock) -> None:
    store = RedisAnswers(redis_client, Sealer.generate(), "shop", 60, 10, clock)
    await store.put("mark", kept(place=THERE), EAST)
    await redis_client.hset("fd:nearby:shop:3:mark", "place", HERE)  # type: ignore[misc]
    assert await store.near(HERE, EAST, 0.5, 5) == []


@pytest.mark.parametrize("place", ["", "*", "abc|def", "ABC", "a b"])
async def test_a_search_without_a_place_is_refused(redis_client: Redis, place: str) -> None:
    nearest = Nearest(redis_client, "shop", 60)
    with pytest.raises(ValueError, match="digest"):
        await nearest.find(place, EAST, 0.5, 5)


async def test_two_desks_share_nothing(redis_client: Redis, clock: Clock) -> None:
    sealer = Sealer.generate()
    one, other = (RedisAnswers(redis_client, sealer, desk, 60, 10, clock) for desk in ("shop", "bank"))
    await one.put("mark", kept(), EAST)
    assert await other.get("mark") is None
    assert await other.near(HERE, EAST, 0.5, 5) == []
    await other.clear()
    assert await one.get("mark") == kept()


def test_a_vector_never_looks_like_a_sealed_value() -> None:
    assert as_bytes([0.123456, 0.5])[0] == 0
    assert len(as_bytes([0.1] * 384)) == 4 * 384
