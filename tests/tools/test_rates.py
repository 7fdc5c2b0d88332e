"""How often a tool may be called: a sliding window per principal, in memory and in Redis."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from redis.asyncio import Redis

from frontdesk.desk.connecting import GatewayRules
from frontdesk.errors import ToolFailedError
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.persistence.erasure.tombs import bury
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.tools.contract import RateLimit
from frontdesk.tools.rates import MemoryRates, Rates, RedisRates
from tests.support.tools import ANNA, BERT, THREAD, FakeBackend, Shop, contract

LIMIT = RateLimit(calls=3, seconds=60)
CALLER = Caller(ANNA, THREAD, "turn-1")
NOBODY = Principal(tenant="shop")
OTHER = "f" * 32
Make = Callable[[], Rates]


@pytest.fixture(params=["memory", "redis"])
def make(request: pytest.FixtureRequest) -> Make:
    """Counts of the test; called twice, it gives two processes' views of them."""
    if request.param == "memory":
        rates = MemoryRates()
        return lambda: rates
    client: Redis = request.getfixturevalue("redis_client")
    sealer = Sealer.generate()
    return lambda: RedisRates(client, sealer)


async def test_the_window_slides(make: Make) -> None:
    rates = make()
    waits = [await rates.take(CALLER, "t1", LIMIT, now) for now in (100.0, 110.0, 120.0, 130.0, 159.9)]
    assert waits == [0, 0, 0, 30.0, pytest.approx(0.1)]
    assert await rates.take(CALLER, "t1", LIMIT, 160.0) == 0  # the first is out; what was refused was not counted
    assert await rates.take(CALLER, "t1", LIMIT, 161.0) == 9.0


async def test_a_lower_limit_counts_at_once(make: Make) -> None:
    rates = make()
    for now in (100.0, 110.0, 120.0):
        await rates.take(CALLER, "t1", LIMIT, now)
    assert await rates.take(CALLER, "t1", RateLimit(calls=1, seconds=60), 130.0) == 50.0


OTHERS: Mapping[str, tuple[Caller, str, bool]] = {
    "another conversation of theirs": (Caller(ANNA, OTHER, "turn-9"), "t1", True),
    "another tool": (CALLER, "t2", False),
    "another person": (Caller(BERT, THREAD, "turn-1"), "t1", False),
    "the same id at another business": (Caller(replace(ANNA, tenant="bank"), THREAD, "turn-1"), "t1", False),
    "somebody who has not signed in": (Caller(NOBODY, THREAD, "turn-1"), "t1", False),
}


@pytest.mark.parametrize(("caller", "tool", "shared"), OTHERS.values(), ids=OTHERS)
async def test_whose_count_it_is(make: Make, caller: Caller, tool: str, shared: bool) -> None:
    for _ in range(3):
        await make().take(CALLER, "t1", LIMIT, 100.0)
    assert bool(await make().take(caller, tool, LIMIT, 100.0)) is shared


async def test_strangers_are_counted_by_conversation(make: Make) -> None:
    for _ in range(3):
        await make().take(Caller(NOBODY, THREAD, "t"), "t1", LIMIT, 100.0)
    assert await make().take(Caller(NOBODY, THREAD, "u"), "t1", LIMIT, 100.0)
    assert not await make().take(Caller(NOBODY, OTHER, "t"), "t1", LIMIT, 100.0)


async def test_of_many_at_once_as_many_as_allowed_pass(make: Make) -> None:
    waits = await asyncio.gather(*(make().take(CALLER, "t1", LIMIT, 100.0) for _ in range(20)))
    assert waits.count(0) == 3


async def test_keys_name_nobody_and_end(redis_client: Redis) -> None:
    await RedisRates(redis_client, Sealer.generate()).take(CALLER, "t1", LIMIT, 100.0)
    (key,) = await redis_client.keys()
    assert b"C-1" not in key and b":rate:t1" in key and 0 < await redis_client.ttl(key) <= 60


async def test_nothing_is_counted_for_an_erased_conversation(redis_client: Redis) -> None:
    sealer = Sealer.generate()
    await bury(redis_client, sealer, [THREAD])
    with pytest.raises(ToolFailedError):
        await RedisRates(redis_client, sealer).take(CALLER, "t1", LIMIT, 100.0)
    assert await redis_client.keys("*rate*") == []


def test_a_person_is_forgotten() -> None:
    rates = MemoryRates()
    for caller in (CALLER, Caller(BERT, THREAD, "t"), Caller(NOBODY, THREAD, "t"), Caller(NOBODY, OTHER, "t")):
        asyncio.run(rates.take(caller, "t1", LIMIT, 100.0))
    assert rates.forget(ANNA, [THREAD]) == 2


class Down:
    """A store that does not answer."""

    async def take(self, caller: Caller, tool: str, limit: RateLimit, now: float) -> float:
        raise ToolFailedError(tool, "rate_unavailable", "down")


def shop(**around: Any) -> Shop:
    rate = {"calls": 2, "seconds": 60}
    made = [
        contract("get_order", rate=rate),
        contract("ping_order", effect="write", confirm="never", precheck=None, rate=rate),
        contract("cancel_order", effect="write", rate=rate),
    ]
    return Shop(FakeBackend(), contracts={item.name: item for item in made}, around=around)


async def test_a_call_too_many_is_told_when_it_is_possible_again() -> None:
    here = shop()
    outcomes = [(await here.call("get_order")).outcome for _ in range(3)]
    assert outcomes == ["done", "done", "refused"]
    here.now += 29
    last = await here.call("get_order")
    assert last.reason == "rate_limited" and "in 31 seconds" in last.content
    assert len(here.backend.calls) == 2 and here.decisions[-1] == "refused rate_limited"
    here.now += 31
    assert (await here.call("get_order")).outcome == "done"


async def test_what_the_ledger_answers_is_not_counted() -> None:
    here = shop()
    for _ in range(5):
        assert (await here.call("ping_order")).outcome == "done"
    assert (await here.call("ping_order", {"order_id": "10483"})).outcome == "done"
    refused = await here.call("ping_order", {"order_id": "10484"})
    assert refused.reason == "rate_limited" and len(here.backend.calls) == 2
    here.now += 60  # a refused call is no begun one
    assert (await here.call("ping_order", {"order_id": "10484"})).outcome == "done"


async def test_proposals_and_dry_runs_are_not_counted() -> None:
    here = shop()
    for turn in range(5):
        assert (await here.call("cancel_order", turn=f"turn-{turn}")).outcome == "confirm"
        assert (await here.call("ping_order", turn=f"turn-{turn}", dry=True)).outcome == "done"
    assert (await here.call("cancel_order", approved=await here.proposed(), turn="yes")).outcome == "done"


@pytest.mark.parametrize(("rule", "outcome"), [("refuse", "failed"), ("allow", "done")])
async def test_a_store_that_does_not_answer(rule: Any, outcome: str) -> None:
    here = shop(rates=Down(), rules=GatewayRules(rate_unavailable=rule))
    for name in ("get_order", "ping_order"):
        assert (await here.call(name)).outcome == outcome
    assert len(here.backend.calls) == (0 if outcome == "failed" else 2)


async def test_a_stateless_caller_is_counted_in_this_process() -> None:
    here = shop(rates=Down())
    assert [(await here.call("get_order", thread="")).outcome for _ in range(3)] == ["done", "done", "refused"]
