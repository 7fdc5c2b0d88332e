"""The vault: values behind placeholders, sealed in Redis per thread."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from redis.asyncio import Redis

from frontdesk.errors import SealError, ThreadBusyError
from frontdesk.graph.identity import Caller
from frontdesk.graph.persistence.datakeys import KEY_MARK, DataKey, DataKeys, data_key_context, under_data_key
from frontdesk.graph.persistence.erasure.tombs import erased, tomb
from frontdesk.graph.persistence.layout import tagged
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.nodes.scrub.vault_memory import MemoryVault

__all__ = ["MemoryVault", "RedisVault", "vault_key"]

_ADD = """
-- KEYS: vault, tombstone. ARGV: field of the data key, it wrapped, 1 where it is new, seconds, placeholder, value, ...
if redis.call('EXISTS', KEYS[2]) == 1 then return 0 end
local wrapped = redis.call('HGET', KEYS[1], ARGV[1])
if wrapped and wrapped ~= ARGV[2] then return wrapped end
if not wrapped and ARGV[3] == '0' then return '' end
local kept = redis.call('PTTL', KEYS[1]) == -1  -- a legal hold took the time to live away
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
local stored = {}
for at = 5, #ARGV, 2 do
  redis.call('HSETNX', KEYS[1], ARGV[at], ARGV[at + 1])
  table.insert(stored, redis.call('HGET', KEYS[1], ARGV[at]))
end
if not kept then redis.call('EXPIRE', KEYS[1], ARGV[4]) end
return stored
"""
"""One step, so that no value is ever stored beside a key that does not open it, and no erased key comes back."""


class RedisVault:
    """One hash per thread: a value per placeholder, sealed under the thread's data key, and that key, wrapped.

    Stateless turns stay in memory.
    """

    def __init__(
        self,
        client: Redis,
        sealer: Sealer,
        ttl_seconds: int,
        stateless: MemoryVault | None = None,
        keys: DataKeys | None = None,
    ) -> None:
        """Take a client (bytes, not text), the sealer, and the seconds a thread's values are kept after the last one.

        ``keys`` makes and unwraps the data keys; by default with the sealer's current key, or its key service.
        """
        self._client = client
        self._sealer = sealer
        self._ttl = ttl_seconds
        self._stateless = stateless or MemoryVault(sessions=1_000)
        self._keys = keys or DataKeys(sealer)
        self._add = client.register_script(_ADD)

    async def load(self, caller: Caller, *, prolong: bool = True) -> dict[str, str]:
        """Return placeholder to value for the caller's thread, and prolong its life: one round trip.

        A thread that lives on without new values keeps the old ones; were they gone, numbers would be given anew. Who
        only looks (an export) does not prolong: the values would outlive their conversation.

        Raises:
            SealError: A value was sealed with another key, or for another tenant, thread or placeholder.
            KeyServiceError: The thread's key is not at hand, and the key service failed.
        """
        if not caller.stateful:
            return await self._stateless.load(caller)
        key = vault_key(caller.thread_id)
        async with self._client.pipeline(transaction=False) as pipe:
            pipe.hgetall(key)
            if prolong:
                pipe.expire(key, self._ttl, xx=True)  # a legal hold took the time to live away
            held = cast("dict[bytes, bytes]", (await pipe.execute())[0])
        place = _place(caller)
        wrapped = held.pop(_field(caller), None)
        if wrapped is None:
            # An erased thread: its key must not come back to life with the next value.
            self._keys.forget(place)
        values = {name.decode(): blob for name, blob in held.items() if name[:1] != KEY_MARK}
        own = await self._keys.unwrap(wrapped, place) if wrapped and values else None
        return {name: self._open(caller, name, blob, own) for name, blob in values.items()}

    async def store(self, caller: Caller, values: Mapping[str, str]) -> None:
        """Add values in one step, one round trip, and prolong the thread's life.

        Raises:
            ThreadBusyError: Another turn gave one of these placeholders another value meanwhile; that one stays.
            ThreadErasedError: The thread was erased; nothing is stored.
            KeyServiceError: A new key is needed, and the key service failed; nothing is stored.
        """
        if not caller.stateful:
            await self._stateless.store(caller, values)
            return
        place = _place(caller)
        own, new = self._keys.held(place), False
        while values:
            if own is None:
                own, new = await self._keys.make(place), True
            names = [vault_key(caller.thread_id), tomb(self._sealer, caller.thread_id)]
            answer = await self._add(keys=names, args=self._fields(caller, values, own, new))
            if answer == 0:
                raise erased()
            if isinstance(answer, list):
                self._compare(caller, values, cast("list[bytes]", answer), own)
                return
            # Another process made the thread's key first, wrapped it anew, or erased it: what is stored counts.
            own, new = await self._keys.unwrap(answer, place) if answer else None, False

    async def drop(self, caller: Caller) -> None:
        """Forget the caller's values: called at the end of a stateless turn, and by erasure."""
        if caller.stateful:
            self._keys.forget(_place(caller))
            await self._client.delete(vault_key(caller.thread_id))
        else:
            await self._stateless.drop(caller)

    def _fields(self, caller: Caller, values: Mapping[str, str], own: DataKey, new: bool) -> list[str | bytes | int]:
        sealed = ((name, own.seal(value.encode(), _context(caller, name))) for name, value in values.items())
        return [_field(caller), own.wrapped, int(new), self._ttl, *(part for pair in sealed for part in pair)]

    def _compare(self, caller: Caller, values: Mapping[str, str], stored: list[bytes], own: DataKey) -> None:
        for (placeholder, value), blob in zip(values.items(), stored, strict=True):
            if self._open(caller, placeholder, blob, own) != value:
                raise ThreadBusyError("another turn named a value of this thread first")

    def _open(self, caller: Caller, placeholder: str, blob: bytes, own: DataKey | None) -> str:
        context = _context(caller, placeholder)
        if own is not None and under_data_key(blob):
            return own.open(blob, context).decode()
        if under_data_key(blob):
            raise SealError("a thread's values are there without their key; they are another tenant's, or lost")
        # Values of a version that knew no data keys are sealed with the deployment's key itself.
        return self._sealer.open(blob, context).decode()


def vault_key(thread_id: str) -> str:
    """Return the name of a thread's hash."""
    return tagged(thread_id, "vault")


def _field(caller: Caller) -> bytes:
    return KEY_MARK + caller.principal.tenant.encode()


def _place(caller: Caller) -> bytes:
    return data_key_context(vault_key(caller.thread_id), _field(caller))


def _context(caller: Caller, placeholder: str) -> bytes:
    return "\x00".join(("vault", caller.principal.tenant, caller.thread_id, placeholder)).encode()
