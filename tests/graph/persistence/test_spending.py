"""The counters of spending, in Redis and without it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest
from redis.asyncio import Redis

from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.persistence.erasure.tombs import bury
from frontdesk.graph.persistence.holdings import Person, kind_of, scan
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.persistence.spending import (
    SLACK,
    Bound,
    Entry,
    RedisSpendings,
    Spendings,
    Wish,
    day_of,
    spendings,
)
from frontdesk.graph.persistence.spending_memory import MemorySpendings
from frontdesk.graph.persistence.threads import subject_mark

DAY = "2027-01-15"
NOW = 1_800_000_000.0
CALLER = Caller(Principal("C-1042", "retail"), "0123456789abcdef0123456789abcdef", "turn-1")
NOBODY = Caller(Principal(tenant="retail"), "f" * 32, "turn-1")
WISH = Wish(id="a", now=NOW, until=NOW + 20, tokens=100, nano=1000, answer=50, least=10, rate=20.0)
FULL = 150
"""Tokens of :data:`WISH` at most."""
ENTRY = Entry("retail", DAY, "openai:mini", "fast", "warranty", {"calls": 1, "input": 100, "output": 50, "nano": 2000})
NONE = replace(ENTRY, counts={})


@pytest.fixture(params=["redis", "memory"])
def store(request: pytest.FixtureRequest, sealer: Sealer) -> Spendings:
    if request.param == "memory":
        return MemorySpendings()
    return RedisSpendings(request.getfixturevalue("redis_client"), sealer)


def bounds(tokens: int | None = None, nano: int | None = None) -> tuple[Bound, ...]:
    """All three levels, of which the tenant is limited as given."""
    return Bound("thread", "", 10**9), Bound("principal", DAY, 10**9), Bound("tenant", DAY, tokens, nano)


ROOM = [
    ("plenty", 1000, None, (None, 50)),
    ("exactly enough", FULL, None, (None, 50)),
    ("a shorter answer", FULL - 1, None, ("tenant", 49)),
    ("the shortest", 110, None, ("tenant", 10)),
    ("too short", 109, None, ("tenant", 0)),
    ("not even to read", 99, None, ("tenant", 0)),
    ("money for all", None, 2000, (None, 50)),
    ("money for a part", None, 1999, ("tenant", 49)),
    ("money for too little", None, 1199, ("tenant", 0)),
    ("no money", None, 999, ("tenant", 0)),
    ("tokens are scarcer than money", 140, 1999, ("tenant", 40)),
    ("no limit", None, None, (None, 50)),
]


@pytest.mark.parametrize(("tokens", "nano", "granted"), [row[1:] for row in ROOM], ids=[row[0] for row in ROOM])
async def test_what_is_left_bounds_the_answer(
    store: Spendings, tokens: int | None, nano: int | None, granted: tuple[str | None, int]
) -> None:
    assert await store.hold(CALLER, bounds(tokens, nano), WISH) == granted


async def test_a_free_model_is_not_bounded_by_money(store: Spendings) -> None:
    free = replace(WISH, nano=0, rate=0.0)
    assert await store.hold(CALLER, bounds(None, 1), free) == (None, 50)


async def test_a_reservation_counts_until_it_is_settled(store: Spendings) -> None:
    limit = bounds(2 * FULL - 1)
    assert await store.hold(CALLER, limit, WISH) == (None, 50)
    assert await store.hold(CALLER, limit, replace(WISH, id="b")) == ("tenant", 49)
    await store.settle(CALLER, limit, "b", 0, 0, NONE)
    await store.settle(CALLER, limit, "a", 30, 300, ENTRY)
    assert await store.hold(CALLER, limit, replace(WISH, id="c", tokens=219)) == (None, 50)
    await store.settle(CALLER, limit, "c", 269, 0, NONE)
    assert await store.hold(CALLER, limit, replace(WISH, id="d", tokens=0, answer=1, least=1)) == ("tenant", 0)


async def test_what_nobody_settles_ends_by_itself(store: Spendings) -> None:
    limit = bounds(FULL)
    assert await store.hold(CALLER, limit, WISH) == (None, 50)
    for later, granted in ((19.9, ("tenant", 0)), (20.0, (None, 50))):
        again = replace(WISH, id="b", now=NOW + later, until=NOW + 60)
        assert await store.hold(CALLER, limit, again) == granted


async def test_where_one_counter_has_no_room_none_is_touched(store: Spendings) -> None:
    assert await store.hold(CALLER, bounds(10), WISH) == ("tenant", 0)
    thread = [Bound("thread", "", FULL), Bound("principal", DAY, FULL)]
    assert await store.hold(CALLER, thread, replace(WISH, id="b")) == (None, 50)


LEVELS: list[tuple[str, Sequence[Bound], Caller, bool]] = [
    ("another thread of the person's", [Bound("thread", "", FULL)], replace(CALLER, thread_id="e" * 32), True),
    ("the person's day", [Bound("principal", DAY, FULL)], replace(CALLER, thread_id="e" * 32), False),
    ("another day", [Bound("principal", "2027-01-16", FULL)], CALLER, True),
    ("another person", [Bound("principal", DAY, FULL)], replace(CALLER, principal=Principal("C-1", "retail")), True),
    (
        "the same id at another tenant",
        [Bound("principal", DAY, FULL)],
        replace(CALLER, principal=Principal("C-1042", "other")),
        True,
    ),
    ("the tenant's day", [Bound("tenant", DAY, FULL)], NOBODY, False),
    ("another tenant", [Bound("tenant", DAY, FULL)], replace(NOBODY, principal=Principal(tenant="other")), True),
]


@pytest.mark.parametrize(("limit", "caller", "free"), [row[1:] for row in LEVELS], ids=[row[0] for row in LEVELS])
async def test_who_shares_a_counter(store: Spendings, limit: Sequence[Bound], caller: Caller, free: bool) -> None:
    everything = [Bound("thread", "", FULL), Bound("principal", DAY, FULL), Bound("tenant", DAY, FULL)]
    assert await store.hold(CALLER, everything, WISH) == (None, 50)
    assert (await store.hold(caller, limit, replace(WISH, id="b")) == (None, 50)) is free


async def test_callers_who_have_not_signed_in_are_counted_by_their_thread(store: Spendings) -> None:
    limit = [Bound("principal", DAY, FULL)]
    assert await store.hold(NOBODY, limit, WISH) == (None, 50)
    assert await store.hold(NOBODY, limit, replace(WISH, id="b")) == ("principal", 0)
    assert await store.hold(replace(NOBODY, thread_id="e" * 32), limit, replace(WISH, id="c")) == (None, 50)


async def test_a_hundred_at_once_do_not_overshoot(store: Spendings) -> None:
    limit, total = bounds(10 * FULL + 60), 0

    async def one(number: int) -> int:
        wish = replace(WISH, id=f"w{number}", least=50)
        _, answer = await store.hold(CALLER, limit, wish)
        if not answer:
            return 0
        await asyncio.sleep(0)
        await store.settle(CALLER, limit, wish.id, FULL, 2000, ENTRY)
        return FULL

    total = sum(await asyncio.gather(*(one(number) for number in range(100))))
    assert total == 10 * FULL


async def test_figures_are_added_up_by_model_role_and_intent(store: Spendings) -> None:
    for entry in (ENTRY, ENTRY, replace(ENTRY, intent=""), replace(ENTRY, tenant="other"), NONE):
        await store.settle(CALLER, bounds(1000), "x", 150, 2000, entry)
    found = {(entry.model, entry.role, entry.intent): entry.counts for entry in await store.usage("retail", DAY)}
    assert found[("openai:mini", "fast", "warranty")] == {"calls": 2, "input": 200, "output": 100, "nano": 4000}
    assert found[("openai:mini", "fast", "")]["calls"] == 1
    assert len(found) == 2
    assert await store.usage("retail", "2027-01-16") == []


DAYS = [(1_800_000_000.0, "2027-01-15", 16 * 3600), (1_800_057_599.0, "2027-01-15", 1), (1_800_057_600.0, "2027-01-16", 86_400)]  # fmt: skip


@pytest.mark.parametrize(("now", "day", "left"), DAYS)
def test_a_day_ends_at_midnight_utc(now: float, day: str, left: int) -> None:
    assert day_of(now) == (day, left + SLACK)


async def kept(client: Redis) -> dict[str, int]:
    return {key.decode(): await client.ttl(key) async for key in client.scan_iter("fd:*")}


async def test_every_key_runs_out_of_time_and_names_nobody(redis_client: Redis, sealer: Sealer) -> None:
    store = RedisSpendings(redis_client, sealer)
    limit = [Bound("thread", "", FULL, seconds=70), Bound("principal", DAY, FULL, seconds=80), Bound("tenant", DAY, seconds=90)]  # fmt: skip
    await store.hold(CALLER, limit, WISH)
    held = await kept(redis_client)
    assert len(held) == 3
    assert all(0 < left <= 90 for left in held.values())
    await store.settle(CALLER, limit, WISH.id, 10, 10, ENTRY)
    assert {kind_of(key) for key in await kept(redis_client)} == {"spending", "spent", "usage"}
    assert all(left > 0 for left in (await kept(redis_client)).values())
    assert not any("C-1042" in key for key in await kept(redis_client))


async def test_a_legal_hold_stays_on_a_counter(redis_client: Redis, sealer: Sealer) -> None:
    store, limit = RedisSpendings(redis_client, sealer), [Bound("thread", "", 1000, seconds=70)]
    await store.hold(CALLER, limit, WISH)
    [key] = await kept(redis_client)
    await redis_client.persist(key)
    await store.hold(CALLER, limit, replace(WISH, id="b"))
    await store.settle(CALLER, limit, "b", 1, 1, NONE)
    assert await redis_client.ttl(key) == -1


async def test_an_erased_thread_is_not_counted_again_and_its_tenant_is(redis_client: Redis, sealer: Sealer) -> None:
    store, limit = RedisSpendings(redis_client, sealer), bounds(1000)
    await bury(redis_client, sealer, [CALLER.thread_id])
    assert await store.hold(CALLER, limit, WISH) == (None, 50)
    await store.settle(CALLER, limit, WISH.id, 10, 10, ENTRY)
    assert {kind_of(key) for key in await kept(redis_client)} == {"erased", "spent", "usage"}


async def test_what_was_counted_of_a_person_can_be_read(redis_client: Redis, sealer: Sealer) -> None:
    store = RedisSpendings(redis_client, sealer)
    await store.settle(CALLER, bounds(1000), "a", 150, 2_500_000, ENTRY)
    who = Person(CALLER.principal, (CALLER.thread_id,), subject_mark(sealer, CALLER.principal))
    found = await spendings(redis_client)((await scan(redis_client, who)).person)
    assert sorted(found, key=lambda line: str(line["day"])) == [
        {"day": "", "tokens": 150, "cost": 0.0025},
        {"day": DAY, "tokens": 150, "cost": 0.0025},
    ]


async def test_the_memory_forgets_a_person_and_their_threads() -> None:
    store, limit = MemorySpendings(), bounds(1000)
    await store.hold(CALLER, limit, WISH)
    await store.hold(NOBODY, limit, replace(WISH, id="b"))
    assert store.forget(CALLER.principal, [CALLER.thread_id]) == 2
    assert store.forget(CALLER.principal, [CALLER.thread_id]) == 0
    assert store.forget(None, [NOBODY.thread_id]) == 2
    await store.settle(CALLER, limit, WISH.id, 10, 10, NONE)
    assert store.forget(CALLER.principal, [CALLER.thread_id]) == 0
