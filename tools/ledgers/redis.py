"""The ledger in Redis.

``fd:{thread}:call:<hmac>``   string: one sealed entry, erased with its thread, gone after the retention of the ledger
``fd:begun``                  sorted set: ``<thread>/<hmac>`` of the calls that are open, by the time they were begun

Every step is one script, hence one round trip, and compares the stored bytes with those that the holder saw: the nonce
of a sealed value is random, so no two entries are alike.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

from frontdesk.errors import SealError
from frontdesk.graph.persistence.erasure.tombs import tomb
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.tools.ledgers.entries import CallId, Entry, OpenCall, new_token
from frontdesk.tools.ledgers.sealing import EntryBox, named
from frontdesk.tools.reasons import failed

BEGUN = "fd:begun"
_ERASED = b"\x00erased"
_DONE = b"\x00done"
_TRIES = 3
"""Of a change whose entry was sealed anew (a rotation of keys) in the middle."""

_RESERVE = """
-- KEYS: entry, tombstone. ARGV: new entry, seconds to live, answer for an erased thread. Gives what was there.
if redis.call('EXISTS', KEYS[2]) == 1 then return ARGV[3] end
local found = redis.call('GET', KEYS[1])
if found then return found end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
return false
"""
_SWAP = """
-- KEYS: entry, tombstone, open calls. ARGV: entry seen, new entry or nothing, seconds to live, member, score or
-- nothing, answer for an erased thread, answer for done. Gives what stands there instead of what was seen, or nothing.
if redis.call('EXISTS', KEYS[2]) == 1 then
  redis.call('DEL', KEYS[1])
  redis.call('ZREM', KEYS[3], ARGV[4])
  return ARGV[6]
end
local found = redis.call('GET', KEYS[1])
if found == ARGV[2] then return ARGV[7] end  -- the same request, sent again because its answer was lost
if not found and ARGV[2] == '' then return ARGV[7] end
if found ~= ARGV[1] then return found end
if ARGV[2] == '' then
  redis.call('DEL', KEYS[1])
elseif redis.call('PTTL', KEYS[1]) < 0 then
  redis.call('SET', KEYS[1], ARGV[2])  -- under a legal hold
else
  redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
end
if ARGV[5] == '' then
  redis.call('ZREM', KEYS[3], ARGV[4])
else
  redis.call('ZADD', KEYS[3], ARGV[5], ARGV[4])
  redis.call('EXPIRE', KEYS[3], ARGV[3])
end
return ARGV[7]
"""


class RedisLedger:
    """The ledger of all processes of a deployment."""

    def __init__(
        self, client: Redis, sealer: Sealer, ttl_seconds: float, clock: Callable[[], float] = time.time
    ) -> None:
        """Take a binary client, the deployment's sealer, the desk's retention of the ledger in seconds, and a clock."""
        self._client: Any = client
        self._sealer = sealer
        self._box = EntryBox(sealer)
        self._clock = clock
        self._ttl = max(1, int(ttl_seconds))
        self._reserve = client.register_script(_RESERVE)
        self._swap = client.register_script(_SWAP)

    def key(self, call: CallId) -> str:
        """See :class:`Ledger`."""
        return self._box.key(call)

    async def reserve(self, call: CallId, until: float) -> tuple[Entry, bool]:
        """See :class:`Ledger`; one round trip."""
        entry = Entry("reserved", until, token=new_token())
        blob = self._box.seal(call, entry, self._clock())
        found = await self._run(self._reserve, call, [blob, self._ttl, _ERASED])
        if found is None:
            return replace(entry, raw=blob), True
        standing = self._box.open(call, found)
        return standing, standing == entry  # ours where the client sent the request again after a lost answer

    async def find(self, call: CallId) -> Entry | None:
        """See :class:`Ledger`."""
        try:
            blob = await self._client.get(self._box.name(call))
        except RedisError as error:
            raise failed(call.tool, "ledger_unavailable") from error
        return self._box.open(call, blob) if blob else None

    async def swap(self, call: CallId, seen: Entry, new: Entry) -> Entry | None:
        """See :class:`Ledger`; one round trip."""
        blob = self._box.seal(call, new, self._clock())
        done = await self._change(call, seen, blob, new.begun if new.open else "")
        return replace(new, raw=blob) if done else None

    async def remove(self, call: CallId, seen: Entry) -> bool:
        """See :class:`Ledger`; one round trip."""
        return await self._change(call, seen, b"", "")

    async def begun(self, before: float, limit: int) -> list[OpenCall]:
        """See :class:`Ledger`. What is listed without an entry (its time was over) leaves the list."""
        try:
            members = await self._client.zrange(BEGUN, "-inf", f"({before}", byscore=True, offset=0, num=limit)
            found = [await self._open(member) for member in members]
        except RedisError as error:
            raise failed("", "ledger_unavailable") from error
        return [each for each in found if each]

    async def entries(self, names: Iterable[str]) -> list[dict[str, Any]]:
        """Return the entries under some keys: ``{"tool", "state", "result", "at"}``, ``at`` in Unix seconds.

        Raises:
            SealError: One was sealed with a key that is not configured.
        """
        found = []
        for name in names:
            if blob := await self._client.get(name):
                state, _, content, tool, at, *_ = self._box.read(name, blob)
                found.append({"tool": tool, "state": state, "result": json.loads(content or "null"), "at": at})
        return found

    async def _open(self, member: bytes) -> OpenCall | None:
        thread, _, key = member.decode("utf-8", "surrogatepass").rpartition("/")
        name = named(thread, key)
        blob = await self._client.get(name)
        if blob is None:
            await self._client.zrem(BEGUN, member)
            return None
        try:
            return self._box.reopened(name, blob)
        except SealError:
            return None  # sealed with a key that is gone: nobody can tell what it was

    async def _change(self, call: CallId, seen: Entry, blob: bytes, score: float | str) -> bool:
        raw = seen.raw
        for _ in range(_TRIES):
            arguments = [raw, blob, self._ttl, self._member(call), score, _ERASED, _DONE]
            found = await self._run(self._swap, call, arguments)
            if found == _DONE:
                return True
            if not found or self._box.open(call, found) != seen:
                return False
            raw = found
        return False

    async def _run(self, script: Any, call: CallId, arguments: list[Any]) -> Any:
        keys = [self._box.name(call), tomb(self._sealer, call.caller.thread_id), BEGUN]
        try:
            found = await script(keys=keys, args=arguments)
        except RedisError as error:
            raise failed(call.tool, "ledger_unavailable") from error
        if found == _ERASED:
            raise failed(call.tool, "ledger_unavailable")
        return found

    def _member(self, call: CallId) -> bytes:
        return f"{call.caller.thread_id}/{self.key(call)}".encode("utf-8", "surrogatepass")
