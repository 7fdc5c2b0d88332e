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
from frontdesk.graph.persistence.erasure.tombs import erased, tomb
from frontdesk.graph.persistence.layout import tagged
from frontdesk.graph.persistence.sealer import Sealer

OPEN = "fd:inbox:open"

_ACCEPT = """
-- KEYS: record, open, tombstone. ARGV: sealed message, seconds to live, now, entry in open
if redis.call('EXISTS', KEYS[3]) == 1 then return 0 end
local earlier = redis.call('GET', KEYS[1])
if earlier then return earlier end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[4])
return false
"""

REPEATED_FOR = 86_400
"""Seconds for which a turn sent again gets its first answer: longer than clients retry, and replies are large."""
RECOVERED_FOR = 900.0
"""Seconds after which an accepted turn that nobody answered is no longer picked up."""
logger = logging.getLogger(__name__)


class Inbox(Protocol):
    """Remembers accepted turns. For a caller without a thread nothing is kept."""

    async def accept(self, caller: Caller, text: str) -> dict[str, Any] | None:
        """Accept a turn; call it while the thread's lock is held.

        Returns:
            The reply of the turn where it was answered before; an empty dict where it was accepted before and no answer
            was kept (it may have run all the same: the thread's state knows); None for a new one.

        Raises:
            ThreadErasedError: The thread was erased while the turn waited for it; nothing was kept.
        """
        ...

    async def settle(self, caller: Caller, reply: dict[str, Any]) -> None:
        """Keep the reply (JSON values only) and drop the message."""
        ...

    async def discard(self, caller: Caller) -> None:
        """Take an accepted turn back: it broke, its sender was told so, and a later start must not answer it."""
        ...

    async def unfinished(self) -> list[tuple[Caller, str]]:
        """Return turns accepted within the last ``RECOVERED_FOR`` seconds and never answered, oldest first.

        An older one is forgotten: its customer has long gone on, and a late answer would only confuse.
        """
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
        key, entry = self._names(caller)
        sealed = self._sealer.seal(orjson.dumps({"caller": _dump(caller), "text": text}), key.encode())
        arguments: list[Any] = [sealed, self._seconds, self._clock(), entry]
        earlier = await self._script(keys=[key, OPEN, tomb(self._sealer, caller.thread_id)], args=arguments)
        if earlier == 0:
            raise erased()
        return cast(dict[str, Any], self._open(key, cast(bytes, earlier)).get("reply", {})) if earlier else None

    async def settle(self, caller: Caller, reply: dict[str, Any]) -> None:
        """See :class:`Inbox`."""
        if not caller.stateful:
            return
        key, entry = self._names(caller)
        async with self._client.pipeline(transaction=True) as pipe:
            sealed = self._sealer.seal(orjson.dumps({"reply": reply}), key.encode())
            pipe.set(key, sealed, ex=min(self._seconds, REPEATED_FOR))
            pipe.zrem(OPEN, entry)
            pipe.exists(tomb(self._sealer, caller.thread_id))
            if (await pipe.execute())[-1]:
                await self._client.delete(key)  # erased while the turn ran: the customer has the reply, nobody else

    async def discard(self, caller: Caller) -> None:
        """See :class:`Inbox`."""
        if not caller.stateful:
            return
        key, entry = self._names(caller)
        async with self._client.pipeline(transaction=True) as pipe:
            pipe.delete(key)
            pipe.zrem(OPEN, entry)
            await pipe.execute()

    async def unfinished(self) -> list[tuple[Caller, str]]:
        """See :class:`Inbox`. A record that cannot be opened is left where it is, and said in the log."""
        await self._client.zremrangebyscore(OPEN, "-inf", self._clock() - RECOVERED_FOR)
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

    def _names(self, caller: Caller) -> tuple[str, str]:
        entry = f"{caller.thread_id}/{self._sealer.pseudonym(caller.turn_id)}"
        return _key(entry), entry

    def _open(self, key: str, blob: bytes) -> dict[str, Any]:
        return cast(dict[str, Any], orjson.loads(self._sealer.open(blob, key.encode())))


def _key(entry: str) -> str:
    thread, _, turn = entry.rpartition("/")
    return tagged(thread, f"inbox:{turn}")


def _dump(caller: Caller) -> dict[str, Any]:
    turn = {"thread": caller.thread_id, "turn": caller.turn_id, "sent_at": caller.sent_at}
    return caller.principal.as_dict() | turn


def _load(record: dict[str, Any]) -> Caller:
    return Caller(Principal.of(record), record["thread"], record["turn"], record.get("sent_at", 0.0))
