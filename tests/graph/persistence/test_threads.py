from __future__ import annotations

import re
import uuid
from collections.abc import Callable

import pytest
from redis.asyncio import Redis

from frontdesk.errors import ThreadError
from frontdesk.graph.identity import Principal
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.persistence.threads import MemoryThreads, RedisThreads, Threads

ANNA = Principal("C-1042", "retail")
BEN = Principal("C-1043", "retail")
ANNA_ELSEWHERE = Principal("C-1042", "other")


@pytest.fixture(params=["redis", "memory"])
def threads(request: pytest.FixtureRequest, sealer: Sealer) -> Threads:
    if request.param == "memory":
        return MemoryThreads()
    return RedisThreads(request.getfixturevalue("redis_client"), sealer, seconds=600)


async def test_ids_are_made_here(threads: Threads) -> None:
    made = {await threads.resolve(ANNA, given) for given in (None, None, "chat-1", "../Ä,:{}*", "")}
    assert len(made) == 5
    assert all(re.fullmatch("[0-9a-f]{32}", thread) for thread in made)


async def test_a_clients_own_id_finds_its_thread_again(threads: Threads) -> None:
    assert await threads.resolve(ANNA, "chat-1") == await threads.resolve(ANNA, "chat-1")
    assert await threads.resolve(ANNA, "chat-1") != await threads.resolve(ANNA, "CHAT-1")


async def test_a_server_made_id_stands_for_itself_in_any_notation(threads: Threads) -> None:
    thread = await threads.resolve(ANNA, None)
    assert await threads.resolve(ANNA, thread) == thread
    assert await threads.resolve(ANNA, str(uuid.UUID(thread))) == thread
    assert await threads.resolve(ANNA, thread, must_exist=True) == thread


@pytest.mark.parametrize("stranger", [BEN, ANNA_ELSEWHERE], ids=["other-subject", "other-tenant"])
async def test_nobody_gets_into_anothers_thread(threads: Threads, stranger: Principal) -> None:
    thread, named = await threads.resolve(ANNA, None), await threads.resolve(ANNA, "chat-1")
    theirs = {await threads.resolve(stranger, given) for given in (thread, named, "chat-1")}
    assert len(theirs) == 3
    assert theirs.isdisjoint({thread, named})
    assert await threads.resolve(stranger, thread) in theirs


async def test_an_unknown_thread_is_refused_where_it_must_exist(threads: Threads) -> None:
    thread = await threads.resolve(ANNA, None)
    for given in (thread, "chat-1", uuid.uuid4().hex, None):
        with pytest.raises(ThreadError, match="no such conversation"):
            await threads.resolve(BEN, given, must_exist=True)
    assert await threads.threads_of(BEN) == []


async def test_threads_are_listed_once_each(threads: Threads) -> None:
    first, second = await threads.resolve(ANNA, "chat-1"), await threads.resolve(ANNA, None)
    await threads.resolve(BEN, "chat-1")
    await threads.resolve(ANNA, "chat-1")
    assert set(await threads.threads_of(ANNA)) == {first, second}


async def test_no_key_tells_who_it_is_about(redis_client: Redis, sealer: Sealer) -> None:
    threads = RedisThreads(redis_client, sealer, seconds=600)
    await threads.resolve(ANNA, "annas-chat")
    keys = [key.decode() async for key in redis_client.scan_iter()]
    assert len(keys) == 2
    assert not any(word in key for key in keys for word in ("1042", "anna", "retail"))
    assert all([0 < await redis_client.ttl(key) <= 600 for key in keys])


async def test_an_unused_thread_drops_out(redis_client: Redis, sealer: Sealer, clock: Callable[[], float]) -> None:
    threads = RedisThreads(redis_client, sealer, seconds=600, clock=clock)
    old = await threads.resolve(ANNA, None)
    clock.now += 601  # type: ignore[attr-defined]
    new = await threads.resolve(ANNA, None)
    assert await threads.threads_of(ANNA) == [new]
    assert await threads.resolve(ANNA, old) not in (old, new)
