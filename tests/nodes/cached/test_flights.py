"""Single flight: who asks, who waits, and what happens when the one who asks does not come back."""

from __future__ import annotations

import asyncio

import pytest
from langchain_core.messages import AIMessage

from frontdesk.graph.deps import Completion
from frontdesk.nodes.cached.flights import Flights

GOOD = Completion(AIMessage("Two years."), "openai:one", 10, 5)
POOR = Completion(AIMessage("Two years."), "keyless", failures=("fast/timeout",))
CALLS = Completion(AIMessage("", tool_calls=[{"name": "a", "args": {}, "id": "1"}]), "openai:one")


class Work:
    """Asks a model that answers when the test says so."""

    def __init__(self, *results: Completion | Exception) -> None:
        self.results, self.asked = list(results), 0
        self.go = asyncio.Event()

    async def __call__(self) -> Completion:
        self.asked += 1
        await self.go.wait()
        result = self.results[min(self.asked, len(self.results)) - 1]
        if isinstance(result, Exception):
            raise result
        return result


async def started(
    flights: Flights, work: Work, count: int, mark: str = "m"
) -> list[asyncio.Task[tuple[Completion, bool]]]:
    tasks = [asyncio.create_task(flights.share(mark, 10.0, work)) for _ in range(count)]
    for _ in range(3):
        await asyncio.sleep(0)
    return tasks


async def test_a_hundred_at_once_cost_one_call() -> None:
    work = Work(GOOD)
    tasks = await started(Flights(), work, 100)
    work.go.set()
    done = await asyncio.gather(*tasks)
    assert work.asked == 1
    assert sorted(shared for _, shared in done) == [False] + [True] * 99


async def test_other_questions_fly_alone() -> None:
    flights, work = Flights(), Work(GOOD)
    tasks = await started(flights, work, 1, "m") + await started(flights, work, 1, "n")
    work.go.set()
    await asyncio.gather(*tasks)
    assert work.asked == 2


async def test_a_leader_that_is_stopped_is_followed_by_one_of_the_others() -> None:
    work = Work(GOOD)
    tasks = await started(Flights(), work, 5)
    tasks[0].cancel()
    work.go.set()
    done = await asyncio.gather(*tasks[1:])
    assert work.asked == 2
    assert all(completion is GOOD for completion, _ in done)


async def test_a_leaders_error_is_its_own() -> None:
    work = Work(RuntimeError("broken"), GOOD)
    tasks = await started(Flights(), work, 5)
    work.go.set()
    done = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(done[0], RuntimeError)
    assert [one[0] for one in done[1:] if not isinstance(one, BaseException)] == [GOOD] * 4
    assert work.asked == 2


@pytest.mark.parametrize("poor", [POOR, CALLS], ids=["a model failed", "a call is proposed"])
async def test_what_is_no_good_answer_is_nobody_elses(poor: Completion) -> None:
    work = Work(poor, GOOD)
    tasks = await started(Flights(), work, 3)
    work.go.set()
    done = await asyncio.gather(*tasks)
    assert work.asked == 3
    assert not any(shared for _, shared in done)


async def test_nobody_waits_longer_than_told() -> None:
    flights, slow, own = Flights(), Work(GOOD), Work(POOR)
    leader = (await started(flights, slow, 1))[0]
    own.go.set()
    assert await flights.share("m", 0.0, own) == (POOR, False)
    slow.go.set()
    assert await leader == (GOOD, False)


async def test_who_comes_late_gets_it_until_the_turn_is_over() -> None:
    flights, work = Flights(), Work(GOOD)
    work.go.set()
    await flights.share("m", 1.0, work)
    assert await flights.share("m", 1.0, work) == (GOOD, True)
    flights.over("m")
    assert await flights.share("m", 1.0, work) == (GOOD, False)
    assert work.asked == 2


async def test_a_flight_under_way_is_not_over() -> None:
    flights, work = Flights(), Work(GOOD)
    tasks = await started(flights, work, 1)
    flights.over("m")
    tasks += await started(flights, work, 1)
    work.go.set()
    assert [shared for _, shared in await asyncio.gather(*tasks)] == [False, True]
