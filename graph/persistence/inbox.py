"""Accepted turns: a message that was accepted is answered once, even when the process dies in between.

``fd:{<thread>}:inbox:<digest of the turn id>``   the message, sealed; once answered, the reply instead
``fd:inbox:open``                                 sorted set: what is accepted and unanswered, by time
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any, Protocol, cast

import orjson
from redis.asyncio import Redis

from frontdesk.errors import SealError
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.persistence.sealer import Sealer

OPEN = "fd:inbox:open"

_ACCEPT = """
-- KEYS: record, open. ARGV: sealed message, seconds to live, now, entry in open
local earlier = redis.call('GET', KEYS[1])
if earlier then return earlier end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[4])
return false
"""

logger = logging.getLogger(__name__)


class Inbox(Protocol):
    """Remembers accepted turns. For a caller without a thread nothing is kept."""

    async def accept(self, caller: Caller, text: str) -> dict[str, Any] | None:
        """Accept a turn; call it while the thread's lock is held.

        Returns:
            The reply of the turn where it was answered before; None where it is to be answered now (a turn that was
            accepted and never answered counts as new: its message carries the same id, so state takes it once).
        """
        ...

    async def settle(self, caller: Caller, reply: dict[str, Any]) -> None:
        """Keep the reply (JSON values only) and drop the message."""
        ...

    async def unfinished(self) -> list[tuple[Caller, str]]:
        """Return accepted turns that were never answered, oldest first, with their messages."""
        ...


class RedisInbox:
    """The inbox in Redis: one round trip to accept, one to settle."""

    def __init__(self, client: Redis, sealer: Sealer, seconds: int, clock: Callable[[], float] = time.time) -> None:
        """Take the client, the sealer, the seconds a turn is remembered, and a clock."""
        self._client = client
        self._sealer = sealer
        self._seconds = seconds
        self._clock = clock
        self._script = client.register_script(_ACCEPT)

    async def accept(self, caller: Caller, text: str) -> dict[str, Any] | None:
        """See :class:`Inbox`."""
        if not caller.stateful:
            return None
        entry = self._entry(caller)
        key = _key(entry)
        sealed = self._sealer.seal(orjson.dumps({"caller": _dump(caller), "text": text}), key.encode())
        earlier = await self._script(keys=[key, OPEN], args=[sealed, self._seconds, self._clock(), entry])
        record = self._open(key, cast(bytes, earlier)) if earlier else {}
        return cast("dict[str, Any] | None", record.get("reply"))

    async def settle(self, caller: Caller, reply: dict[str, Any]) -> None:
        """See :class:`Inbox`."""
        if not caller.stateful:
            return
        entry = self._entry(caller)
        key = _key(entry)
        async with self._client.pipeline(transaction=True) as pipe:
            pipe.set(key, self._sealer.seal(orjson.dumps({"reply": reply}), key.encode()), ex=self._seconds)
            pipe.zrem(OPEN, entry)
            await pipe.execute()

    async def unfinished(self) -> list[tuple[Caller, str]]:
        """See :class:`Inbox`. A record that cannot be opened is left where it is, and said in the log."""
        entries = [entry.decode() for entry in cast(list[bytes], await self._client.zrange(OPEN, 0, -1))]
        if not entries:
            return []
        keys = [_key(entry) for entry in entries]
        blobs = await self._client.mget(keys)
        if stale := [entry for entry, blob in zip(entries, blobs, strict=True) if blob is None]:
            await self._client.zrem(OPEN, *stale)
        found = []
        for key, blob in zip(keys, blobs, strict=True):
            try:
                record = self._open(key, cast(bytes, blob)) if blob else {}
            except SealError:
                logger.warning("an accepted turn cannot be opened with the configured keys; it stays unanswered")
                continue
            if "text" in record:
                found.append((_load(record["caller"]), str(record["text"])))
        return found

    def _entry(self, caller: Caller) -> str:
        return f"{caller.thread_id}/{self._sealer.pseudonym(caller.turn_id)}"

    def _open(self, key: str, blob: bytes) -> dict[str, Any]:
        return cast(dict[str, Any], orjson.loads(self._sealer.open(blob, key.encode())))


class MemoryInbox:
    """The inbox in this process, for as long as it lives."""

    def __init__(self) -> None:
        """Start empty."""
        self._replies: dict[tuple[str, str], dict[str, Any]] = {}
        self._open: dict[tuple[str, str], tuple[Caller, str]] = {}

    async def accept(self, caller: Caller, text: str) -> dict[str, Any] | None:
        """See :class:`Inbox`."""
        turn = (caller.thread_id, caller.turn_id)
        if caller.stateful and turn not in self._replies:
            self._open.setdefault(turn, (caller, text))
        return self._replies.get(turn)

    async def settle(self, caller: Caller, reply: dict[str, Any]) -> None:
        """See :class:`Inbox`."""
        if caller.stateful:
            turn = (caller.thread_id, caller.turn_id)
            self._replies[turn] = reply
            self._open.pop(turn, None)

    async def unfinished(self) -> list[tuple[Caller, str]]:
        """See :class:`Inbox`."""
        return list(self._open.values())

    def forget(self, thread_id: str) -> int:
        """Drop the turns of a thread; return how many."""
        doomed = [(store, turn) for store in (self._replies, self._open) for turn in store if turn[0] == thread_id]
        for store, turn in doomed:
            store.pop(turn)
        return len(doomed)


def _key(entry: str) -> str:
    thread, _, turn = entry.rpartition("/")
    return f"fd:{{{thread}}}:inbox:{turn}"


def _dump(caller: Caller) -> dict[str, Any]:
    who = caller.principal
    return {
        "subject": who.subject,
        "tenant": who.tenant,
        "scopes": sorted(who.scopes),
        "thread": caller.thread_id,
        "turn": caller.turn_id,
    }


def _load(record: dict[str, Any]) -> Caller:
    who = Principal(record["subject"], record["tenant"], frozenset(record["scopes"]))
    return Caller(principal=who, thread_id=record["thread"], turn_id=record["turn"])
