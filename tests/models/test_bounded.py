import asyncio

import pytest

from frontdesk.models.bounded import GRACE, bounded


async def answer() -> str:
    return "yes"


async def fault() -> str:
    raise ValueError("no")


async def test_a_result_and_a_fault_come_through() -> None:
    assert await bounded(answer(), 5.0) == "yes"
    with pytest.raises(ValueError, match="no"):
        await bounded(fault(), 5.0)


async def test_work_that_ends_when_cancelled_leaves_nothing_behind() -> None:
    with pytest.raises(TimeoutError):
        await bounded(asyncio.Event().wait(), 0.0)
    assert len(asyncio.all_tasks()) == 1


async def test_the_waiting_ends_even_when_the_work_swallows_its_cancellation() -> None:
    released = asyncio.Event()

    async def stubborn() -> None:
        while not released.is_set():
            try:
                await released.wait()
            except asyncio.CancelledError:
                continue

    began = asyncio.get_running_loop().time()
    with pytest.raises(TimeoutError):
        await bounded(stubborn(), 0.0)
    assert asyncio.get_running_loop().time() - began < GRACE + 2
    released.set()


async def test_cancelling_the_caller_cancels_the_work() -> None:
    entered, ended = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        entered.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    caller = asyncio.create_task(bounded(work(), 60.0))
    await entered.wait()
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    await ended.wait()
