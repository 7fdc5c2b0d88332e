"""The keyring: pseudonyms outlive every rotation, two starts at once agree, no key stands in clear."""

from __future__ import annotations

import asyncio

import pytest
from redis.asyncio import Redis

from frontdesk.errors import KeyServiceError, SettingsError
from frontdesk.graph.persistence import keyring
from frontdesk.graph.persistence.keyring import KEYRING, open_sealer
from frontdesk.graph.persistence.keyservice import GuardedService
from frontdesk.graph.persistence.sealer import Sealer
from tests.support.keyservices import PlainService

OLD, NEW, NEWEST = b"\x01" * 32, b"\x02" * 32, b"\x03" * 32


async def test_a_deployment_from_before_keeps_its_pseudonyms(redis_client: Redis) -> None:
    before = Sealer([NEW, OLD]).pseudonym("C-1042")
    for keys in ([NEW, OLD], [NEW], [NEWEST, NEW], [NEWEST]):
        assert (await open_sealer(redis_client, keys)).pseudonym("C-1042") == before


async def test_the_older_process_starts_again_during_a_rotation(redis_client: Redis) -> None:
    first = await open_sealer(redis_client, [OLD])
    await open_sealer(redis_client, [NEW, OLD])
    assert (await open_sealer(redis_client, [OLD])).pseudonym("x") == first.pseudonym("x")


async def test_a_strange_key_is_refused_and_changes_nothing(redis_client: Redis) -> None:
    first = await open_sealer(redis_client, [OLD])
    before = await redis_client.dump(KEYRING)
    with pytest.raises(SettingsError, match=rf"{first.current}.*FRONTDESK_KEY=new,old") as caught:
        await open_sealer(redis_client, [NEW])
    assert Sealer([NEW]).current in str(caught.value)
    assert await redis_client.dump(KEYRING) == before
    assert (await open_sealer(redis_client, [NEW, OLD])).pseudonym("x") == first.pseudonym("x")


async def test_processes_that_start_at_once_agree(redis_client: Redis) -> None:
    found = await asyncio.gather(*(open_sealer(redis_client, keys) for keys in [[OLD], [NEW, OLD]] * 5))
    assert len({sealer.pseudonym("x") for sealer in found}) == 1


async def test_services_that_start_at_once_agree(redis_client: Redis) -> None:
    service = GuardedService(PlainService())
    found = await asyncio.gather(*(open_sealer(redis_client, [], service) for _ in range(8)))
    assert len({(sealer.current, sealer.pseudonym("x")) for sealer in found}) == 1
    assert found[0].open(found[-1].seal(b"kettle", b"k"), b"k") == b"kettle"


async def test_no_key_stands_in_the_keyring(redis_client: Redis) -> None:
    sealer = await open_sealer(redis_client, [OLD], GuardedService(PlainService()))
    held = b"".join((await redis_client.hgetall(KEYRING)).values())
    assert sealer.pseudonym_key not in held
    assert OLD not in held
    assert await redis_client.ttl(KEYRING) == -1


async def test_a_copy_that_was_altered_is_told(redis_client: Redis) -> None:
    sealer = await open_sealer(redis_client, [OLD])
    await redis_client.hset(KEYRING, f"pseudonym:{sealer.current}", "altered")
    with pytest.raises(SettingsError, match="altered"):
        await open_sealer(redis_client, [OLD])


async def test_from_the_environment_to_a_key_service(redis_client: Redis) -> None:
    before = await open_sealer(redis_client, [OLD])
    service = GuardedService(PlainService())
    both = await open_sealer(redis_client, [OLD], service)
    assert both.open(before.seal(b"kettle", b"k"), b"k") == b"kettle"
    assert both.current != before.current
    alone = await open_sealer(redis_client, [], service)
    assert alone.pseudonym("x") == before.pseudonym("x")
    assert alone.current == both.current


@pytest.mark.parametrize("fault", ["refused", "silent", "short"])
async def test_no_service_no_start_and_nothing_lost(redis_client: Redis, fault: str) -> None:
    service = PlainService()
    guarded = GuardedService(service, seconds=0.05)
    first = await open_sealer(redis_client, [], guarded)
    before = await redis_client.dump(KEYRING)
    service.fault = fault
    with pytest.raises(KeyServiceError):
        await open_sealer(redis_client, [], guarded)
    assert await redis_client.dump(KEYRING) == before
    service.fault = ""
    again = await open_sealer(redis_client, [], guarded)
    assert again.open(first.seal(b"kettle", b"k"), b"k") == b"kettle"


async def test_a_service_that_fails_at_the_very_first_start_leaves_nothing(redis_client: Redis) -> None:
    with pytest.raises(KeyServiceError):
        await open_sealer(redis_client, [], GuardedService(PlainService("other")))
    assert await redis_client.dbsize() == 0


async def test_a_rotation_with_a_service_takes_two_steps(redis_client: Redis) -> None:
    service = GuardedService(PlainService())
    running = await open_sealer(redis_client, [], service)
    id, seals = await keyring.rotate(redis_client, service)
    assert not seals
    restarted = await open_sealer(redis_client, [], service)
    assert restarted.current == running.current
    assert await keyring.rotate(redis_client, service) == (id, True)
    promoted = await open_sealer(redis_client, [], service)
    assert promoted.current == id
    assert restarted.open(promoted.seal(b"kettle", b"k"), b"k") == b"kettle"
    assert promoted.open(running.seal(b"kettle", b"k"), b"k") == b"kettle"
    assert promoted.pseudonym("x") == running.pseudonym("x")
    assert await keyring.retire(redis_client, promoted) == 2
    assert (await open_sealer(redis_client, [], service)).ids == (id,)


async def test_a_rotation_needs_a_keyring(redis_client: Redis) -> None:
    with pytest.raises(SettingsError, match="no key to change"):
        await keyring.rotate(redis_client, GuardedService(PlainService()))
