"""The keyring in Redis: what must be the same in every process and outlive a rotation, never readable by itself.

``fd:keyring`` is a hash without time to live:

``pseudonym:<id>``   the key of the pseudonyms, sealed with the deployment's key of that id
``key:<id>``         with a key service only: a key of the deployment, wrapped by the service
``current``          with a key service only: the id of the key that seals
``next``             with a key service only: the id of a key that all processes can open with before one seals with it

The pseudonyms' key was derived from the last listed key once, at the first start; from then on it is kept here, so no
rotation changes the names under which people's threads are found.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import cast

from redis.asyncio import Redis

from frontdesk.errors import SealError, SettingsError
from frontdesk.graph.persistence.keyservice import VARIABLE, KeyService
from frontdesk.graph.persistence.sealer import KEY_BYTES, Sealer

KEYRING = "fd:keyring"
_PSEUDONYM, _KEY, _CURRENT, _NEXT = "pseudonym:", "key:", "current", "next"
_CONTEXT = f"{KEYRING}/pseudonym".encode()

_FOUND = """
-- sets fields unless the hash has one of a kind already. KEYS: keyring. ARGV: beginning of the kind, field, value, ...
for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
  if string.sub(field, 1, string.len(ARGV[1])) == ARGV[1] then return 0 end
end
redis.call('HSET', KEYS[1], unpack(ARGV, 2))
return 1
"""
"""One step: of two processes that start at once, one makes it and the other reads it."""

Record = Mapping[str, bytes]


async def open_sealer(client: Redis, keys: Sequence[bytes], service: KeyService | None = None) -> Sealer:
    """Return the deployment's sealer; at the first start on a Redis, make its keyring.

    Args:
        client: The Redis of all stores (bytes, not text).
        keys: The listed keys, the current one first. With a key service they only open what they sealed before.
        service: The key service, if the deployment has one.

    Raises:
        SettingsError: The keyring is sealed with a key that is not listed; the text names it.
        KeyServiceError: The key service failed.
    """
    ring = [*(await _wrapped_keys(client, service) if service else ()), *keys]
    plain = Sealer(ring, service=service)
    record = await read(client)
    if not _names(record, _PSEUDONYM):
        first = {f"{_PSEUDONYM}{plain.current}": plain.seal(plain.pseudonym_key, _CONTEXT)}
        await _found(client, _PSEUDONYM, first)
        record = await read(client)
    pseudonyms = _pseudonyms(plain, record)
    if f"{_PSEUDONYM}{plain.current}" not in record:
        # a copy per key: a process that lists the older one alone must be able to start as long as the rotation lasts
        sealed = plain.seal(pseudonyms, _CONTEXT)
        await client.hsetnx(KEYRING, f"{_PSEUDONYM}{plain.current}", cast(str, sealed))
    return Sealer(ring, pseudonyms=pseudonyms, service=service)


async def retire(client: Redis, sealer: Sealer) -> int:
    """Drop the copies of the pseudonyms' key under all but the current key, and keys of the service that seal no more.

    Call it when nothing is sealed with those keys any longer; return how many fields went.
    """
    record = await read(client)
    kept = {f"{_PSEUDONYM}{sealer.current}", f"{_KEY}{sealer.current}", _CURRENT, _NEXT}
    if following := record.get(_NEXT):
        kept.add(f"{_KEY}{following.decode()}")
    if f"{_PSEUDONYM}{sealer.current}" not in record:
        return 0
    old = [field for field in record if field not in kept]
    return int(await client.hdel(KEYRING, *old)) if old else 0


async def rotate(client: Redis, service: KeyService) -> tuple[str, bool]:
    """Take one of the two steps in which a key service's deployment changes its key.

    The first adds a key that processes started from then on can open with; the second, called once all of them were
    started anew, makes it the one that those started from then on seal with.

    Returns:
        The id of the new key, and whether it seals from now on.

    Raises:
        SettingsError: There is no keyring yet.
        KeyServiceError: The key service failed; nothing was changed.
    """
    record = await read(client)
    if _CURRENT not in record:
        raise SettingsError(f"there is no key to change: no desk has been opened with {VARIABLE} on this Redis yet")
    if following := record.get(_NEXT):
        async with client.pipeline(transaction=True) as pipe:
            pipe.hset(KEYRING, _CURRENT, cast(str, following))
            pipe.hdel(KEYRING, _NEXT)
            await pipe.execute()
        return following.decode(), True
    id, wrapped = await _fresh(service)
    # This comes first: `next` must never name a key that is not there.
    await client.hset(KEYRING, f"{_KEY}{id}", cast(str, wrapped))
    if not await client.hsetnx(KEYRING, _NEXT, id):
        await client.hdel(KEYRING, f"{_KEY}{id}")
        raise SettingsError("another `frontdesk key rotate` ran at the same time; look at `frontdesk key status`")
    return id, False


async def read(client: Redis) -> Record:
    """Return the keyring's fields."""
    found = cast(dict[bytes, bytes], await client.hgetall(KEYRING))
    return {name.decode(): value for name, value in found.items()}


def wrappers(record: Record) -> list[str]:
    """Return the ids of the deployment's keys that the pseudonyms' key is sealed with."""
    return _names(record, _PSEUDONYM)


async def _wrapped_keys(client: Redis, service: KeyService) -> list[bytes]:
    record = await read(client)
    if _CURRENT not in record:
        id, wrapped = await _fresh(service)
        await _found(client, _CURRENT, {f"{_KEY}{id}": wrapped, _CURRENT: id.encode()})
        record = await read(client)
    current = record[_CURRENT].decode()
    ids = sorted(_names(record, _KEY), key=lambda id: id != current)
    return [await service.unwrap(record[f"{_KEY}{id}"], _place(id)) for id in ids]


async def _fresh(service: KeyService) -> tuple[str, bytes]:
    key = os.urandom(KEY_BYTES)
    id = Sealer([key]).current
    return id, await service.wrap(key, _place(id))


def _place(id: str) -> bytes:
    return f"{KEYRING}/{_KEY}{id}".encode()


async def _found(client: Redis, kind: str, fields: Record) -> None:
    flat = [part for pair in fields.items() for part in pair]
    await client.register_script(_FOUND)(keys=[KEYRING], args=[kind, *flat])


def _pseudonyms(sealer: Sealer, record: Record) -> bytes:
    copies = _names(record, _PSEUDONYM)
    for id in sealer.ids:
        if id in copies:
            try:
                return sealer.open(record[f"{_PSEUDONYM}{id}"], _CONTEXT)
            except SealError as error:
                raise SettingsError(f"{KEYRING}: its copy for the key {id} was altered; restore it") from error
    raise SettingsError(
        f"The data in this Redis belongs to another key: its keyring opens with {' or '.join(copies)}, but configured "
        f"{'is' if len(sealer.ids) == 1 else 'are'} {', '.join(sealer.ids)}. Nothing was changed; "
        "put that key back behind the current one (FRONTDESK_KEY=new,old), or use an empty Redis"
    )


def _names(record: Record, kind: str) -> list[str]:
    return sorted(field.removeprefix(kind) for field in record if field.startswith(kind))
