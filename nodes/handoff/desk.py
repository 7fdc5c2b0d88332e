"""Where tickets live: a Redis stream that announces them, and one sealed record each."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Collection, Mapping
from typing import Any, cast

import orjson
from redis.asyncio import Redis

from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.persistence.erasure.forgetful import drop
from frontdesk.graph.persistence.erasure.tombs import erased, tomb
from frontdesk.graph.persistence.layout import tagged
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.state import Ticket

STREAM = "fd:tickets"
"""Announces openings and closings: ``event``, ``ticket``, ``tenant``, ``reason``. Nothing personal."""
STREAM_LENGTH = 100_000
"""Approximate bound of the stream; the records themselves live by their own TTL."""


def new_ticket_id() -> str:
    """Return a random id that a customer can read out: ``T-7F3A-9C21-55D0``.

    48 bits: with 100,000 tickets kept, two share an id (and one conversation is lost) in one of 50,000 desks; with 32
    bits it would be two of three.
    """
    digits = secrets.token_hex(6).upper()
    return f"T-{digits[:4]}-{digits[4:8]}-{digits[8:]}"


class RedisHandoffDesk:
    """Tickets in Redis. Implements ``HandoffDesk``."""

    def __init__(self, client: Redis, sealer: Sealer, ttl_seconds: int, clock: Callable[[], float] = time.time) -> None:
        """Take the client, the sealer, and how long a ticket is kept."""
        self._client = client
        self._sealer = sealer
        self._ttl = ttl_seconds
        self._clock = clock

    async def open(self, caller: Caller, reason: str, packet: Mapping[str, Any]) -> Ticket:
        """File a ticket; an open one of the same thread is returned instead of a second.

        Raises:
            ThreadErasedError: The thread was erased; nothing is kept.
        """
        pointer = tagged(caller.thread_id, "ticket")
        present = _text(await self._client.get(pointer))
        if present:
            opened_at = _text(await self._client.hget(_record(present), "opened_at"))
            return Ticket(id=present, reason=reason, opened_at=float(opened_at or self._clock()))
        ticket = Ticket(id=new_ticket_id(), reason=reason, opened_at=self._clock())
        key = _record(ticket["id"])
        sealed = self._sealer.seal(orjson.dumps(dict(packet)), key.encode())
        facts = {"status": "open", "reason": reason, "tenant": caller.principal.tenant, "thread": caller.thread_id}
        async with self._client.pipeline(transaction=True) as pipe:
            pipe.set(pointer, ticket["id"], ex=self._ttl)
            fields: Any = {**facts, "opened_at": str(ticket["opened_at"]), "packet": sealed}
            pipe.hset(key, mapping=fields)
            pipe.expire(key, self._ttl)
            pipe.xadd(STREAM, _announced("open", ticket["id"], caller, reason), maxlen=STREAM_LENGTH)
            pipe.exists(tomb(self._sealer, caller.thread_id))
            *_, announced, gone = await pipe.execute()
        if gone:
            await self._client.delete(pointer, key)
            await self._client.xdel(STREAM, announced)
            raise erased()
        return ticket

    async def relay(self, caller: Caller, ticket: Ticket, text: str) -> None:
        """Append the customer's masked message to the ticket's conversation. ThreadErasedError: as for ``open``."""
        key = _messages(ticket["id"])
        async with self._client.pipeline(transaction=True) as pipe:
            pipe.rpush(key, self._sealer.seal(text.encode(), key.encode()))
            for each in (key, _record(ticket["id"]), tagged(caller.thread_id, "ticket")):
                pipe.expire(each, self._ttl)
            pipe.exists(tomb(self._sealer, caller.thread_id))
            if (await pipe.execute())[-1]:
                await self._client.delete(key)
                raise erased()

    async def close(self, caller: Caller, ticket_id: str) -> bool:
        """Hand the thread back to the bot."""
        pointer = tagged(caller.thread_id, "ticket")
        if _text(await self._client.get(pointer)) != ticket_id:
            return False
        async with self._client.pipeline(transaction=True) as pipe:
            pipe.delete(pointer)
            pipe.hset(_record(ticket_id), "status", "closed")
            pipe.xadd(STREAM, _announced("closed", ticket_id, caller, ""), maxlen=STREAM_LENGTH)
            await pipe.execute()
        return True

    async def read(self, ticket_id: str) -> dict[str, Any]:
        """Return a ticket for the person who works on it.

        Returns:
            ``{"id", "status", "reason", "tenant", "thread", "opened_at", "packet", "messages"}``; an empty dict for an
            unknown id. ``messages`` are the customer's (masked) words since the handoff.
        """
        key, messages = _record(ticket_id), _messages(ticket_id)
        stored = cast(dict[bytes, bytes], await self._client.hgetall(key))
        if not stored:
            return {}
        fields = {name.decode(): value for name, value in stored.items()}
        packet = orjson.loads(self._sealer.open(fields.pop("packet"), key.encode()))
        blobs = cast(list[bytes], await self._client.lrange(messages, 0, -1))
        said = [self._sealer.open(blob, messages.encode()).decode() for blob in blobs]
        facts = {name: value.decode() for name, value in fields.items()}
        return {"id": ticket_id, **facts, "packet": packet, "messages": said}


class MemoryHandoffDesk:
    """Tickets in this process, for tests and ``FRONTDESK_REDIS=memory``. Implements ``HandoffDesk``."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        """Start with no tickets."""
        self._clock = clock
        self._records: dict[str, dict[str, Any]] = {}

    async def open(self, caller: Caller, reason: str, packet: Mapping[str, Any]) -> Ticket:
        """File a ticket; an open one of the same thread is returned instead of a second."""
        for record in self._records.values():
            if record["thread"] == caller.thread_id and record["status"] == "open":
                return Ticket(id=record["id"], reason=record["reason"], opened_at=record["opened_at"])
        ticket = Ticket(id=new_ticket_id(), reason=reason, opened_at=self._clock())
        facts = {"status": "open", "tenant": caller.principal.tenant, "thread": caller.thread_id}
        self._records[ticket["id"]] = {**ticket, **facts, "packet": dict(packet), "messages": []}
        return ticket

    async def relay(self, caller: Caller, ticket: Ticket, text: str) -> None:
        """Append the customer's masked message to the ticket's conversation."""
        self._records[ticket["id"]]["messages"].append(text)

    async def close(self, caller: Caller, ticket_id: str) -> bool:
        """Hand the thread back to the bot."""
        record = self._records.get(ticket_id)
        if record is None or record["status"] != "open" or record["thread"] != caller.thread_id:
            return False
        record["status"] = "closed"
        return True

    async def read(self, ticket_id: str) -> dict[str, Any]:
        """Return a ticket as ``RedisHandoffDesk.read`` does."""
        return dict(self._records.get(ticket_id, {}))

    def forget(self, principal: Principal | None, threads: Collection[str]) -> int:
        """Drop the tickets of threads; return how many went."""
        return drop(self._records, lambda ticket: self._records[ticket]["thread"] in threads)


def _record(ticket_id: str) -> str:
    return f"fd:ticket:{ticket_id}"


def _messages(ticket_id: str) -> str:
    return f"fd:ticket:{ticket_id}:messages"


def _announced(event: str, ticket_id: str, caller: Caller, reason: str) -> Any:
    return {"event": event, "ticket": ticket_id, "tenant": caller.principal.tenant, "reason": reason}


def _text(value: bytes | str | None) -> str:
    return value.decode() if isinstance(value, bytes) else value or ""
