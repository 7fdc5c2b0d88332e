"""The meter: whose limit counts, what is reserved and settled, and what happens where it cannot be known."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from langchain_core.runnables import RunnableConfig
from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from frontdesk.desk.modelling import Limit, Models, Price, Spending
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.metering import RUNNING, Call, Running, SpentError, Tokens
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.persistence.spending import Bound, Entry, RedisSpendings, Spendings, Wish
from frontdesk.graph.persistence.spending_memory import MemorySpendings
from frontdesk.models.meter import LEAST, LINGER, SpendingMeter

WHO = Principal("C-1042", "retail")
THREAD = "0123456789abcdef0123456789abcdef"
CALL = Call("fast", "openai:mini", input=400, answer=100, seconds=10.0)
MODELS = Models(prices={"openai:mini": Price(input=1.0, output=4.0)})
WHOLE = Tokens(400, 100)


class Clock:
    """Unix time in seconds, moved by hand."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@contextmanager
def turn(
    thread: str = THREAD, name: str = "turn-1", who: Principal | None = WHO, intent: str = "warranty"
) -> Iterator[None]:
    """Run what is inside as a stage of a turn does."""
    given = RunnableConfig(configurable={"thread_id": thread, "turn_id": name, "principal": who})
    token = RUNNING.set(Running(given, intent))
    try:
        yield
    finally:
        RUNNING.reset(token)


def meter(store: Spendings | None = None, clock: Clock | None = None, **limits: Any) -> SpendingMeter:
    return SpendingMeter(
        Spending(**limits),
        MODELS,
        store or MemorySpendings(),
        principal=Principal(tenant="retail"),
        thread_seconds=3600,
        clock=clock or Clock(),
    )


async def spend(counted: SpendingMeter, tokens: Tokens = WHOLE, call: Call = CALL) -> float:
    return await (await counted.reserve(call)).settle(tokens)


async def test_without_limits_nothing_is_asked_of_the_store_and_the_cost_is_known() -> None:
    class Unasked(MemorySpendings):
        async def hold(self, caller: Caller, bounds: Sequence[Bound], wish: Wish) -> Any:
            raise AssertionError("there is no limit")

    store = Unasked()
    counted = meter(store)
    with turn():
        assert (await counted.reserve(replace(CALL, answer=None))).answer is None
        assert await spend(counted) == 0.0008
    [entry] = await store.usage("retail", "2027-01-15")
    assert (entry.model, entry.role, entry.intent) == ("openai:mini", "fast", "warranty")
    assert entry.counts == {"calls": 1, "input": 400, "cached": 0, "output": 100, "nano": 800_000}


LEVELS = [
    ("the turn", "turn", {}, {"name": "turn-2"}),
    ("the conversation", "thread", {"name": "turn-2"}, {"thread": "e" * 32, "name": "turn-2"}),
    ("the person", "principal", {"thread": "e" * 32, "name": "turn-2"}, {"who": Principal("C-2", "retail")}),
    ("the tenant", "tenant", {"who": Principal("C-2", "retail"), "name": "t"}, {"who": Principal("C-2", "other")}),
]


@pytest.mark.parametrize("kind", [{"tokens": 900}, {"cost": 0.0012}], ids=["tokens", "money"])
@pytest.mark.parametrize(("level", "same", "other"), [row[1:] for row in LEVELS], ids=[row[0] for row in LEVELS])
async def test_a_limit_holds_for_its_level(level: str, same: Any, other: Any, kind: dict[str, Any]) -> None:
    counted = meter(**{level: Limit(**kind)})
    with turn():
        await spend(counted)
    with turn(**same), pytest.raises(SpentError) as caught:
        await counted.reserve(CALL)
    assert caught.value.level == level
    with turn(**other):
        assert (await counted.reserve(CALL)).answer == CALL.answer


async def test_the_answer_is_bounded_by_what_is_left_and_it_says_by_whom() -> None:
    counted = meter(thread=Limit(tokens=460), tenant=Limit(tokens=480), turn=Limit(tokens=490))
    with turn():
        held = await counted.reserve(CALL)
    assert (held.answer, held.level) == (60, "thread")


