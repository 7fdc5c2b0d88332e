"""Exactly once: repeated turns, repeated approvals, racing callers, and calls of which nobody knows the end."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from redis.asyncio import Redis

from frontdesk.errors import ToolFailedError, ToolRefusedError, ToolUnknownError
from frontdesk.graph.identity import Caller
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.tools.arguments import canonical
from frontdesk.tools.audit import MemoryAudit, Record
from frontdesk.tools.backend import Invocation
from frontdesk.tools.ledger import CallId, Ledger, MemoryLedger, RedisLedger
from tests.support.tools import ANNA, THREAD, FakeBackend, Shop, answer, hang

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


async def test_nothing_happens_without_a_yes(make: Make) -> None:
    shop = Shop(ledger=make())
    result = await shop.call("cancel_order")
    assert (result.outcome, result.content) == ("confirm", "Cancel order 10482, which is processing?")
    assert shop.backend.calls == []


async def test_one_yes_resumed_twice_has_one_effect(make: Make) -> None:
    shop = Shop(ledger=make())
    proposal = await shop.proposed()
    first = await shop.call("cancel_order", turn="turn-2", approved=proposal)
    again = await shop.call("cancel_order", turn="turn-3", approved=proposal)
    assert (first.outcome, first.repeated) == ("done", False)
    assert (again.outcome, again.repeated, again.content) == ("done", True, first.content)
    assert len(shop.backend.calls) == 1
    assert shop.decisions == ["proposed", "confirmed", "executing", "done", "confirmed", "repeated"]


async def test_the_result_outlives_the_process(make: Make) -> None:
    before = Shop(ledger=make())
    first = await before.call("ping_order")
    after = Shop(ledger=make())
    assert (await after.call("ping_order")).content == first.content
    assert after.backend.calls == []


async def test_the_same_turn_twice_has_one_effect_and_another_turn_another(make: Make) -> None:
    shop = Shop(ledger=make())
    for turn in ("turn-1", "turn-1", "turn-2"):
        assert (await shop.call("ping_order", turn=turn)).outcome == "done"
    assert len(shop.backend.calls) == 2
    assert len({call.key for call in shop.backend.calls}) == 2


async def test_two_callers_at_once_have_one_effect(make: Make) -> None:
    begun = asyncio.Event()
    gate = asyncio.Event()

    async def slow(call: Invocation) -> Any:
        begun.set()
        await gate.wait()
        return await answer(call)

    one, two = (Shop(FakeBackend(slow), ledger=make()) for _ in range(2))
    running = [asyncio.create_task(shop.call("ping_order")) for shop in (one, two)]
    await begun.wait()
    gate.set()
    results = await asyncio.gather(*running)
    assert [result.outcome for result in results] == ["done", "done"]
    assert sorted(result.repeated for result in results) == [False, True]
    assert len(one.backend.calls) + len(two.backend.calls) == 1


async def test_a_hundred_races(make: Make) -> None:
    backend = FakeBackend()
    shops = [Shop(backend, ledger=make()) for _ in range(4)]
    for turn in range(25):
        results = await asyncio.gather(*(shop.call("ping_order", turn=f"t{turn}") for shop in shops))
        assert {result.outcome for result in results} == {"done"}
    assert len(backend.calls) == 25


async def test_a_timeout_in_a_write_is_unknown_and_stays_so(make: Make) -> None:
    shop = Shop(FakeBackend(hang), ledger=make())
    assert (await shop.call("ping_order")).outcome == "unknown"
    shop.backend.behave = answer
    assert (await shop.call("ping_order")).outcome == "unknown"
    assert len(shop.backend.calls) == 1


async def crash(call: Invocation) -> Any:
    raise ConnectionResetError


async def garbage(call: Invocation) -> Any:
    return {"order_id": "?", "customer_id": call.subject}


async def foreign(call: Invocation) -> Any:
    return {"order_id": "10482", "customer_id": "C-2"}


async def says_unknown(call: Invocation) -> Any:
    raise ToolUnknownError(call.tool, "unknown", "commit")


@pytest.mark.parametrize("behave", [crash, garbage, foreign, says_unknown])
async def test_whatever_may_have_happened_is_never_repeated(make: Make, behave: Any) -> None:
    shop = Shop(FakeBackend(behave), ledger=make())
    for _ in range(3):
        assert (await shop.call("ping_order")).outcome == "unknown"
    assert len(shop.backend.calls) == 1


async def test_an_idempotent_remote_is_sent_the_same_key_again(make: Make) -> None:
    shop = Shop(FakeBackend(crash), ledger=make())
    assert (await shop.call("retry_order")).outcome == "unknown"
    shop.backend.behave = answer
    assert (await shop.call("retry_order")).outcome == "done"
    assert len({call.key for call in shop.backend.calls}) == 1
    assert (await shop.call("retry_order")).repeated


async def test_an_idempotent_remote_that_then_refuses_leaves_it_unknown(make: Make) -> None:
    async def refuse(call: Invocation) -> Any:
        raise ToolRefusedError(call.tool, "not_possible", "no")

    shop = Shop(FakeBackend(crash), ledger=make())
    await shop.call("retry_order")
    shop.backend.behave = refuse
    assert (await shop.call("retry_order")).outcome == "unknown"


@pytest.mark.parametrize("error", [ToolRefusedError, ToolFailedError])
async def test_what_surely_did_not_happen_may_be_tried_again(make: Make, error: Any) -> None:
    async def decline(call: Invocation) -> Any:
        raise error(call.tool, "not_possible", "It did not happen.")

    shop = Shop(FakeBackend(decline), ledger=make())
    assert (await shop.call("ping_order")).content == "It did not happen."
    shop.backend.behave = answer
    assert (await shop.call("ping_order")).outcome == "done"


def call_id(tool: str) -> CallId:
    arguments = canonical({"count": 3, "order_id": "10482"})
    return CallId(Caller(ANNA, THREAD, "turn-1"), "turn-1", tool, arguments)


async def test_a_reservation_whose_process_died_is_taken_over_after_its_lease(make: Make) -> None:
    shop = Shop(ledger=make())
    assert (await shop.ledger.reserve(call_id("ping_order"), shop.now + 5))[1]
    shop.now += 6
    assert (await shop.call("ping_order")).outcome == "done"
    assert (await shop.call("ping_order")).repeated
    assert len(shop.backend.calls) == 1


async def test_a_cancelled_run_leaves_its_reservation(make: Make) -> None:
    begun = asyncio.Event()

    async def wait(call: Invocation) -> Any:
        begun.set()
        await asyncio.Event().wait()

    shop = Shop(FakeBackend(wait), ledger=make())
    task = asyncio.create_task(shop.call("ping_order"))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    shop.now += 60
    assert (await shop.call("ping_order")).outcome == "unknown"
    assert len(shop.backend.calls) == 1


@pytest.mark.parametrize(
    ("change", "tool"),
    [
        ({"order_id": "10483"}, "cancel_order"),  # other arguments
        ({"order_id": "10482", "count": 4}, "cancel_order"),  # one more argument
    ],
)
async def test_a_yes_covers_only_what_was_shown(make: Make, change: Any, tool: str) -> None:
    shop = Shop(ledger=make())
    proposal = await shop.proposed()
    assert (await shop.call(tool, change, approved=proposal)).outcome == "confirm"
    assert shop.backend.calls == []


async def test_a_tampered_proposal_is_no_yes(make: Make) -> None:
    shop = Shop(ledger=make())
    proposal = await shop.proposed()
    other = {**proposal, "arguments": {"order_id": "10483", "count": 3}}
    assert (await shop.call("cancel_order", {"order_id": "10483"}, approved=other)).outcome == "confirm"  # type: ignore[arg-type]
    assert shop.backend.calls == []


async def test_a_yes_that_came_too_late_is_asked_again(make: Make) -> None:
    shop = Shop(ledger=make())
    proposal = await shop.proposed()
    shop.now = proposal["expires_at"]
    result = await shop.call("cancel_order", turn="turn-9", approved=proposal)
    assert result.outcome == "confirm" and result.proposal is not None
    assert result.proposal["id"] != proposal["id"]


async def test_what_changed_between_question_and_yes_is_seen(make: Make) -> None:
    shop = Shop(ledger=make())
    proposal = await shop.proposed()
    shop.backend.record = {"status": "shipped", "customer_id": "C-1"}
    result = await shop.call("cancel_order", approved=proposal)
    assert (result.outcome, result.content) == ("refused", "10482 left.")
    assert shop.backend.calls == []


async def test_reads_are_not_in_the_ledger(make: Make) -> None:
    shop = Shop(ledger=make())
    for _ in range(2):
        await shop.call("get_order")
    assert len(shop.backend.calls) == 2


class BrokenAudit(MemoryAudit):
    async def record(self, record: Record) -> None:
        raise ToolFailedError(record.call.tool, "audit_unavailable", "no audit")


@pytest.mark.parametrize(("tool", "calls"), [("ping_order", 0), ("get_order", 1), ("cancel_order", 0)])
async def test_without_audit_nothing_is_done_or_told(tool: str, calls: int) -> None:
    shop = Shop(audit=BrokenAudit())
    result = await shop.call(tool)
    assert (result.outcome, result.content) == ("failed", "no audit")
    assert len(shop.backend.calls) == calls


async def test_without_redis_no_write_happens() -> None:
    gone = Redis.from_url("unix:///nonexistent/redis.sock")
    shop = Shop(ledger=RedisLedger(gone, Sealer.generate(), 60))
    result = await shop.call("ping_order")
    assert (result.outcome, shop.backend.calls) == ("failed", [])
    assert (await shop.call("get_order")).outcome == "done"


async def test_stateless_calls_touch_no_store() -> None:
    shop = Shop(ledger=RedisLedger(Redis.from_url("unix:///nonexistent/redis.sock"), Sealer.generate(), 60))
    first = await shop.call("ping_order", thread="")
    assert first.outcome == "done"
    assert (await shop.call("ping_order", thread="")).repeated
    assert shop.decisions == []


async def test_redis_holds_no_words(redis_client: Redis) -> None:
    sealer = Sealer.generate()
    shop = Shop(ledger=RedisLedger(redis_client, sealer, 60))
    await shop.call("ping_order")
    keys = [key async for key in redis_client.scan_iter()]
    blobs = [key + (await redis_client.get(key) or b"") for key in keys]
    assert [key.startswith(f"fd:{{{THREAD}}}:call:".encode()) for key in keys] == [True]
    assert not any(word in blob for blob in blobs for word in (b"10482", b"C-1", b"ping", b"shop"))
    assert 0 < await redis_client.ttl(keys[0]) <= 60


async def test_an_entry_sealed_with_a_lost_key_is_unknown(redis_client: Redis) -> None:
    lost = Sealer.generate()

    class Renewed:
        """Same pseudonyms, another key."""

        seal = staticmethod(lost.seal)
        open = staticmethod(Sealer.generate().open)
        pseudonym = staticmethod(lost.pseudonym)

    shop = Shop(ledger=RedisLedger(redis_client, lost, 60))
    await shop.call("ping_order")
    after = Shop(ledger=RedisLedger(redis_client, Renewed(), 60))
    assert (await after.call("ping_order")).outcome == "unknown"
    assert after.backend.calls == []


def test_key_depends_on_everything_but_the_models_call_id() -> None:
    base = call_id("ping_order")
    caller = base.caller
    others = [
        CallId(Caller(ANNA, "f" * 32, "turn-1"), "turn-1", base.tool, base.arguments),
        CallId(Caller(ANNA.__class__("C-2", "shop"), THREAD, "turn-1"), "turn-1", base.tool, base.arguments),
        CallId(Caller(ANNA.__class__("C-1", "other"), THREAD, "turn-1"), "turn-1", base.tool, base.arguments),
        CallId(caller, "turn-2", base.tool, base.arguments),
        CallId(caller, "turn-1", "cancel_order", base.arguments),
        CallId(caller, "turn-1", base.tool, json.dumps({})),
    ]
    for ledger in (MemoryLedger(), RedisLedger(Redis(), Sealer.generate(), 60)):
        assert len({ledger.key(item) for item in [base, *others]}) == 7
        assert ledger.key(base) == ledger.key(
            CallId(Caller(ANNA, THREAD, "later"), "turn-1", base.tool, base.arguments)
        )
