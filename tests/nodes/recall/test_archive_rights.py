"""What a customer and the law may ask of their memories: consent, erasure, expiry, holds, and nothing readable."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from redis.asyncio import Redis

from frontdesk.desk.config import Purpose, Retention
from frontdesk.desk.remembering import Memory as Rules
from frontdesk.graph.identity import Principal
from frontdesk.graph.persistence.erasure.tombs import bury
from frontdesk.graph.persistence.life.consent import Consents, RedisConsents
from frontdesk.graph.persistence.life.consent_memory import MemoryConsents
from frontdesk.graph.persistence.life.sweep import Sweeper
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.persistence.threads import subject_mark
from frontdesk.nodes.recall.archive import RedisArchive
from frontdesk.nodes.recall.longterm import LongMemory
from frontdesk.tools.ledger import RedisLedger
from tests.nodes.recall.archives import ANNA, BERT, DAY, HOUR, OPT_OUT, Clock, Words, in_memory, note, on_redis, texts

ASK = {"memory": Purpose(default="ask")}
DIET = note("diet", "is vegetarian")


@pytest.fixture
def sealer() -> Sealer:
    """One key per test."""
    return Sealer.generate()


def stem(sealer: Sealer, who: Principal = ANNA) -> str:
    return f"fd:{{{subject_mark(sealer, who)}}}:"


@pytest.fixture(params=["memory", "redis"])
def asking(request: pytest.FixtureRequest, sealer: Sealer, clock: Clock) -> tuple[Consents, LongMemory]:
    """Consents and archive of a desk that asks first, in each form."""
    if request.param == "memory":
        words = MemoryConsents(ASK)
        return words, in_memory(clock, consents=words)
    client: Redis = request.getfixturevalue("redis_client")
    consents = RedisConsents(client, sealer, ASK, 7200, clock)
    return consents, RedisArchive(client, sealer, HOUR, consents, clock)


async def test_consent_begins_and_ends_it(asking: tuple[Consents, LongMemory]) -> None:
    consents, archive = asking
    assert await archive.learn(ANNA, "t1", 1, [DIET]) == 0
    await consents.record(ANNA, "memory", granted=True, how="chat")
    assert await archive.learn(ANNA, "t1", 1, [DIET]) == 1
    await archive.learn(BERT, "t2", 1, [DIET])
    _, gone = await consents.record(ANNA, "memory", granted=False, how="chat")
    assert gone == 1
    assert await archive.held(ANNA) == []
    await consents.record(ANNA, "memory", granted=True, how="chat")
    assert await archive.held(ANNA) == await archive.search(ANNA, "vegetarian") == []


async def test_a_no_that_comes_while_it_is_learnt_counts(redis_client: Redis, sealer: Sealer, clock: Clock) -> None:
    consents = RedisConsents(redis_client, sealer, OPT_OUT, 7200, clock)
    archive = RedisArchive(redis_client, sealer, HOUR, consents, clock)

    class Objecting(Words):
        """Meanwhile the customer objects."""

        async def embed_many(self, texts: Any, *, seconds: float | None = None) -> Any:
            await consents.record(ANNA, "memory", granted=False, how="chat")
            return await super().embed_many(texts, seconds=seconds)

    archive.embedder = Objecting()
    assert await archive.learn(ANNA, "t1", 1, [DIET]) == 0
    assert not await redis_client.exists(f"{stem(sealer)}memories")


async def test_what_is_not_allowed_any_more_is_not_recalled_but_held(
    redis_client: Redis, sealer: Sealer, clock: Clock
) -> None:
    await on_redis(redis_client, clock, sealer=sealer).learn(ANNA, "t1", 1, [DIET])
    asking = RedisConsents(redis_client, sealer, ASK, 7200, clock)
    archive = RedisArchive(redis_client, sealer, HOUR, asking, clock)
    assert await archive.search(ANNA, "vegetarian") == []
    assert texts(await archive.held(ANNA)) == ["is vegetarian"]
    assert await archive.drop(ANNA, [memory["id"] for memory in await archive.held(ANNA)]) == 1


async def test_redis_holds_nothing_readable_and_forgets(redis_client: Redis, sealer: Sealer, clock: Clock) -> None:
    archive = on_redis(redis_client, clock, sealer=sealer)
    archive.embedder = Words()
    await archive.learn(ANNA, "t1", 1, [note("diet", "vegetarian since 10482")])
    keys = sorted(await redis_client.keys("*"))
    assert [key.decode().removeprefix(stem(sealer)) for key in keys] == ["memories", "memories:order"]
    (field, blob), *more = (await redis_client.hgetall(keys[0])).items()
    assert not more
    for secret in (b"10482", b"vegetarian", b"diet", b"C-1", b"letters"):
        assert secret not in b" ".join([*keys, field, blob])
    assert all([0 < await redis_client.ttl(key) <= DAY for key in keys])


async def test_two_customers_items_swapped_on_the_server_do_not_open(
    redis_client: Redis, sealer: Sealer, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    archive = on_redis(redis_client, clock, sealer=sealer)
    for who, text in ((ANNA, "likes oak"), (BERT, "likes ash")):
        await archive.learn(who, "t1", 1, [note("taste.wood", text)])
    first, second = (f"{stem(sealer, who)}memories" for who in (ANNA, BERT))
    ((field, blob),) = (await redis_client.hgetall(first)).items()
    ((other, theirs),) = (await redis_client.hgetall(second)).items()
    await redis_client.hset(first, field, theirs)
    await redis_client.hset(first, other, theirs)
    await redis_client.hset(second, other, blob)
    for who in (ANNA, BERT):
        assert await archive.held(who) == await archive.search(who, "oak ash wood") == []
    assert "cannot be opened" in caplog.text
    assert "oak" not in caplog.text


async def test_an_item_moved_to_another_field_does_not_open(redis_client: Redis, sealer: Sealer, clock: Clock) -> None:
    archive = on_redis(redis_client, clock, sealer=sealer)
    await archive.learn(ANNA, "t1", 1, [DIET])
    key = f"{stem(sealer)}memories"
    ((_, blob),) = (await redis_client.hgetall(key)).items()
    await redis_client.hset(key, "memory/aaaaaaaaaaaa/t1", blob)
    assert len(await archive.held(ANNA)) == 1


async def test_nothing_is_learnt_of_an_erased_conversation(redis_client: Redis, sealer: Sealer, clock: Clock) -> None:
    archive = on_redis(redis_client, clock, sealer=sealer)
    await bury(redis_client, sealer, ["t1"])
    assert await archive.learn(ANNA, "t1", 1, [DIET]) == 0
    assert await archive.learn(ANNA, "t2", 1, [note("pets.dog", "has a dog")]) == 1
    assert texts(await archive.held(ANNA)) == ["has a dog"]


@pytest.mark.parametrize(
    ("what", "who", "threads", "left"),
    [("one conversation", None, {"t1"}, ["has a dog"]), ("the person", ANNA, {"t1", "t2"}, [])],
)
async def test_the_form_without_redis_forgets(
    clock: Clock, what: str, who: Principal | None, threads: set[str], left: list[str]
) -> None:
    archive = in_memory(clock)
    await archive.learn(ANNA, "t1", 1, [DIET])
    await archive.learn(ANNA, "t2", 1, [note("pets.dog", "has a dog")])
    await archive.learn(BERT, "t3", 1, [DIET])
    assert archive.forget(who, threads) == 2 - len(left), what
    assert texts(await archive.held(ANNA)) == left
    assert len(await archive.held(BERT)) == 1
    assert await archive.learn(ANNA, "t1", 2, [DIET]) == 0, "what was still being learnt of it is not kept"
    await archive.add(ANNA, "t1", "came for a lamp")
    assert texts(await archive.held(ANNA)) == left


async def test_the_sweep_takes_what_is_over_its_time(redis_client: Redis, sealer: Sealer, clock: Clock) -> None:
    clock.now = 1_800_000_000.0  # streams have no entries before 1970
    archive = on_redis(redis_client, clock, sealer=sealer)
    await archive.learn(ANNA, "t1", 1, [DIET])
    clock.now += DAY / 2
    await archive.learn(ANNA, "t2", 1, [note("pets.dog", "has a dog")])
    clock.now += DAY * 0.75
    done = await Sweeper(redis_client, sealer, RedisLedger(redis_client, sealer, 600), Retention(), clock).sweep()
    assert dict(done.deleted) == {"memories": 1}
    assert [
        await redis_client.hlen(f"{stem(sealer)}memories"),
        await redis_client.zcard(f"{stem(sealer)}memories:order"),
    ] == [1, 1]


async def test_a_legal_hold_lets_nothing_run_out_or_make_room(
    redis_client: Redis, sealer: Sealer, clock: Clock
) -> None:
    archive = on_redis(redis_client, clock, Rules(kept=10), sealer)
    await archive.learn(ANNA, "t1", 1, [note(f"k{n}", f"fact {n}") for n in range(8)])
    keys = [f"{stem(sealer)}memories", f"{stem(sealer)}memories:order"]
    for key in keys:
        await redis_client.persist(key)
    clock.now += 2 * DAY
    await archive.learn(ANNA, "t1", 2, [note(f"n{n}", f"new {n}") for n in range(8)])
    assert [await redis_client.ttl(key) for key in keys] == [-1, -1]
    assert await redis_client.hlen(keys[0]) == 16
    assert len(await archive.held(ANNA)) == 8, "what is over its time is not shown"
    await archive.drop(ANNA, [(await archive.held(ANNA))[0]["id"]])
    assert await redis_client.hlen(keys[0]) == 15, "the customer's own word counts all the same"


async def test_episodes_of_an_older_release_are_read_and_corrected(
    redis_client: Redis, sealer: Sealer, clock: Clock
) -> None:
    key, field = f"{stem(sealer)}episodes", "memory/t1"
    old = b'{"text":"came for a lamp","purpose":"memory","consent":"default:x","at":999999.0,"expires":1003599.0}'
    await redis_client.hset(key, field, sealer.seal(old, f"{key}:{field}".encode()))
    await redis_client.zadd(f"{key}:order", {field: 999_999.0})
    archive = on_redis(redis_client, clock, sealer=sealer)
    assert await archive.recent(ANNA) == texts(await archive.search(ANNA, "lamp")) == ["came for a lamp"]
    (memory,) = await archive.held(ANNA)
    assert await archive.correct(ANNA, memory["id"], "came for a rug")
    assert await archive.recent(ANNA) == ["came for a rug"]
    assert await archive.drop(ANNA, [memory["id"]]) == 1
    assert await archive.recent(ANNA) == []
    assert not await redis_client.exists(key, f"{key}:order")


async def test_many_writers_through_many_connections_lose_nothing(
    redis_client: Redis, sealer: Sealer, clock: Clock
) -> None:
    archives = [on_redis(redis_client, clock, sealer=sealer) for _ in range(4)]
    work = [archives[n % 4].learn(ANNA, f"t{n}", 1, [note("town", f"town {n}", at=999_000.0 + n)]) for n in range(12)]
    await asyncio.gather(*work)
    held = await archives[0].held(ANNA)
    assert held[0]["text"] == "town 11"
    assert "ended" not in held[0]
    assert all("ended" in memory for memory in held[1:])


@pytest.mark.parametrize("rubbish", [b"abc", b"nan", b"\xff", b"1e999"])
async def test_rubbish_on_the_server_hides_nothing_and_breaks_nothing(
    rubbish: bytes, redis_client: Redis, sealer: Sealer, clock: Clock
) -> None:
    archive = on_redis(redis_client, clock, sealer=sealer)
    await archive.learn(ANNA, "t1", 1, [note("address.town", "lives in York")])
    await archive.add(ANNA, "t1", "asked about delivery")
    await redis_client.set(f"{stem(sealer)}forgotten", rubbish)
    for store in ("memories", "episodes"):
        await redis_client.hset(f"{stem(sealer)}{store}", rubbish, rubbish)  # type: ignore[arg-type]  # bytes are fields
    assert {memory["text"] for memory in await archive.held(ANNA)} == {"lives in York", "asked about delivery"}
    assert [memory["text"] for memory in await archive.search(ANNA, "York")] == ["lives in York"]
    assert await archive.learn(ANNA, "t1", 2, [note("pets.dog", "has a dog")]) == 0