@pytest.mark.parametrize(("named", "answer"), [(None, 300), (100, 100), (5000, 300)])
async def test_an_answer_that_names_no_length_has_the_desks(named: int | None, answer: int) -> None:
    counted = meter(turn=Limit(tokens=10_000), answer=300)
    with turn():
        held = await counted.reserve(replace(CALL, answer=named))
    assert (held.answer, held.level) == (answer, None)


@pytest.mark.parametrize(("left", "fits"), [(400 + LEAST, True), (399 + LEAST, False)])
async def test_no_answer_is_begun_that_has_no_room_for_a_sentence(left: int, fits: bool) -> None:
    counted = meter(turn=Limit(tokens=left))
    with turn():
        if fits:
            assert (await counted.reserve(CALL)).answer == LEAST
        else:
            with pytest.raises(SpentError):
                await counted.reserve(CALL)


@pytest.mark.parametrize("level", ["turn", "thread", "principal", "tenant"])
async def test_calls_at_the_same_time_share_what_is_left(level: str) -> None:
    counted = meter(**{level: Limit(tokens=1000)})
    with turn():
        held = [await counted.reserve(CALL), await counted.reserve(CALL)]
        with pytest.raises(SpentError):
            await counted.reserve(CALL)
        for one in held:
            await one.settle(Tokens(100, 10))
        assert (await counted.reserve(CALL)).answer == 100


@pytest.fixture(params=["redis", "memory"])
def store(request: pytest.FixtureRequest) -> Spendings:
    if request.param == "memory":
        return MemorySpendings()
    return RedisSpendings(request.getfixturevalue("redis_client"), Sealer([b"\x07" * 32]))


@pytest.mark.parametrize("limit", [Limit(tokens=20_000), Limit(cost=0.032)], ids=["tokens", "money"])
async def test_a_hundred_turns_at_once_never_overshoot(store: Spendings, limit: Limit) -> None:
    counted = meter(store, tenant=limit)

    async def one(number: int) -> int:
        with turn(f"{number:032x}", who=Principal(f"C-{number}", "retail")):
            try:
                held = await counted.reserve(CALL)
            except SpentError:
                return 0
            await asyncio.sleep(0)
            await held.settle(Tokens(400, held.answer or 0))
            return 400 + (held.answer or 0)

    taken = sum(await asyncio.gather(*(one(number) for number in range(100))))
    # forty whole calls fit, and nothing is left for another
    assert taken == 20_000
    with turn(), pytest.raises(SpentError):
        await counted.reserve(CALL)


@pytest.mark.parametrize("level", ["turn", "thread", "principal", "tenant"])
async def test_what_a_crash_left_reserved_ends_with_the_calls_time(level: str) -> None:
    clock = Clock()
    counted = meter(clock=clock, **{level: Limit(tokens=500)})
    with turn():
        await counted.reserve(CALL)
        clock.now += CALL.seconds + LINGER - 0.1
        with pytest.raises(SpentError):
            await counted.reserve(CALL)
        clock.now += 0.2
        assert (await counted.reserve(CALL)).answer == 100


@pytest.mark.parametrize(("level", "free"), [("principal", True), ("tenant", True), ("thread", False)])
async def test_a_new_day_begins_at_midnight(level: str, free: bool) -> None:
    clock = Clock()
    clock.now = 1_800_057_599.0
    counted = meter(clock=clock, **{level: Limit(tokens=500)})
    with turn():
        late = await counted.reserve(CALL)
        clock.now += 2
        assert await late.settle(WHOLE) > 0
        if free:
            assert (await counted.reserve(CALL)).answer == 100
        else:
            with pytest.raises(SpentError):
                await counted.reserve(CALL)


async def test_callers_who_have_not_signed_in_do_not_share_a_limit() -> None:
    counted, anonymous = meter(principal=Limit(tokens=500)), Principal(tenant="retail")
    with turn(who=anonymous):
        await spend(counted)
        with pytest.raises(SpentError):
            await counted.reserve(CALL)
    with turn("e" * 32, who=anonymous):
        assert (await counted.reserve(CALL)).answer == 100


