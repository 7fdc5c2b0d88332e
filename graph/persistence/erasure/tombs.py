"""Tombstones: an erased thread is not written to again, whoever still thinks of it.

``fd:erased:<digest>`` exists for ``SECONDS`` after an erasure. The digest is keyed, of the thread's random id, and made
for this purpose alone, so that it leads to nobody.
"""

from __future__ import annotations

from collections.abc import Iterable

from redis.asyncio import Redis

from frontdesk.errors import ThreadErasedError
from frontdesk.graph.persistence.layout import Place, history
from frontdesk.graph.persistence.sealer import Sealer

SECONDS = 3600
"""Longer than any turn waits, runs, or lies frozen in a process that still counts as alive."""


def tomb(sealer: Sealer, thread: str) -> str:
    """Return the key of a thread's tombstone."""
    return f"fd:erased:{sealer.pseudonym('erased:' + thread)}"


async def bury(client: Redis, sealer: Sealer, threads: Iterable[str]) -> None:
    """Set the tombstones of threads; do so while their locks are held."""
    async with client.pipeline(transaction=False) as pipe:
        for thread in threads:
            pipe.set(tomb(sealer, thread), b"1", ex=SECONDS)
        await pipe.execute()


async def take_back(client: Redis, place: Place) -> None:
    """Delete a checkpoint that was written to an erased thread, and refuse.

    Raises:
        ThreadErasedError: Always.
    """
    async with client.pipeline(transaction=True) as pipe:
        pipe.unlink(place.key)
        pipe.zrem(history(place.thread), place.member)
        await pipe.execute()
    raise erased()


def erased() -> ThreadErasedError:
    """Return the error of a turn whose thread was erased meanwhile."""
    return ThreadErasedError("this conversation was erased; start a new one")
