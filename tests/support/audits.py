"""Logs to tamper with: the audit in Redis as a list of entries that can be put back in any other form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from redis.asyncio import Redis

from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.tools.audit import Record, RedisAudit
from frontdesk.tools.auditing.chain import Macs, Mark
from frontdesk.tools.auditing.keys import HEAD, STREAM
from frontdesk.tools.auditing.verifying import Told
from frontdesk.tools.auditing.walking import check
from frontdesk.tools.ledger import CallId

Fields = dict[bytes, bytes]
ANNA, BEN = Principal("C-1042", "shop"), Principal("C-1043", "shop")
THREADS = {ANNA: "a" * 32, BEN: "b" * 32}


def call(who: Principal = ANNA, tool: str = "cancel_order") -> CallId:
    return CallId(Caller(who, THREADS[who], "turn-1"), "turn-1", tool, '{"order_id":"10482"}')


@dataclass
class Log:
    """A chain in Redis."""

    client: Redis
    sealer: Sealer = field(default_factory=lambda: Sealer([b"\x07" * 32]))

    async def write(self, number: int, who: Principal = ANNA, at: float = 1_800_000_000.0) -> None:
        """Append records through the audit, one after the other."""
        audit = RedisAudit(self.client, self.sealer)
        for index in range(number):
            await audit.record(Record(at + index, call(who), "done", f"r{index}", result='{"ok":true}'))

    async def entries(self) -> list[Fields]:
        """The stream's entries."""
        return [dict(fields) for _, fields in await self.client.xrange(STREAM)]

    async def put(self, entries: list[Fields]) -> None:
        """Write the stream anew, as somebody with access to Redis could."""
        await self.client.delete(STREAM)
        for fields in entries:
            await self.client.xadd(STREAM, fields)  # type: ignore[arg-type]

    async def tamper(self, change: Callable[[list[Fields]], object]) -> Told:
        """Change the entries in place and verify."""
        entries = await self.entries()
        change(entries)
        await self.put(entries)
        return await self.verify()

    async def verify(self, anchor: Mark | None = None, sealer: Sealer | None = None) -> Told:
        """Verify the chain."""
        return await check(self.client, Macs(sealer or self.sealer), anchor)

    async def head(self) -> Mark:
        """The head, unchecked."""
        seq, hash, key, mac = (await self.client.get(HEAD) or b"").decode().split(":")
        return Mark(int(seq), hash, key, mac)


def said(told: Told) -> tuple[str, int]:
    """What is wrong, and where; ``("whole", last)`` for nothing."""
    return (told.fault.what, told.fault.seq) if told.fault else ("whole", told.seq)
