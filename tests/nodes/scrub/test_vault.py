"""Both vaults behave alike; the one in Redis holds nothing readable and opens for its own thread only."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from redis.asyncio import Redis

from frontdesk.errors import SealError, ThreadBusyError
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.nodes.scrub.vault import MemoryVault, RedisVault, vault_key

VALUES = {"<EMAIL_1>": "anna@example.org", "<CARD_1>": "4111111111111111"}


@pytest.fixture(params=["memory", "redis"])
def vault(request: pytest.FixtureRequest) -> MemoryVault | RedisVault:
    """Either vault."""
    if request.param == "memory":
        return MemoryVault()
    return RedisVault(request.getfixturevalue("redis_client"), Sealer.generate(), ttl_seconds=60)


async def test_values_come_back(vault: MemoryVault | RedisVault, caller: Caller) -> None:
    assert await vault.load(caller) == {}
    await vault.store(caller, VALUES)
    await vault.store(caller, {})
    await vault.store(caller, {"<EMAIL_1>": "anna@example.org", "<EMAIL_2>": "bert@example.org"})
    assert await vault.load(caller) == {**VALUES, "<EMAIL_2>": "bert@example.org"}
    await vault.drop(caller)
    assert await vault.load(caller) == {}


async def test_a_placeholder_never_changes(vault: MemoryVault | RedisVault, caller: Caller) -> None:
    await vault.store(caller, VALUES)
    with pytest.raises(ThreadBusyError) as caught:
        await vault.store(caller, {"<EMAIL_1>": "bert@example.org"})
    assert "bert" not in str(caught.value)
    assert await vault.load(caller) == VALUES


async def test_threads_and_stateless_turns_are_apart(vault: MemoryVault | RedisVault, caller: Caller) -> None:
    await vault.store(caller, VALUES)
    stateless = replace(caller, thread_id="")
    for other in (replace(caller, thread_id="another"), stateless, replace(stateless, turn_id="t2")):
        assert await vault.load(other) == {}
    await vault.store(stateless, {"<EMAIL_1>": "cleo@example.org"})
    stranger = replace(stateless, principal=Principal(subject="C-1099", tenant="retail"))
    assert await vault.load(stranger) == {}
    assert await vault.load(stateless) == {"<EMAIL_1>": "cleo@example.org"}
    await vault.drop(stateless)
    assert await vault.load(stateless) == {}
    assert await vault.load(caller) == VALUES


async def test_memory_is_bounded(caller: Caller) -> None:
    vault = MemoryVault(sessions=3)
    turns = [replace(caller, thread_id="", turn_id=f"t{number}") for number in range(10)]
    for turn in turns:
        await vault.store(turn, VALUES)
    assert len(vault) == 3
    assert await vault.load(turns[-1]) == VALUES
    assert await vault.load(turns[0]) == {}


async def test_a_stateless_turn_leaves_redis_alone(redis_client: Redis, caller: Caller) -> None:
    vault = RedisVault(redis_client, Sealer.generate(), ttl_seconds=60)
    await vault.store(replace(caller, thread_id=""), VALUES)
    assert await redis_client.dbsize() == 0


async def test_redis_holds_nothing_readable(redis_client: Redis, caller: Caller) -> None:
    vault = RedisVault(redis_client, Sealer.generate(), ttl_seconds=60)
    await vault.store(caller, VALUES)
    (key,) = await redis_client.keys("*")
    assert key == f"fd:{{{caller.thread_id}}}:vault".encode()
    held = await redis_client.hgetall(key)
    assert set(held) == {b"@retail", b"<EMAIL_1>", b"<CARD_1>"}
    assert not [value for value in VALUES.values() if any(value.encode() in blob for blob in held.values())]
    assert 0 < await redis_client.ttl(key) <= 60


@pytest.mark.parametrize("moved", ["tenant", "thread", "placeholder", "key"])
async def test_a_value_opens_in_its_own_place_only(redis_client: Redis, caller: Caller, moved: str) -> None:
    sealer = Sealer.generate()
    await RedisVault(redis_client, sealer, ttl_seconds=60).store(caller, {"<EMAIL_1>": "anna@example.org"})
    key = f"fd:{{{caller.thread_id}}}:vault"
    thief = caller
    if moved == "tenant":
        thief = replace(caller, principal=Principal(subject="C-1042", tenant="other"))
    elif moved == "thread":
        thief = replace(caller, thread_id="another")
        await redis_client.rename(key, "fd:{another}:vault")
    elif moved == "placeholder":
        await redis_client.hset(key, "<NAME_1>", await redis_client.hget(key, "<EMAIL_1>"))
    else:
        sealer = Sealer.generate()
    with pytest.raises(SealError):
        await RedisVault(redis_client, sealer, ttl_seconds=60).load(thief)


async def test_one_key_per_thread(redis_client: Redis, caller: Caller) -> None:
    sealer = Sealer.generate()
    vault = RedisVault(redis_client, sealer, ttl_seconds=60)
    await vault.store(caller, VALUES)
    first = await redis_client.hget(vault_key(caller.thread_id), "@retail")
    await vault.store(caller, {"<EMAIL_2>": "bert@example.org"})
    assert await redis_client.hget(vault_key(caller.thread_id), "@retail") == first
    other = replace(caller, thread_id="another")
    await vault.store(other, VALUES)
    assert await redis_client.hget(vault_key("another"), "@retail") != first


async def test_without_its_key_a_thread_is_unreadable_for_good(redis_client: Redis, caller: Caller) -> None:
    sealer = Sealer.generate()
    await RedisVault(redis_client, sealer, ttl_seconds=60).store(caller, VALUES)
    await redis_client.hdel(vault_key(caller.thread_id), "@retail")
    with pytest.raises(SealError, match="without their key"):
        await RedisVault(redis_client, sealer, ttl_seconds=60).load(caller)


async def test_an_erased_key_does_not_come_back(redis_client: Redis, caller: Caller) -> None:
    vault = RedisVault(redis_client, Sealer.generate(), ttl_seconds=60)
    await vault.store(caller, VALUES)
    erased = await redis_client.hget(vault_key(caller.thread_id), "@retail")
    await redis_client.delete(vault_key(caller.thread_id))
    await vault.store(caller, {"<EMAIL_2>": "bert@example.org"})
    assert await redis_client.hget(vault_key(caller.thread_id), "@retail") != erased
    assert await vault.load(caller) == {"<EMAIL_2>": "bert@example.org"}


async def test_two_processes_begin_a_thread_at_once(redis_client: Redis, caller: Caller) -> None:
    sealer = Sealer.generate()
    first, second = (RedisVault(redis_client, sealer, ttl_seconds=60) for _ in range(2))
    await asyncio.gather(
        first.store(caller, {"<EMAIL_1>": "anna@example.org"}), second.store(caller, {"<NAME_1>": "Anna Berg"})
    )
    for vault in (first, second, RedisVault(redis_client, sealer, ttl_seconds=60)):
        assert await vault.load(caller) == {"<EMAIL_1>": "anna@example.org", "<NAME_1>": "Anna Berg"}


async def test_values_of_an_earlier_version_stay_readable(redis_client: Redis, caller: Caller) -> None:
    sealer = Sealer.generate()
    context = "\x00".join(("vault", "retail", caller.thread_id, "<EMAIL_1>")).encode()
    sealed = sealer.seal(b"anna@example.org", context)
    await redis_client.hset(vault_key(caller.thread_id), "<EMAIL_1>", sealed)  # type: ignore[arg-type]
    vault = RedisVault(redis_client, sealer, ttl_seconds=60)
    await vault.store(caller, {"<NAME_1>": "Anna Berg"})
    assert await vault.load(caller) == {"<EMAIL_1>": "anna@example.org", "<NAME_1>": "Anna Berg"}


@pytest.mark.parametrize("held", [True, False], ids=["under a legal hold", "not held"])
async def test_a_thread_that_lives_on_keeps_its_values(redis_client: Redis, caller: Caller, held: bool) -> None:
    vault = RedisVault(redis_client, Sealer.generate(), ttl_seconds=60)
    await vault.store(caller, VALUES)
    key = vault_key(caller.thread_id)
    await (redis_client.persist(key) if held else redis_client.expire(key, 5))
    await vault.load(caller)
    await vault.store(caller, {"<EMAIL_2>": "bert@example.org"})
    assert (await redis_client.ttl(key) == -1) is held
    assert held or await redis_client.ttl(key) > 50
