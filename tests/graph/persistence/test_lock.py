from __future__ import annotations

import asyncio

import pytest
from redis.asyncio import Redis

from frontdesk.errors import ThreadBusyError
from frontdesk.graph.persistence.lock import Locks, MemoryLocks, RedisLocks, thread_lock

THREAD = "0123456789abcdef0123456789abcdef"
KEY = f"fd:{{{THREAD}}}:lock"


@pytest.fixture(params=["redis", "memory"])
def locks(request: pytest.FixtureRequest) -> Locks:
    if request.param == "memory":
        return MemoryLocks(wait=5)
    return RedisLocks(request.getfixturevalue("redis_client"), wait=5, lease=5)


async def test_turns_of_one_thread_go_one_by_one(locks: Locks) -> None:
    inside: list[int] = []
    seen: list[int] = []

    async def turn(number: int) -> None:
        async with locks.hold(THREAD):
            inside.append(number)
            await asyncio.sleep(0)
            seen.append(len(inside))
            inside.remove(number)

    await asyncio.gather(*(turn(number) for number in range(4)))
    assert seen == [1, 1, 1, 1]


async def test_a_busy_thread_is_told_and_another_is_free(locks: Locks) -> None:
    async with locks.hold(THREAD):
        with pytest.raises(ThreadBusyError):
            async with locks.hold(THREAD, wait=0):
                pass
        with pytest.raises(ThreadBusyError):
            async with locks.hold(THREAD, wait=0.05):
                pass
        async with locks.hold("f" * 32, wait=0):
            pass
    async with locks.hold(THREAD, wait=0):
        pass


async def test_an_error_gives_the_lock_back(locks: Locks) -> None:
    with pytest.raises(ZeroDivisionError):
        async with locks.hold(THREAD):
            raise ZeroDivisionError
    async with locks.hold(THREAD, wait=0):
        pass


async def test_a_cancelled_turn_stays_cancelled_and_gives_the_lock_back(locks: Locks) -> None:
    entered = asyncio.Event()

    async def turn() -> None:
        async with locks.hold(THREAD):
            entered.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(turn())
    await entered.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with locks.hold(THREAD, wait=0):
        pass


async def test_the_lock_outlives_its_lease_while_its_holder_lives(redis_client: Redis) -> None:
    async with thread_lock(redis_client, THREAD, wait=0, lease=0.6), asyncio.timeout(10):
        await redis_client.pexpire(KEY, 500)
        while await redis_client.pttl(KEY) <= 500:
            assert await redis_client.exists(KEY)
    assert not await redis_client.exists(KEY)


async def test_the_turn_is_stopped_when_the_lock_is_lost(redis_client: Redis) -> None:
    finished = False
    with pytest.raises(ThreadBusyError, match="lost"):
        async with thread_lock(redis_client, THREAD, wait=0, lease=0.3):
            await redis_client.set(KEY, "somebody else")
            await asyncio.Event().wait()
            finished = True
    assert not finished
    assert await redis_client.get(KEY) == b"somebody else"
    current = asyncio.current_task()
    assert current is not None
    assert current.cancelling() == 0


async def test_memory_locks_leave_nothing_behind() -> None:
    locks = MemoryLocks()
    async with locks.hold(THREAD):
        pass
    assert not locks._locks
