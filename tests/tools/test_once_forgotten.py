"""A ledger that loses its entry while the effect is on its way (evicted, flushed): nothing is sent once more for that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from redis.asyncio import Redis

from frontdesk.graph.identity import Caller
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.tools.attempts import Attempt, LostError
from frontdesk.tools.backend import Invocation
from frontdesk.tools.jobs import Job
from frontdesk.tools.ledger import CallId, Ledger, MemoryLedger, RedisLedger
from tests.support.tools import ANNA, CONTRACTS, THREAD, FakeBackend, Shop, answer, hang


class Forgetful(MemoryLedger):
    """Forgets all at once."""

    async def flush(self) -> None:
        self._kept.clear()


@dataclass
class Emptied:
    """A back office during whose first two calls the ledger is emptied."""

    ledger: Forgetful
    then: Any
    calls: int = 0

    async def __call__(self, call: Invocation) -> Any:
        self.calls += 1
        if self.calls < 3:
            await self.ledger.flush()
        return await self.then(call)


async def breaks(call: Invocation) -> Any:
    raise ConnectionResetError


ENDS = [
    ("it answers", answer, "done", "done"),
    ("it hangs", hang, "unknown", "unknown"),
    ("it breaks", breaks, "unknown", "unknown"),
]


@pytest.mark.parametrize(("then", "outcome", "again"), [row[1:] for row in ENDS], ids=[row[0] for row in ENDS])
async def test_one_effect_although_the_entry_is_gone(then: Any, outcome: str, again: str) -> None:
    ledger = Forgetful()
    shop = Shop(backend=FakeBackend(behave=Emptied(ledger, then)), ledger=ledger)
    assert (await shop.call("ping_order")).outcome == outcome
    assert (await shop.call("ping_order")).outcome == again
    assert len(shop.backend.calls) == 1


async def test_who_has_reserved_meanwhile_sends_nothing_and_gets_the_first_result() -> None:
    ledger, job = (
        Forgetful(),
        Job(CONTRACTS["ping_order"], CallId(Caller(ANNA, THREAD, "t"), "t", "ping_order", "{}"), {}, {}),
    )
    entry, _ = await ledger.reserve(job.id, 10.0)
    first = Attempt(ledger, job, entry, lambda: 0.0)
    await first.begin()
    await ledger.flush()
    entry, ours = await ledger.reserve(job.id, 10.0)
    assert ours
    await first.settle('{"ok": true}')
    with pytest.raises(LostError):
        await Attempt(ledger, job, entry, lambda: 0.0).begin()
    found = await ledger.find(job.id)
    assert found and (found.state, found.content) == ("settled", '{"ok": true}')


async def test_in_redis(redis_client: Redis) -> None:
    ledger: Ledger = RedisLedger(redis_client, Sealer([b"k" * 32]), 600, lambda: 1_000_000.0)

    async def emptied(call: Invocation) -> Any:
        if len(shop.backend.calls) > 1:
            return await hang(call)
        for key in [key async for key in redis_client.scan_iter(match="fd:{*:call:*")]:
            await redis_client.delete(key)
        return await hang(call)

    shop = Shop(backend=FakeBackend(behave=emptied), ledger=ledger)
    assert [(await shop.call("ping_order")).outcome for _ in range(2)] == ["unknown", "unknown"]
    assert len(shop.backend.calls) == 1
