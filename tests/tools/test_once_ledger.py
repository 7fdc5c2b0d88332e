"""The ledger's steps: each changes exactly the entry that its holder saw, in memory and in Redis."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import orjson
import pytest
from redis.asyncio import Redis

from frontdesk.errors import ToolFailedError
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.persistence.erasure.tombs import bury
from frontdesk.graph.persistence.rotation import rewrap
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.tools.ledger import CallId, Entry, Ledger, MemoryLedger, OpenCall, RedisLedger
from frontdesk.tools.ledgers.redis import BEGUN

THREAD = "0123456789abcdef0123456789abcdef"
WHO = Principal("C-1", "shop")
CALL = CallId(Caller(WHO, THREAD, "turn-2"), "turn-1", "cancel_order", '{"order_id":"10482"}')
Make = Callable[[], Ledger]


@pytest.fixture(params=["memory", "redis"])
def make(request: pytest.FixtureRequest) -> Make:
    """A ledger over a store of the test; called twice, it gives two processes' views of it."""
    if request.param == "memory":
        ledger = MemoryLedger()
        return lambda: ledger
    client: Redis = request.getfixturevalue("redis_client")
    sealer = Sealer.generate()
    return lambda: RedisLedger(client, sealer, 60)


async def reserved(ledger: Ledger, until: float = 10.0) -> Entry:
    entry, ours = await ledger.reserve(CALL, until)
    assert ours
    return entry


async def test_one_of_many_reserves(make: Make) -> None:
    found = await asyncio.gather(*(make().reserve(CALL, 10.0) for _ in range(20)))
    assert [ours for _, ours in found].count(True) == 1
    assert len({entry.token for entry, _ in found}) == 1


async def test_the_way_of_a_call(make: Make) -> None:
    ledger = make()
    entry = await reserved(ledger)
    begun = await ledger.swap(CALL, entry, replace(entry, state="executing", begun=5.0))
    assert begun is not None
    assert await ledger.begun(6.0, 10) == [make_open(await ledger.find(CALL))]
    assert await ledger.begun(5.0, 10) == []
    assert await ledger.swap(CALL, begun, Entry("settled", content='{"a":1}'))
    assert await ledger.begun(6.0, 10) == []
    assert await make().reserve(CALL, 99.0) == (Entry("settled", content='{"a":1}'), False)


def make_open(entry: Entry | None) -> object:
    assert entry is not None
    return OpenCall(CALL, entry)


async def test_of_two_that_take_over_one_does(make: Make) -> None:
    seen = await reserved(make())
    taken = await asyncio.gather(*(make().swap(CALL, seen, seen.taken(20.0)) for _ in range(10)))
    assert len([each for each in taken if each]) == 1


@pytest.mark.parametrize("new", [Entry("executing", 20.0, token="x"), Entry("settled", content="{}"), Entry("unknown")])
async def test_who_lost_the_token_can_neither_begin_nor_settle_nor_mark(make: Make, new: Entry) -> None:
    lost = await reserved(make())
    taken = await make().swap(CALL, lost, lost.taken(20.0))
    assert await make().swap(CALL, lost, new) is None
    assert not await make().remove(CALL, lost)
    assert await make().find(CALL) == taken


async def test_a_token_that_was_given_back_is_no_longer_good(make: Make) -> None:
    first = await reserved(make())
    assert await make().remove(CALL, first)
    second = await reserved(make())
    assert await make().swap(CALL, first, replace(first, state="executing")) is None
    assert not await make().remove(CALL, first)
    assert await make().find(CALL) == second


async def test_a_change_that_is_sent_again_because_its_answer_was_lost_counts_once(redis_client: Redis) -> None:
    """redis-py sends a command again after a lost connection."""
    ledger = RedisLedger(redis_client, Sealer.generate(), 60)
    entry = await reserved(ledger)
    begun = replace(entry, state="executing", begun=1.0)
    standing = await ledger.swap(CALL, entry, begun)
    assert standing is not None
    await ledger.swap(CALL, standing, Entry("unknown"))
    assert await ledger.swap(CALL, entry, begun) is None
    entry = await ledger.find(CALL) or entry
    assert await ledger.remove(CALL, entry)
    assert await ledger.remove(CALL, entry)


