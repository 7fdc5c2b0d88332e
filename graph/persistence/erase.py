"""Erasure: everything of a thread, or of a person, until a scan finds nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from redis.asyncio import Redis

from frontdesk.graph.identity import Principal
from frontdesk.graph.persistence import layout
from frontdesk.graph.persistence.inbox import OPEN
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.persistence.sweep import CHUNK
from frontdesk.graph.persistence.threads import RedisThreads, subject_mark

TICKETS = "fd:ticket:"
"""Records of tickets: hashes whose field ``thread`` says where they came from, each with a list ``:messages``."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did."""

    removed: Mapping[str, int] = field(default_factory=dict)
    """Store (``checkpoint``, ``vault``, ``inbox`` …) to the number of keys or entries that went."""
    remaining: int = 0
    """Keys that a last scan still found: 0, unless somebody wrote in the meantime."""

    def __add__(self, other: Erased) -> Erased:
        """Add two up."""
        removed = Counter(self.removed)
        removed.update(other.removed)
        return Erased(dict(removed), self.remaining + other.remaining)


async def erase_thread(client: Redis, thread_id: str) -> Erased:
    """Delete all keys of a thread: its checkpoints, everything under ``fd:{thread}:``, its tickets and open turns.

    Call it while the thread's lock is not held by a turn: a turn that runs writes again.
    """
    tag = "{" + layout.encode(thread_id) + "}"
    plain = "{" + _literal(thread_id) + "}"
    patterns = list(dict.fromkeys([*layout.patterns(thread_id), f"fd:{tag}:*", f"fd:{plain}:*"]))
    erased = await _sweep(client, patterns)
    extra = {"ticket": await _delete_tickets(client, thread_id), "inbox": await _close_turns(client, thread_id)}
    return erased + Erased({store: count for store, count in extra.items() if count})


async def erase_subject(
    client: Redis, sealer: Sealer, threads: RedisThreads, principal: Principal, also: Sequence[str] = ()
) -> Erased:
    """Delete all that is held on a person.

    Args:
        client: The Redis of all stores.
        sealer: Makes the pseudonyms.
        threads: The register of threads.
        principal: Whose data; tenant and subject count.
        also: SCAN patterns of other stores' keys, for stores that do not use the person's mark.

    Returns:
        Counts per store. Every key that carries the person's mark (:func:`~threads.subject_mark`) goes with it.
    """
    erased = Erased()
    for thread in await threads.threads_of(principal):
        erased += await erase_thread(client, thread)
    return erased + await _sweep(client, [f"fd:*{subject_mark(sealer, principal)}*", *also])


async def _sweep(client: Redis, patterns: Sequence[str]) -> Erased:
    removed: Counter[str] = Counter()
    for _ in range(3):
        keys = await _scan(client, patterns)
        if not keys:
            return Erased(dict(removed))
        for start in range(0, len(keys), CHUNK):
            chunk = keys[start : start + CHUNK]
            async with client.pipeline(transaction=False) as pipe:
                for key in chunk:
                    pipe.unlink(key)
                gone = await pipe.execute()
            for key, count in zip(chunk, gone, strict=True):
                removed[_store(key)] += count
    return Erased(dict(removed), len(await _scan(client, patterns)))


async def _scan(client: Redis, patterns: Sequence[str]) -> list[bytes]:
    found = {key for pattern in patterns async for key in client.scan_iter(match=pattern, count=1000)}
    return sorted(found)


async def _delete_tickets(client: Redis, thread_id: str) -> int:
    gone = 0
    async for key in client.scan_iter(match=f"{TICKETS}*", count=1000, _type="hash"):
        if await client.hget(key, "thread") == thread_id.encode():
            gone += await client.unlink(key, key + b":messages")
    return gone


async def _close_turns(client: Redis, thread_id: str) -> int:
    entries = [entry async for entry, _ in client.zscan_iter(OPEN, match=f"{_literal(thread_id)}/*")]
    return int(await client.zrem(OPEN, *entries)) if entries else 0


def _store(key: bytes) -> str:
    """Return the name of the store that a key belongs to: the first part after ``fd:`` that is not a tag."""
    parts = key.decode("utf-8", "replace").split(":")
    return next((part for part in parts[1:] if not part.startswith("{")), "other")


def _literal(text: str) -> str:
    """Take the glob meaning out of a text."""
    return "".join(f"\\{sign}" if sign in "*?[]\\^-" else sign for sign in text)
