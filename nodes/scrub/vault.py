"""The vault: values behind placeholders, sealed in Redis per thread, or in memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import cast

from redis.asyncio import Redis

from frontdesk.errors import ThreadBusyError
from frontdesk.graph.identity import Caller
from frontdesk.graph.persistence.sealer import Sealer


class MemoryVault:
    """Values in this process: for tests, the mode without Redis, and stateless turns (keyed by turn)."""

    def __init__(self, sessions: int = 10_000) -> None:
        """Keep at most ``sessions`` threads or turns; the one unused for longest is forgotten first."""
        self._sessions = sessions
        self._held: OrderedDict[tuple[str, str, str], dict[str, str]] = OrderedDict()

    async def load(self, caller: Caller) -> dict[str, str]:
        """Return placeholder to value for the caller's thread, or turn where there is no thread."""
        held = self._held.get(_session(caller))
        if held is None:
            return {}
        self._held.move_to_end(_session(caller))
        return dict(held)

    async def store(self, caller: Caller, values: Mapping[str, str]) -> None:
        """Add values.

        Raises:
            ThreadBusyError: Another turn gave one of these placeholders another value meanwhile; nothing is stored.
        """
        if not values:
            return
        held = self._held.setdefault(_session(caller), {})
        if any(held.get(placeholder, value) != value for placeholder, value in values.items()):
            raise ThreadBusyError("another turn named a value of this thread first")
        held.update(values)
        self._held.move_to_end(_session(caller))
        while len(self._held) > self._sessions:
            self._held.popitem(last=False)

    async def drop(self, caller: Caller) -> None:
        """Forget the caller's values: called at the end of a stateless turn, and by erasure."""
        self._held.pop(_session(caller), None)

    def __len__(self) -> int:
        """Return the number of threads and turns held."""
        return len(self._held)


class RedisVault:
    """One hash per thread, one sealed value per placeholder; stateless turns stay in memory."""

    def __init__(self, client: Redis, sealer: Sealer, ttl_seconds: int, stateless: MemoryVault | None = None) -> None:
        """Take a client (bytes, not text), a sealer, and the seconds a thread's values are kept after the last one."""
        self._client = client
        self._sealer = sealer
        self._ttl = ttl_seconds
        self._stateless = stateless or MemoryVault(sessions=1_000)

    async def load(self, caller: Caller) -> dict[str, str]:
        """Return placeholder to value for the caller's thread, and prolong its life: one round trip.

        A thread that lives on without new values keeps the old ones; were they gone, numbers would be given anew.

        Raises:
            SealError: A value was sealed with another key, or for another tenant, thread or placeholder.
        """
        if not caller.stateful:
            return await self._stateless.load(caller)
        async with self._client.pipeline(transaction=False) as pipe:
            pipe.hgetall(_key(caller))
            pipe.expire(_key(caller), self._ttl)
            held = cast("dict[bytes, bytes]", (await pipe.execute())[0])
        return {name.decode(): self._open(caller, name.decode(), blob) for name, blob in held.items()}

    async def store(self, caller: Caller, values: Mapping[str, str]) -> None:
        """Add values in one transaction and prolong the thread's life.

        Raises:
            ThreadBusyError: Another turn gave one of these placeholders another value meanwhile; that one stays.
        """
        if not caller.stateful:
            await self._stateless.store(caller, values)
            return
        if not values:
            return
        key = _key(caller)
        async with self._client.pipeline(transaction=True) as pipe:
            for placeholder, value in values.items():
                sealed = self._sealer.seal(value.encode(), _context(caller, placeholder))
                pipe.hsetnx(key, placeholder, cast("str", sealed))
            pipe.expire(key, self._ttl)
            pipe.hmget(key, list(values))
            *added, _, stored = await pipe.execute()
        for (placeholder, value), new, blob in zip(values.items(), added, stored, strict=True):
            if not new and self._open(caller, placeholder, blob) != value:
                raise ThreadBusyError("another turn named a value of this thread first")

    async def drop(self, caller: Caller) -> None:
        """Forget the caller's values: called at the end of a stateless turn, and by erasure."""
        if caller.stateful:
            await self._client.delete(_key(caller))
        else:
            await self._stateless.drop(caller)

    def _open(self, caller: Caller, placeholder: str, blob: bytes) -> str:
        return self._sealer.open(blob, _context(caller, placeholder)).decode()


def _session(caller: Caller) -> tuple[str, str, str]:
    if caller.stateful:
        return caller.principal.tenant, "thread", caller.thread_id
    return caller.principal.tenant, f"turn:{caller.principal.subject}", caller.turn_id


def _key(caller: Caller) -> str:
    return f"fd:{{{caller.thread_id}}}:vault"


def _context(caller: Caller, placeholder: str) -> bytes:
    return "\x00".join(("vault", caller.principal.tenant, caller.thread_id, placeholder)).encode()
