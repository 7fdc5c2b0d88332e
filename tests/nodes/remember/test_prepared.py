"""The store of prepared summaries. The same tests for both of its forms, and what Redis holds of it."""

from __future__ import annotations

import pytest
from redis.asyncio import Redis

from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.persistence.erasure.tombs import bury
from frontdesk.graph.persistence.holdings import Person
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.rolling import THREADS, MemoryPrepared, Prepared, PreparedSummaries
from frontdesk.nodes.remember.prepared import RedisPrepared, summaries
from frontdesk.nodes.scrub.vault import MemoryVault
from frontdesk.nodes.usage import no_usage

SEALER = Sealer([b"\x07" * 32])
ANNA = Caller(Principal("C-1", "shop"), "a" * 32, "t")
KEY = f"fd:{{{'a' * 32}}}:prepared"
DONE = Prepared(
    digest="d", covered=("h0", "a0"), turn=3, tries=2, until=1.5, text="- Goal: mail <EMAIL_1>", usage=no_usage()
)


@pytest.fixture(params=["memory", "redis"])
def store(request: pytest.FixtureRequest) -> PreparedSummaries:
    if request.param == "memory":
        return MemoryPrepared()
    return RedisPrepared(request.getfixturevalue("redis_client"), SEALER, 3600)


async def test_it_comes_back_as_it_was_and_goes(store: PreparedSummaries) -> None:
    assert await store.read(ANNA) is None
    await store.write(ANNA, DONE)
    assert await store.read(ANNA) == DONE
    await store.drop(ANNA)
    assert await store.read(ANNA) is None


async def test_it_belongs_to_one_thread_of_one_tenant(store: PreparedSummaries) -> None:
    await store.write(ANNA, DONE)
    assert await store.read(Caller(ANNA.principal, "b" * 32, "t")) is None
    assert await store.read(Caller(Principal("C-1", "other"), ANNA.thread_id, "t")) is None


async def test_without_a_thread_nothing_is_kept(store: PreparedSummaries) -> None:
    await store.write(Caller(ANNA.principal, "", "t"), DONE)
    assert await store.read(Caller(ANNA.principal, "", "t")) is None


async def test_redis_holds_no_word_of_it_and_for_as_long_as_the_thread(redis_client: Redis) -> None:
    store = RedisPrepared(redis_client, SEALER, 3600)
    await store.write(ANNA, DONE)
    blob = await redis_client.get(KEY)
    assert blob is not None
    assert all(word not in blob for word in (b"Goal", b"EMAIL", b"shop"))
    assert 3590 <= await redis_client.ttl(KEY) <= 3600


async def test_a_legal_hold_stays(redis_client: Redis) -> None:
    store = RedisPrepared(redis_client, SEALER, 3600)
    await store.write(ANNA, DONE)
    await redis_client.persist(KEY)
    await store.write(ANNA, DONE)
    assert await redis_client.ttl(KEY) == -1


async def test_of_an_erased_thread_nothing_is_kept(redis_client: Redis) -> None:
    await bury(redis_client, SEALER, [ANNA.thread_id])
    await RedisPrepared(redis_client, SEALER, 3600).write(ANNA, DONE)
    assert await redis_client.get(KEY) is None


@pytest.mark.parametrize(("what", "blob"), [("altered", b"x" * 60), ("empty", b"")])
async def test_what_cannot_be_opened_is_nothing(redis_client: Redis, what: str, blob: bytes) -> None:
    await redis_client.set(KEY, blob)
    assert await RedisPrepared(redis_client, SEALER, 3600).read(ANNA) is None, what


async def test_another_key_opens_nothing(redis_client: Redis) -> None:
    await RedisPrepared(redis_client, SEALER, 3600).write(ANNA, DONE)
    assert await RedisPrepared(redis_client, Sealer([b"\x08" * 32]), 3600).read(ANNA) is None


async def test_an_export_has_it_with_the_values(redis_client: Redis) -> None:
    store, vault = RedisPrepared(redis_client, SEALER, 3600), MemoryVault()
    await store.write(ANNA, DONE)
    await vault.store(ANNA, {"<EMAIL_1>": "anna@example.org"})
    found = await summaries(store, vault)(Person(ANNA.principal, (ANNA.thread_id, "b" * 32)))
    assert found == [{"thread": ANNA.thread_id, "summary": "- Goal: mail anna@example.org"}]


async def test_the_store_in_this_process_is_bounded_and_forgets_erased_threads() -> None:
    store = MemoryPrepared()
    for number in range(THREADS + 5):
        await store.write(Caller(ANNA.principal, f"{number:032x}", "t"), DONE)
    assert await store.read(Caller(ANNA.principal, f"{0:032x}", "t")) is None
    newest = Caller(ANNA.principal, f"{THREADS + 4:032x}", "t")
    assert store.forget(None, [newest.thread_id]) == 1
    assert store.forget(None, [newest.thread_id]) == 0
    await store.write(newest, DONE)
    assert await store.read(newest) is None
