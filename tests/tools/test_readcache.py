"""Results of reads that are given again: to whom, for how long, and what ends them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from redis.asyncio import Redis

from frontdesk.errors import ToolFailedError
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.persistence.erasure.tombs import bury
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.tools.backend import Invocation
from frontdesk.tools.readcache import LARGEST, MemoryReads, ReadStore, RedisReads
from tests.support.tools import ANNA, BERT, THREAD, FakeBackend, Shop, contract

CALLER = Caller(ANNA, THREAD, "turn-1")
OTHER = "f" * 32
Make = Callable[[], ReadStore]


@pytest.fixture(params=["memory", "redis"])
def make(request: pytest.FixtureRequest) -> Make:
    """A store of the test; called twice, it gives two processes' views of it."""
    if request.param == "memory":
        store = MemoryReads(lambda: 100.0)
        return lambda: store
    client: Redis = request.getfixturevalue("redis_client")
    sealer = Sealer.generate()
    return lambda: RedisReads(client, sealer)


async def keep(store: ReadStore, caller: Caller, what: str, content: str) -> None:
    mark, _ = await store.look(caller, what)
    await store.keep(caller, what, mark, content, 60)


async def test_a_result_is_found_on_every_replica(make: Make) -> None:
    await keep(make(), CALLER, "order 1", '{"a":1}')
    assert (await make().look(CALLER, "order 1"))[1] == '{"a":1}'
    assert (await make().look(CALLER, "order 2"))[1] is None


async def test_a_write_ends_them_all(make: Make) -> None:
    await keep(make(), CALLER, "order 1", "{}")
    await keep(make(), CALLER, "order 2", "{}")
    await make().end(Caller(ANNA, "", "stateless"))
    assert [(await make().look(CALLER, what))[1] for what in ("order 1", "order 2")] == [None, None]


async def test_a_read_that_ran_beside_a_write_leaves_nothing(make: Make) -> None:
    mark, _ = await make().look(CALLER, "order 1")
    await make().end(CALLER)
    await make().keep(CALLER, "order 1", mark, "old", 60)
    assert (await make().look(CALLER, "order 1"))[1] is None


@pytest.mark.parametrize(
    "who", [BERT, replace(ANNA, tenant="bank"), Principal(tenant="shop")], ids=["person", "business", "nobody"]
)
async def test_nobody_elses(make: Make, who: Principal) -> None:
    await keep(make(), CALLER, "order 1", "{}")
    assert (await make().look(Caller(who, THREAD, "t"), "order 1"))[1] is None
    await make().end(Caller(who, THREAD, "t"))
    assert (await make().look(CALLER, "order 1"))[1] == "{}"


async def test_in_redis_it_is_sealed_named_for_nobody_and_ends(redis_client: Redis) -> None:
    store = RedisReads(redis_client, Sealer.generate())
    await keep(store, CALLER, "order 10482", '{"secret": 1}')
    for key in await redis_client.keys():
        value = await redis_client.get(key)
        assert b"C-1" not in key and b"10482" not in key and b"secret" not in value and await redis_client.ttl(key) > 0


async def test_what_cannot_be_opened_is_not_there(redis_client: Redis) -> None:
    store = RedisReads(redis_client, Sealer.generate())
    await keep(store, CALLER, "order 1", "{}")
    (name,) = [key for key in await redis_client.keys() if b":read:" in key]
    await redis_client.set(name, b"nonsense", ex=60)
    assert (await store.look(CALLER, "order 1"))[1] is None


async def test_an_erased_conversation_keeps_nothing(redis_client: Redis) -> None:
    sealer = Sealer.generate()
    store = RedisReads(redis_client, sealer)
    mark, _ = await store.look(CALLER, "order 1")
    await bury(redis_client, sealer, [THREAD])
    await store.keep(CALLER, "order 1", mark, "{}", 60)
    assert await store.look(CALLER, "order 2") == ("", None)
    assert [key for key in await redis_client.keys() if b":read" in key] == []


