"""Everything that is sealed is found, counted and moved, whichever store wrote it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from redis.asyncio import Redis

from frontdesk.errors import KeyServiceError
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.persistence.keyring import KEYRING, open_sealer
from frontdesk.graph.persistence.keyservice import GuardedService
from frontdesk.graph.persistence.rotation import rewrap, usage
from frontdesk.graph.persistence.sealer import Sealer, key_id
from frontdesk.nodes.scrub.vault import RedisVault, vault_key
from tests.support.keyservices import PlainService

OLD, NEW = b"\x01" * 32, b"\x02" * 32
CALLER = Caller(Principal("C-1042", "retail"), "0f0e0d0c0b0a09080706050403020100", "t1")
TEXT = b"a kettle " * 50
Value = Callable[[Sealer], bytes]


def sealed(context: bytes) -> Value:
    return lambda sealer: sealer.seal(TEXT, context)


async def fill(client: Redis, sealer: Sealer) -> None:
    """A value of each shape that a store may have."""
    put: Any = client
    await put.set("fd:{a}:inbox:1", sealer.seal(TEXT, b"fd:{a}:inbox:1"), ex=600)
    await put.hset(
        "fd:checkpoint:{a}:x:1", mapping={"body": sealer.seal(TEXT, b"fd:checkpoint:{a}:x:1/body"), "step": 3}
    )
    await put.hset("fd:{b}:episodes", "t", sealer.seal(TEXT, b"fd:{b}:episodes:t"))
    await put.hset("fd:ticket:T-1", mapping={"packet": sealer.seal(TEXT, b"fd:ticket:T-1"), "status": "open"})
    await put.rpush("fd:ticket:T-1:messages", *(sealer.seal(TEXT, b"fd:ticket:T-1:messages") for _ in range(3)))
    await RedisVault(client, sealer, 600).store(CALLER, {"<EMAIL_1>": "anna@example.org"})
    await put.set("elsewhere", sealer.seal(TEXT, b"elsewhere"))


SHAPES = {"inbox": 1, "checkpoint": 1, "episodes": 1, "ticket": 4, "vault": 1}


async def test_all_that_is_sealed_is_counted_by_key(redis_client: Redis) -> None:
    old = await open_sealer(redis_client, [OLD])
    await fill(redis_client, old)
    found = await usage(redis_client)
    assert {store: dict(counts) for store, counts in found.stores.items()} == {
        store: {old.current: count} for store, count in {**SHAPES, "keyring": 1}.items()
    }
    assert found.of(old.current) == sum(SHAPES.values()) + 1
    assert found.ids == [old.current]


async def test_everything_moves_to_the_current_key(redis_client: Redis) -> None:
    old = await open_sealer(redis_client, [OLD])
    await fill(redis_client, old)
    both = await open_sealer(redis_client, [NEW, OLD])
    done = await rewrap(redis_client, both)
    assert (dict(done.moved), dict(done.left), done.retired) == (SHAPES, {}, 1)
    assert (await usage(redis_client)).ids == [both.current]
    alone = await open_sealer(redis_client, [NEW])
    blob = await redis_client.get("fd:{a}:inbox:1")
    assert alone.open(blob, b"fd:{a}:inbox:1") == TEXT  # type: ignore[arg-type]
    assert await RedisVault(redis_client, alone, 600).load(CALLER) == {"<EMAIL_1>": "anna@example.org"}
    assert 0 < await redis_client.ttl("fd:{a}:inbox:1") <= 600
    assert 0 < await redis_client.ttl(vault_key(CALLER.thread_id)) <= 600
    assert await redis_client.hget("fd:checkpoint:{a}:x:1", "step") == b"3"
    assert key_id(await redis_client.get("elsewhere")) == old.current, "not ours"  # type: ignore[arg-type]


async def test_a_second_run_has_nothing_to_do(redis_client: Redis) -> None:
    await fill(redis_client, await open_sealer(redis_client, [OLD]))
    both = await open_sealer(redis_client, [NEW, OLD])
    await rewrap(redis_client, both)
    again = await rewrap(redis_client, both)
    assert (dict(again.moved), dict(again.left)) == ({}, {})


async def test_a_vaults_values_stay_and_only_its_key_is_wrapped_anew(redis_client: Redis) -> None:
    await fill(redis_client, await open_sealer(redis_client, [OLD]))
    before = await redis_client.hgetall(vault_key(CALLER.thread_id))
    await rewrap(redis_client, await open_sealer(redis_client, [NEW, OLD]))
    after = await redis_client.hgetall(vault_key(CALLER.thread_id))
    assert {name for name in before if before[name] != after[name]} == {b"@retail"}


async def test_a_process_that_holds_the_wrapped_key_goes_on(redis_client: Redis) -> None:
    old = await open_sealer(redis_client, [OLD])
    running = RedisVault(redis_client, await open_sealer(redis_client, [NEW, OLD]), 600)
    await RedisVault(redis_client, old, 600).store(CALLER, {"<EMAIL_1>": "anna@example.org"})
    await running.load(CALLER)
    await rewrap(redis_client, await open_sealer(redis_client, [NEW, OLD]))
    await running.store(CALLER, {"<NAME_1>": "Anna Berg"})
    alone = RedisVault(redis_client, await open_sealer(redis_client, [NEW]), 600)
    assert await alone.load(CALLER) == {"<EMAIL_1>": "anna@example.org", "<NAME_1>": "Anna Berg"}


@pytest.mark.parametrize(
    ("case", "value"),
    [
        ("bound to something unknown", sealed(b"?")),
        ("altered", lambda sealer: sealer.seal(TEXT, b"fd:{a}:odd")[:-1] + b"x"),
    ],
)
async def test_what_cannot_be_moved_is_left_and_said(redis_client: Redis, case: str, value: Value) -> None:
    old = await open_sealer(redis_client, [OLD])
    blob = value(old)
    await redis_client.set("fd:{a}:odd", blob)
    await fill(redis_client, old)
    done = await rewrap(redis_client, await open_sealer(redis_client, [NEW, OLD]))
    assert (dict(done.moved), dict(done.left), done.retired) == (SHAPES, {"odd": 1}, 0), case
    assert await redis_client.get("fd:{a}:odd") == blob
    assert done.missing == frozenset()
    assert (await open_sealer(redis_client, [OLD])).pseudonym("x"), "the older key is needed still, and opens"


async def test_a_key_that_is_not_listed_is_named_and_its_values_stay(redis_client: Redis) -> None:
    stranger = Sealer([b"\x09" * 32])
    await fill(redis_client, stranger)
    sealer = await open_sealer(redis_client, [NEW, OLD])
    done = await rewrap(redis_client, sealer)
    assert (dict(done.moved), dict(done.left)) == ({}, SHAPES)
    assert done.missing == {stranger.current}
    assert (await usage(redis_client)).of(stranger.current) == sum(SHAPES.values())


async def test_streams_are_counted_and_left(redis_client: Redis) -> None:
    old = await open_sealer(redis_client, [OLD])
    await redis_client.xadd("fd:audit", {"what": old.seal(TEXT, b"fd:audit"), "at": "1"})
    done = await rewrap(redis_client, await open_sealer(redis_client, [NEW, OLD]))
    assert (dict(done.moved), dict(done.left)) == ({}, {"audit": 1})


async def test_values_that_change_meanwhile_are_never_overwritten(redis_client: Redis) -> None:
    old = await open_sealer(redis_client, [OLD])
    both = await open_sealer(redis_client, [NEW, OLD])
    names = [f"fd:{{a}}:call:{number}" for number in range(400)]
    for name in names:
        await redis_client.set(name, old.seal(b"begun", name.encode()))

    async def settle() -> None:
        for name in names:
            await redis_client.set(name, old.seal(b"settled", name.encode()))

    await asyncio.gather(rewrap(redis_client, both), settle())
    await rewrap(redis_client, both)
    stored = [both.open(await redis_client.get(name), name.encode()) for name in names]  # type: ignore[arg-type]
    assert stored == [b"settled"] * 400
    assert (await usage(redis_client)).of(old.current) == 0


async def test_an_interrupted_run_goes_on(redis_client: Redis) -> None:
    service = PlainService()
    sealer = await open_sealer(redis_client, [OLD])
    for number in range(20):
        await RedisVault(redis_client, sealer, 600).store(replace(CALLER, thread_id=f"t{number}"), {"<IP_1>": "::1"})
    served = await open_sealer(redis_client, [OLD], GuardedService(service))
    service.fault = "refused"
    with pytest.raises(KeyServiceError):
        await rewrap(redis_client, served)
    service.fault = ""
    done = await rewrap(redis_client, served)
    assert (done.moved["vault"], dict(done.left)) == (20, {})
    found = await usage(redis_client)
    assert found.stores["vault"] == {"service": 20}
    again = await rewrap(redis_client, served, services=True)
    assert (dict(again.moved), dict(again.left)) == ({"vault": 20}, {})
    vault = RedisVault(redis_client, await open_sealer(redis_client, [], GuardedService(service)), 600)
    assert await vault.load(replace(CALLER, thread_id="t7")) == {"<IP_1>": "::1"}


async def test_the_keyring_itself_is_never_taken_for_a_value(redis_client: Redis) -> None:
    await open_sealer(redis_client, [OLD])
    before = await redis_client.hgetall(KEYRING)
    both = await open_sealer(redis_client, [NEW, OLD])
    await redis_client.set("fd:{a}:odd", Sealer([OLD]).seal(TEXT, b"?"))
    await rewrap(redis_client, both)
    after = await redis_client.hgetall(KEYRING)
    assert {name: after[name] for name in before} == before
