"""Open calls that nobody asks about again: listed, looked up, and sent again only on request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from redis.asyncio import Redis

from frontdesk.errors import ToolFailedError, ToolRefusedError
from frontdesk.graph.deps import Restore
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.tools.ledger import CallId, Ledger, MemoryLedger, RedisLedger
from frontdesk.tools.opencalls import OpenCalls
from tests.tools.test_once_settling import DONE, LOOKUP, REMOTE, Answer, Back, Desk, done, raises, reset, says


async def plain(call: CallId) -> Restore:
    return lambda value: value


async def nothing_kept(call: CallId) -> Restore:
    def restore(value: Any) -> Any:
        raise ToolRefusedError(call.tool, "unknown_placeholder", "gone")

    return restore


@pytest.fixture(params=["memory", "redis"])
def ledger(request: pytest.FixtureRequest) -> Ledger:
    """A ledger of the test's own."""
    if request.param == "memory":
        return MemoryLedger()
    return RedisLedger(request.getfixturevalue("redis_client"), Sealer.generate(), 60)


def opened(desk: Desk) -> OpenCalls:
    return OpenCalls({desk.job.contract.name: desk.job.contract}, desk.executor, desk.ledger, lambda: desk.now)


LOOKED: dict[str, tuple[Any, list[Answer], bool, str, int]] = {
    # name: idempotency, the lookup, send again, what becomes of it, effects that were sent now
    "it is there": (LOOKUP, [says(DONE)], False, "settled", 0),
    "it is there, in other words": ({"lookup": {"options": {"do": "look"}}}, [says({"a": 1})], False, "happened", 0),
    "it is not there": (LOOKUP, [raises(ToolRefusedError)], False, "not_happened", 0),
    "the lookup fails": (LOOKUP, [raises(ToolFailedError)], False, "no_answer", 0),
    "no lookup": ({}, [], False, "no_lookup", 0),
    "a key, and nobody said send": (REMOTE, [], False, "no_lookup", 0),
    "a key": (REMOTE, [], True, "done", 1),
    "it is there, send": (LOOKUP, [says(DONE)], True, "done", 0),
    "it is not there, send": (LOOKUP, [raises(ToolRefusedError)], True, "done", 1),
    "no lookup, send": ({}, [], True, "unknown", 0),
}


@pytest.mark.parametrize("case", LOOKED)
async def test_what_becomes_of_an_open_call(ledger: Ledger, case: str) -> None:
    idempotency, looks, send, became, effects = LOOKED[case]
    desk = Desk(Back([done], list(looks)), ledger, idempotency=idempotency)
    await desk.left("executing")
    calls = opened(desk)
    assert await calls.pending() == []
    desk.now += 60
    assert [each.call for each in await calls.pending()] == [desk.job.id]
    found = await calls.reconcile(plain, send=send)
    assert [(each.tool, each.key, each.became) for each in found] == [("cancel_order", ledger.key(desk.job.id), became)]
    assert len(desk.back.calls) == effects
    assert (await calls.pending() == []) == (became in {"settled", "done"})


async def test_a_settled_call_is_what_its_customer_gets(ledger: Ledger) -> None:
    desk = Desk(Back([reset], [raises(ToolFailedError), says(DONE)]), ledger, idempotency=LOOKUP)
    assert await desk.outcome() == "unknown:unknown"
    desk.now += 60
    assert [each.became for each in await opened(desk).reconcile(plain)] == ["settled"]
    assert await desk.outcome() == "repeated"
    assert len(desk.back.calls) == 1


@pytest.mark.parametrize(
    ("contracts", "restore", "became"),
    [({}, plain, "no_contract"), (None, nothing_kept, "no_values")],
    ids=["the desk has no such tool any more", "the conversation's values are gone"],
)
async def test_what_cannot_be_asked_stays(contracts: Any, restore: Callable[[CallId], Any], became: str) -> None:
    desk = Desk(Back([done], [says(DONE)]), idempotency=LOOKUP)
    await desk.left("unknown")
    desk.now += 60
    by_name = {desk.job.contract.name: desk.job.contract} if contracts is None else contracts
    calls = OpenCalls(by_name, desk.executor, desk.ledger, lambda: desk.now)
    assert [each.became for each in await calls.reconcile(restore)] == [became]
    assert len(await calls.pending()) == 1


async def test_two_operators_at_once_ask_once(ledger: Ledger) -> None:
    desk = Desk(Back([done], [says(DONE)]), ledger, idempotency=LOOKUP)
    await desk.left("unknown")
    desk.now += 60
    one, two = opened(desk), opened(desk)
    entry = (await two.pending())[0]
    assert [each.became for each in await one.reconcile(plain)] == ["settled"]
    assert await two._one(entry, plain, send=False) == "in_progress"
    assert len(desk.back.looked) == 1


async def test_without_redis_it_says_so() -> None:
    gone = RedisLedger(Redis.from_url("unix:///nonexistent/redis.sock"), Sealer.generate(), 60)
    desk = Desk(Back([done]), gone)
    with pytest.raises(ToolFailedError):
        await opened(desk).reconcile(plain)
