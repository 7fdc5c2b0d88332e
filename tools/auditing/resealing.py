"""The audit while the deployment's key changes: the chain stays as it is, and goes on to be written and checked.

The marks of its ends are sealed anew. Records keep their MACs: the keys of these are kept, sealed with the current key.
They open nothing and follow from no other key, so the deployment's older key may be destroyed after a rotation.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any

from redis.asyncio import Redis

from frontdesk.errors import SealError
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.tools.auditing.chain import Macs, Mark, keys_of
from frontdesk.tools.auditing.keys import BASE, HEAD, KEPT
from frontdesk.tools.auditing.reading import RedisLog

_SWAP = """
-- KEYS: a mark. ARGV: as it was read, as it shall be
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
return 1
"""


async def marks(client: Redis) -> AsyncIterator[tuple[str, Mark]]:
    """Yield the marks of the chain's ends, as far as there are any: their kind, ``head`` or ``base``, and what stands.

    What they claim is not checked.
    """
    log = RedisLog(client)
    for kind, key in (("head", HEAD), ("base", BASE)):
        mark = await log.mark(key)
        if mark is not None:
            yield kind, mark


async def reseal(client: Redis, sealer: Sealer) -> tuple[int, frozenset[str]]:
    """Seal the marks with the current key, and keep the keys of older records' MACs.

    Returns:
        How many marks were moved, and the ids of the keys of those that could not be: altered, or not configured.
    """
    any_client: Any = client
    older = {id: key for id, key in keys_of(sealer).items() if id != sealer.current}
    standing = [found async for found in marks(client)]
    if older and standing:
        blobs = {id: sealer.seal(key, _context(id)) for id, key in older.items()}
        await any_client.hset(KEPT, mapping=blobs)
    swap, macs = client.register_script(_SWAP), await macs_of(client, sealer)
    moved, left = 0, set()
    for kind, mark in standing:
        if mark.key == sealer.current:
            continue
        fresh = macs.mark(kind, mark.seq, mark.hash)
        good = macs.proves(kind, mark) == "good"
        if good and await swap(keys=[HEAD if kind == "head" else BASE], args=[mark.text(), fresh.text()]):
            moved += 1
        else:
            left.add(mark.key)
    return moved, frozenset(left)


async def macs_of(client: Redis, sealer: Sealer) -> Macs:
    """Return what checks all records of the deployment, those under older keys too."""
    any_client: Any = client
    found: Mapping[bytes, bytes] = await any_client.hgetall(KEPT)
    kept = {}
    for id, blob in found.items():
        try:
            kept[id.decode()] = sealer.open(blob, _context(id.decode()))
        except SealError:
            continue  # sealed with a key that is not configured: its records are told as such
    return Macs(sealer, kept)


def _context(id: str) -> bytes:
    return f"{KEPT}/{id}".encode()


__all__ = ["macs_of", "marks", "reseal"]