async def test_a_rotation_of_keys_in_the_middle_takes_nothing_away(redis_client: Redis) -> None:
    old, new = b"o" * 32, b"n" * 32
    ledger = RedisLedger(redis_client, Sealer([old], pseudonyms=b"p" * 32), 60)
    renewed = Sealer([new, old], pseudonyms=b"p" * 32)
    entry = await reserved(ledger)
    assert (await rewrap(redis_client, renewed)).moved.total() == 1
    after = RedisLedger(redis_client, renewed, 60)
    begun = await after.swap(CALL, entry, replace(entry, state="executing", begun=1.0))
    assert begun is not None
    assert await after.remove(CALL, begun)


async def test_an_erased_thread_has_no_entries(redis_client: Redis) -> None:
    sealer = Sealer.generate()
    ledger = RedisLedger(redis_client, sealer, 60)
    entry = await reserved(ledger)
    begun = await ledger.swap(CALL, entry, replace(entry, state="executing", begun=1.0))
    assert begun is not None
    await bury(redis_client, sealer, [THREAD])
    with pytest.raises(ToolFailedError):
        await ledger.swap(CALL, begun, Entry("settled", content="{}"))
    with pytest.raises(ToolFailedError):
        await ledger.reserve(CALL, 10.0)
    assert not await redis_client.exists(BEGUN, f"fd:{{{THREAD}}}:call:{ledger.key(CALL)}")


async def test_what_is_under_a_legal_hold_keeps_no_time_to_live(redis_client: Redis) -> None:
    ledger = RedisLedger(redis_client, Sealer.generate(), 60)
    name = f"fd:{{{THREAD}}}:call:{ledger.key(CALL)}"
    entry = await reserved(ledger)
    assert 0 < await redis_client.ttl(name) <= 60
    await redis_client.persist(name)
    await ledger.swap(CALL, entry, Entry("settled", content="{}"))
    assert await redis_client.ttl(name) == -1


OLD = {
    "a reservation": (["reserved", 50.0, "", "cancel_order", 40.0], Entry("executing", 50.0, begun=40.0)),
    "a result": (["settled", 0.0, '{"a":1}', "cancel_order", 40.0], Entry("settled", content='{"a":1}', begun=40.0)),
    "an unknown": (["unknown", 0.0, "", "cancel_order", 40.0], Entry("unknown", begun=40.0)),
}


@pytest.mark.parametrize("case", OLD)
async def test_entries_of_an_earlier_release_open(redis_client: Redis, case: str) -> None:
    fields, entry = OLD[case]
    sealer = Sealer.generate()
    ledger = RedisLedger(redis_client, sealer, 60)
    name = f"fd:{{{THREAD}}}:call:{ledger.key(CALL)}"
    await redis_client.set(name, sealer.seal(orjson.dumps(fields), name.encode()))
    assert await ledger.reserve(CALL, 99.0) == (entry, False)
    found = await ledger.find(CALL)
    assert found == entry
    assert await ledger.swap(CALL, found, found.taken(99.0))
    assert [item["tool"] for item in await ledger.entries([name])] == ["cancel_order"]


async def test_open_calls_are_listed_without_a_word_of_theirs(redis_client: Redis) -> None:
    ledger = RedisLedger(redis_client, Sealer.generate(), 60)
    entry = await reserved(ledger)
    await ledger.swap(CALL, entry, replace(entry, state="unknown", begun=3.0))
    members = await redis_client.zrange(BEGUN, 0, -1)
    assert members == [f"{THREAD}/{ledger.key(CALL)}".encode()]
    assert [item.call for item in await ledger.begun(9.0, 5)] == [CALL]
    assert 0 < await redis_client.ttl(BEGUN) <= 60
    await redis_client.delete(f"fd:{{{THREAD}}}:call:{ledger.key(CALL)}")
    assert await ledger.begun(9.0, 5) == []
    assert not await redis_client.exists(BEGUN)


async def test_the_memory_ledger_is_bounded_and_forgets_no_open_call() -> None:
    ledger = MemoryLedger(limit=2)
    first = await reserved(ledger)
    await ledger.swap(CALL, first, replace(first, state="unknown"))
    for number in range(3):
        await ledger.reserve(replace(CALL, tool=f"other_{number}"), 0.0)
    assert (await ledger.reserve(CALL, 0.0))[1] is False
    assert (await ledger.reserve(replace(CALL, tool="other_0"), 0.0))[1] is True


async def test_the_memory_ledger_forgets_a_thread() -> None:
    ledger = MemoryLedger()
    await reserved(ledger)
    assert ledger.forget(None, {THREAD}) == 1
    assert await ledger.find(CALL) is None
