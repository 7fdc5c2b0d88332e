"""Prepared summaries in Redis: one sealed value per thread, ``fd:{<thread>}:prepared``, as long-lived as the thread."""

from __future__ import annotations

import logging
from dataclasses import asdict
from typing import Any, cast

import orjson
from redis.asyncio import Redis

from frontdesk.errors import SealError
from frontdesk.graph.identity import Caller
from frontdesk.graph.persistence.erasure.tombs import tomb
from frontdesk.graph.persistence.holdings import Person, Read
from frontdesk.graph.persistence.layout import tagged
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.protocols import Vault
from frontdesk.graph.rolling import Prepared
from frontdesk.nodes.scrub.restore import restore_text

KIND = "prepared"
"""Kind of its keys."""
_log = logging.getLogger(__name__)

_WRITE = """
-- KEYS: value, tombstone. ARGV: the value, seconds to live
if redis.call('EXISTS', KEYS[2]) == 1 then return 0 end
local held = redis.call('PTTL', KEYS[1]) == -1  -- a legal hold took the time to live away
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
if held then redis.call('PERSIST', KEYS[1]) end
return 1
"""
"""One step, so that work that outlives its thread brings nothing of it back."""


class RedisPrepared:
    """Implements :class:`frontdesk.graph.rolling.PreparedSummaries`."""

    def __init__(self, client: Redis, sealer: Sealer, ttl_seconds: int) -> None:
        """Take a client (bytes, not text), the sealer, and the seconds that a conversation is kept."""
        self._client, self._sealer, self._ttl = client, sealer, ttl_seconds
        self._write = client.register_script(_WRITE)

    async def read(self, caller: Caller) -> Prepared | None:
        """See ``PreparedSummaries``.

        Raises:
            redis.RedisError: The store cannot be reached.
        """
        blob = cast("bytes | None", await self._client.get(_key(caller))) if caller.stateful else None
        if blob is None:
            return None
        try:
            record: dict[str, Any] = orjson.loads(self._sealer.open(blob, _key(caller).encode()))
            if record.pop("tenant") != caller.principal.tenant:
                return None
            return Prepared(**{**record, "covered": tuple(record["covered"])})
        except (SealError, orjson.JSONDecodeError, TypeError, KeyError):
            _log.warning("a prepared summary cannot be opened: sealed with a key that is gone, or altered")
            return None

    async def write(self, caller: Caller, prepared: Prepared) -> None:
        """See ``PreparedSummaries``.

        Raises:
            redis.RedisError: The store cannot be reached.
        """
        if not caller.stateful:
            return
        record = {**asdict(prepared), "tenant": caller.principal.tenant}
        # bound to its key, as a rotation of keys expects it of a string
        sealed = self._sealer.seal(orjson.dumps(record), _key(caller).encode())
        names = [_key(caller), tomb(self._sealer, caller.thread_id)]
        await self._write(keys=names, args=[sealed, self._ttl])

    async def drop(self, caller: Caller) -> None:
        """See ``PreparedSummaries``.

        Raises:
            redis.RedisError: The store cannot be reached.
        """
        if caller.stateful:
            await self._client.unlink(_key(caller))


def summaries(prepared: RedisPrepared, vault: Vault) -> Read:
    """Read, for an export, the summaries that no turn has taken up yet."""

    async def read(person: Person) -> list[dict[str, Any]]:
        found = []
        for caller in (Caller(person.principal, thread, "export") for thread in person.threads):
            held = await prepared.read(caller)
            if held and held.text:
                known = await vault.load(caller, prolong=False)
                found.append({"thread": caller.thread_id, "summary": restore_text(held.text, known)})
        return found

    return read


def _key(caller: Caller) -> str:
    return tagged(caller.thread_id, KIND)


__all__ = ["KIND", "RedisPrepared", "summaries"]