def test_a_person_is_forgotten() -> None:
    store = MemoryReads(lambda: 100.0)
    nobody = Principal(tenant="shop")
    for caller in (CALLER, Caller(BERT, THREAD, "t"), Caller(nobody, THREAD, "t"), Caller(nobody, OTHER, "t")):
        asyncio.run(keep(store, caller, "order 1", "{}"))
    assert store.forget(ANNA, [THREAD]) == 2


def shop(**around: Any) -> Shop:
    made = [
        contract("get_order", cache={"seconds": 60}),
        contract("ping_order", effect="write", confirm="never", precheck=None),
    ]
    numbers = iter(range(1, 100))

    async def counted(call: Invocation) -> Any:
        return {"order_id": call.arguments["order_id"], "customer_id": call.subject, "number": next(numbers)}

    return Shop(FakeBackend(counted), contracts={item.name: item for item in made}, around=around)


async def number(here: Shop, *arguments: Any, **options: Any) -> int:
    return int(json.loads((await here.call("get_order", *arguments, **options)).content)["number"])


async def test_the_backend_is_asked_once() -> None:
    here = shop()
    assert [await number(here), await number(here), await number(here, turn="turn-2")] == [1, 1, 1]
    assert here.decisions == ["done", "done cached", "done cached"]
    here.now += 60
    assert await number(here) == 2


DIFFERENT: list[tuple[str, dict[str, Any]]] = [
    ("arguments", {"arguments": {"order_id": "10483"}}),
    ("a default", {"arguments": {"order_id": "10482", "count": 4}}),
    ("person", {"who": BERT}),
    ("business", {"who": replace(ANNA, tenant="bank")}),
    ("scopes", {"who": replace(ANNA, scopes=frozenset({"orders:read"}))}),
    ("roles", {"who": replace(ANNA, roles=frozenset({"supervisor"}))}),
    ("verified", {"who": replace(ANNA, verified="strong")}),
    ("no conversation", {"thread": ""}),
    ("the value behind a placeholder", {"restore": lambda value: {**value, "order_id": "10499"}}),
]


@pytest.mark.parametrize("options", [row[1] for row in DIFFERENT], ids=[row[0] for row in DIFFERENT])
async def test_another_call_is_not_answered_with_it(options: dict[str, Any]) -> None:
    here = shop()
    assert [await number(here), await number(here, **options), await number(here)] == [1, 2, 1]


async def test_a_write_of_theirs_ends_it_whatever_came_of_it() -> None:
    here = shop()
    await number(here)
    assert (await here.call("ping_order")).outcome == "done"
    assert await number(here) == 3  # the write took the second

    async def broken(call: Invocation) -> Any:
        raise ConnectionError

    here.backend.behave, before = broken, here.backend.behave
    assert (await here.call("ping_order", {"order_id": "10483"})).outcome == "unknown"
    here.backend.behave = before
    assert await number(here) == 4


async def test_a_read_that_fails_is_not_kept() -> None:
    async def broken(call: Invocation) -> Any:
        raise ToolFailedError(call.tool, "unavailable", "down")

    here = shop()
    here.backend.behave, before = broken, here.backend.behave
    assert (await here.call("get_order")).outcome == "failed"
    here.backend.behave = before
    assert await number(here) == 1


class Down(MemoryReads):
    """Keeps, and cannot end."""

    async def end(self, caller: Caller) -> None:
        raise ToolFailedError("?", "unavailable", "down")


async def test_nothing_is_changed_while_kept_results_could_not_be_ended() -> None:
    here = shop(reads=Down())
    assert (await here.call("ping_order")).outcome == "failed" and here.backend.calls == []


async def test_a_long_result_is_not_kept(make: Make) -> None:
    await keep(make(), CALLER, "order 1", "x" * LARGEST)
    await keep(make(), CALLER, "order 2", "x" * (LARGEST + 1))
    assert [bool((await make().look(CALLER, what))[1]) for what in ("order 1", "order 2")] == [True, False]
