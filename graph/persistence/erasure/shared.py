"""Stores that several people or threads share a key of: an entry is removed, not the key."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, cast

from redis.asyncio import Redis

from frontdesk.graph.persistence.holdings import KeyHolding, Person, kind_of
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.persistence.sweep import CHUNK
from frontdesk.graph.persistence.threads import subject_mark
from frontdesk.tools.auditing.bodies import Whose
from frontdesk.tools.auditing.reading import Entry, RedisLog
from frontdesk.tools.auditing.removing import Removal


@dataclass(frozen=True, slots=True)
class MemberHolding(KeyHolding):
    """Keys under a person's mark with entries per thread: fields, members, or a whole text (an alias).

    A whole person's keys go as they are; of some threads, the entries ``<thread>`` and ``…/<thread>``.
    """

    sealer: Sealer = field(kw_only=True)

    async def erase(self, person: Person) -> int:
        """See ``Holding``."""
        if person.mark:
            return await KeyHolding.erase(self, person)
        gone = 0
        async for key, type_, found in self._entries(person):
            if type_ == b"string":
                gone += await self.client.unlink(key)
            else:
                remove: Any = self.client.hdel if type_ == b"hash" else self.client.zrem
                gone += await remove(key, *found)
        return gone

    async def remaining(self, person: Person) -> int:
        """See ``Holding``."""
        if person.mark:
            return await KeyHolding.remaining(self, person)
        return sum([len(found) async for _, _, found in self._entries(person)])

    async def keys(self, person: Person) -> list[str]:
        """See ``Holding``."""
        return await KeyHolding.keys(self, person) if person.mark else []

    async def _entries(self, person: Person) -> AsyncIterator[tuple[str, bytes, list[bytes]]]:
        """Yield key, type and the threads' entries: under the owner's mark, or everybody's."""
        owner = "*" if person.anywhere else subject_mark(self.sealer, person.principal)
        threads = {thread.encode("utf-8", "surrogatepass") for thread in person.threads}
        read: dict[bytes, Any] = {
            b"string": lambda key: self.client.mget([key]),
            b"hash": lambda key: self.client.hkeys(key),
            b"zset": lambda key: self.client.zrange(key, 0, -1),
        }
        names = {key.decode() async for key in self.client.scan_iter(match=f"fd:{{{owner}}}:*", count=1000)}
        for name in sorted(name for name in names if kind_of(name) in self.kinds):
            type_ = cast(bytes, await self.client.type(name))
            entries = await read[type_](name) if type_ in read else []
            found = [entry for entry in entries if entry and entry.rpartition(b"/")[2] in threads]
            if found:
                yield name, type_, found


@dataclass(frozen=True, slots=True)
class ListedHolding(KeyHolding):
    """Keys under the threads' tags, and entries ``<thread>/…`` in a sorted set of all that is open of them."""

    index: str = field(kw_only=True)
    """The sorted set."""
    mark: bytes = field(default=b"/", kw_only=True)
    """What stands behind the thread in an entry."""

    async def erase(self, person: Person) -> int:
        """See ``Holding``."""
        listed = await self._listed(person)
        closed = int(await self.client.zrem(self.index, *listed)) if listed else 0
        return closed + await KeyHolding.erase(self, person)

    async def remaining(self, person: Person) -> int:
        """See ``Holding``."""
        return len(await self._listed(person)) + await KeyHolding.remaining(self, person)

    async def _listed(self, person: Person) -> list[bytes]:
        threads = {thread.encode("utf-8", "surrogatepass") for thread in person.threads}
        found = [entry async for entry, _ in self.client.zscan_iter(self.index, count=1000)]
        return [entry for entry in found if entry.rpartition(self.mark)[0] in threads]


@dataclass(frozen=True, slots=True)
class AuditHolding:
    """The person's records in the audit, found by the pseudonyms of subject and threads; their places stay."""

    client: Redis
    sealer: Sealer
    name: str = "audit"
    kinds: frozenset[str] = frozenset({"audit"})
    seconds: int | None = None

    async def erase(self, person: Person) -> int:
        """See ``Holding``. What proves a record's place in the chain is kept, and nothing that leads to its body."""
        return await Removal(self.client, self.sealer).bury(await self._found(person), person.erasure or "erasure")

    async def export(self, person: Person) -> list[dict[str, Any]]:
        """See ``Holding``: what was decided on the person's behalf, without the pseudonyms."""
        shown = ("at", "tool", "check", "channel", "decision", "reason", "tenant")
        return [
            {name: entry.fields[name] for name in shown if name in entry.fields} for entry in await self._found(person)
        ]

    async def remaining(self, person: Person) -> int:
        """See ``Holding``."""
        return len(await self._found(person))

    async def keys(self, person: Person) -> list[str]:
        """See ``Holding``: the stream is everybody's."""
        return []

    async def _found(self, person: Person) -> list[Entry]:
        theirs = Whose(self.sealer, person.principal if person.mark else None, person.threads)
        return [entry async for page in RedisLog(self.client).entries() for entry in page if theirs(entry.fields)]


async def delete(client: Redis, stream: str, ids: list[bytes]) -> int:
    """Delete entries of a stream, in portions; return how many were there."""
    gone = 0
    for start in range(0, len(ids), CHUNK):
        gone += await client.xdel(stream, *ids[start : start + CHUNK])
    return gone