class Broken(MemorySpendings):
    """A store that does not answer."""

    async def hold(self, caller: Caller, bounds: Sequence[Bound], wish: Wish) -> Any:
        raise RedisConnectionError

    async def settle(
        self, caller: Caller, bounds: Sequence[Bound], id: str, tokens: int, nano: int, entry: Entry
    ) -> None:
        raise RedisConnectionError


async def test_closed_means_no_call_where_the_counters_cannot_be_read() -> None:
    counted = meter(Broken(), turn=Limit(tokens=500), tenant=Limit(tokens=500))
    with turn():
        for _ in range(3):  # nothing stays reserved for the turn either
            with pytest.raises(SpentError) as caught:
                await counted.reserve(CALL)
            assert caught.value.level == "unavailable"


async def test_open_means_calls_within_the_turns_own_limit() -> None:
    counted = meter(Broken(), turn=Limit(tokens=500), tenant=Limit(tokens=10), on_unavailable="open")
    with turn():
        assert await spend(counted) == 0.0008
        with pytest.raises(SpentError) as caught:
            await counted.reserve(CALL)
        assert caught.value.level == "turn"


async def test_without_any_shared_limit_a_broken_store_stops_nothing() -> None:
    counted = meter(Broken(), turn=Limit(tokens=500))
    with turn():
        assert await spend(counted) == 0.0008


async def test_the_stateless_mode_touches_no_store_and_keeps_the_turns_limit() -> None:
    every = {level: Limit(tokens=500) for level in ("turn", "thread", "principal", "tenant")}
    store = Broken()
    counted = meter(store, **every)
    with turn(thread=""):
        assert await spend(counted) == 0.0008
        with pytest.raises(SpentError) as caught:
            await counted.reserve(CALL)
        assert caught.value.level == "turn"
    with turn(thread="", name="turn-2"):
        assert (await counted.reserve(CALL)).answer == 100
    assert await store.usage("retail", "2027-01-15") == []


async def test_stateless_turns_of_one_id_share_no_account() -> None:
    counted = meter(turn=Limit(tokens=500))
    with turn(thread="", name="1"):
        await spend(counted)
    with turn(thread="", name="1", who=replace(WHO, subject="C-2000")):
        assert (await counted.reserve(CALL)).answer == 100
    assert counted.aside(Caller(WHO, "", "1")) is None  # the first turn is over
    with turn(thread="", name="1"):
        assert (await counted.reserve(CALL)).answer == 100


async def test_a_link_costs_what_it_says_itself_whatever_the_list_says_of_the_name() -> None:
    counted = meter(tenant=Limit(cost=0.01))
    with turn():
        own = replace(CALL, price=Price(input=0, output=0))
        assert [await spend(counted, call=call) for call in (own, CALL, own)] == [0.0, 0.0008, 0.0]


async def test_outside_of_turns_the_tenant_pays() -> None:
    counted = meter(tenant=Limit(tokens=500), thread=Limit(tokens=1), turn=Limit(tokens=500))
    assert await spend(counted, call=replace(CALL, role="guard")) == 0.0008
    with pytest.raises(SpentError) as caught:
        await counted.reserve(CALL)
    assert caught.value.level == "tenant"


async def test_calls_of_the_guard_are_told_once() -> None:
    counted = meter()
    caller = Caller(WHO, THREAD, "turn-1")
    with turn():
        await spend(counted, call=replace(CALL, role="guard"))
        await spend(counted, Tokens(100, 10, 40), replace(CALL, role="guard"))
        await spend(counted)
    told = counted.aside(caller)
    assert told is not None
    assert (told["calls"], told["input_tokens"], told["output_tokens"], told["cached_tokens"]) == (2, 500, 110, 40)
    assert told["cost"] == 0.00094
    assert counted.aside(caller) is None
    assert counted.aside(replace(caller, turn_id="turn-2")) is None


async def test_a_call_that_was_never_sent_is_not_counted(redis_client: Redis) -> None:
    store = RedisSpendings(redis_client, Sealer([b"\x07" * 32]))
    counted = meter(store, tenant=Limit(tokens=500))
    with turn():
        assert await spend(counted, Tokens()) == 0.0
        assert (await counted.reserve(CALL)).answer == 100
    assert await store.usage("retail", "2027-01-15") == []
