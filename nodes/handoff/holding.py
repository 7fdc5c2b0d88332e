"""Tickets as a store of personal data: what erasure, export and legal holds do with them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from redis.asyncio import Redis

from frontdesk.graph.persistence.erasure.keyspace import entries
from frontdesk.graph.persistence.erasure.shared import delete
from frontdesk.graph.persistence.holdings import Person, unlink
from frontdesk.graph.persistence.layout import tagged
from frontdesk.graph.persistence.sweep import CHUNK
from frontdesk.nodes.handoff.desk import STREAM

RECORDS = "fd:ticket:"
ReadTickets = Callable[[Person, Sequence[str]], Awaitable[list[dict[str, Any]]]]
"""Returns the tickets of these ids, which are the person's, in clear, as plain data."""


@dataclass(frozen=True, slots=True)
class TicketHolding:
    """Records of tickets, which name their thread, what the customer wrote since, pointers, and announcements."""

    client: Redis
    seconds: int | None = None
    read: ReadTickets | None = None
    name: str = "tickets"
    kinds: frozenset[str] = frozenset({"ticket", "tickets"})

    async def erase(self, person: Person) -> int:
        """See ``Holding``. Announcements go first: without the records nobody would know whose they are."""
        gone = await delete(self.client, STREAM, await self._announced(await self.ids(person)))
        return gone + await unlink(self.client, await self.keys(person))

    async def export(self, person: Person) -> list[dict[str, Any]]:
        """See ``Holding``; empty where there is no reader."""
        return await self.read(person, await self.ids(person)) if self.read else []

    async def remaining(self, person: Person) -> int:
        """See ``Holding``."""
        return len(await self.keys(person)) + len(await self._announced(await self.ids(person)))

    async def keys(self, person: Person) -> list[str]:
        """See ``Holding``."""
        records = [f"{RECORDS}{id}" for id in await self.ids(person)]
        names = [*records, *(f"{name}:messages" for name in records), *_pointers(person)]
        async with self.client.pipeline(transaction=False) as pipe:
            for name in names:
                pipe.exists(name)
            return [name for name, there in zip(names, await pipe.execute(), strict=True) if there]

    async def ids(self, person: Person) -> list[str]:
        """Return the ids of all tickets of the person's threads."""
        threads = {thread.encode("utf-8", "surrogatepass") for thread in person.threads}
        pointers = _pointers(person)
        found = {cast(bytes, id) for id in (await self.client.mget(pointers) if pointers else []) if id}
        names = [key async for key in self.client.scan_iter(match=f"{RECORDS}*", count=1000)]
        records = [name for name in names if not name.endswith(b":messages")]
        for start in range(0, len(records), CHUNK):
            chunk = records[start : start + CHUNK]
            async with self.client.pipeline(transaction=False) as pipe:
                for name in chunk:
                    pipe.hget(cast(str, name), "thread")
                owners = await pipe.execute()
            found |= {
                name.removeprefix(RECORDS.encode())
                for name, owner in zip(chunk, owners, strict=True)
                if owner in threads
            }
        return sorted(id.decode() for id in found)

    async def _announced(self, ids: list[str]) -> list[bytes]:
        wanted = {id.encode() for id in ids}
        if not wanted:
            return []
        return [id async for id, fields in entries(self.client, STREAM) if fields.get(b"ticket") in wanted]


def _pointers(person: Person) -> list[str]:
    return [tagged(thread, "ticket") for thread in person.threads]
