"""Rotation: which keys are in use, and moving everything that is sealed to the current one.

Every value is moved by itself, and only if it is still what was read (compare and set in one step), so a run may be
interrupted and repeated, and turns may run beside it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from redis.asyncio import Redis

from frontdesk.errors import KeyServiceError, SealError
from frontdesk.graph.persistence import keyring, sealed
from frontdesk.graph.persistence.datakeys import DataKeys
from frontdesk.graph.persistence.sealed import Sealed
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.tools.auditing.resealing import marks, reseal

PASSES = 3
"""A value that was written while one pass ran is met by the next."""

_REPLACE = """
-- KEYS: key. ARGV: kind, field or position, what was read, what shall stand there. Keeps the time to live.
if redis.call('TYPE', KEYS[1]).ok ~= ARGV[1] then return 0 end
if ARGV[1] == 'string' then
  if redis.call('GET', KEYS[1]) ~= ARGV[3] then return 0 end
  redis.call('SET', KEYS[1], ARGV[4], 'KEEPTTL')
elseif ARGV[1] == 'hash' then
  if redis.call('HGET', KEYS[1], ARGV[2]) ~= ARGV[3] then return 0 end
  redis.call('HSET', KEYS[1], ARGV[2], ARGV[4])
else
  if redis.call('LINDEX', KEYS[1], ARGV[2]) ~= ARGV[3] then return 0 end
  redis.call('LSET', KEYS[1], ARGV[2], ARGV[4])
end
return 1
"""


@dataclass
class Usage:
    """How many values are under which key."""

    stores: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """Store to key id to count; the key service's own count as ``service``."""

    def of(self, key_id: str) -> int:
        """Return the number of values under a key."""
        return sum(counts[key_id] for counts in self.stores.values())

    @property
    def ids(self) -> list[str]:
        """The ids of all keys that are in use."""
        return sorted({id for counts in self.stores.values() for id in counts})


@dataclass
class Rewrapped:
    """What a run did."""

    moved: Counter[str] = field(default_factory=Counter)
    """Store to the number of values that are under the current key since."""
    left: Counter[str] = field(default_factory=Counter)
    """Store to the number of values still under another key: they cannot be changed or opened, and age out."""
    missing: frozenset[str] = frozenset()
    """Ids of keys that values are sealed with and that are not configured."""
    retired: int = 0
    """Copies of the keyring that went, because nothing is under their keys any longer."""


async def usage(client: Redis) -> Usage:
    """Count what is sealed in all stores, by key; reads the whole keyspace.

    The keyring's own copies count under ``keyring``.
    """
    found = Usage()
    async for values in sealed.walk(client):
        for value in values:
            found.stores[value.store][value.key_id] += 1
    async for _, mark in marks(client):
        found.stores["audit"][mark.key] += 1
    found.stores["keyring"].update(keyring.wrappers(await keyring.read(client)))
    return found


async def rewrap(client: Redis, sealer: Sealer, *, services: bool = False) -> Rewrapped:
    """Seal everything that is under an older key with the current one; data keys are wrapped anew.

    Args:
        client: The Redis of all stores.
        sealer: Opens with all listed keys and seals with the current one (or its key service).
        services: Also wrap anew what the key service wrapped, so that it is under that service's own latest key.

    Raises:
        KeyServiceError: The key service failed; what was moved so far stays moved, and a new run goes on.
    """
    mover = _Mover(client, sealer)
    done = Rewrapped()
    for _ in range(PASSES):
        left: Counter[str] = Counter()
        missing: set[str] = set()
        moved = 0
        async for values in sealed.walk(client):
            old = [value for value in values if mover.outdated(value, services=services)]
            for value, gone in zip(old, await mover.move(old), strict=True):
                if gone:
                    done.moved[value.store] += 1
                    moved += 1
                else:
                    left[value.store] += 1
                    missing |= {value.key_id} - {*sealer.ids, "service"}
        done.left, done.missing = left, frozenset(missing)
        services = False
        if not moved:
            break
    await _audit(client, sealer, done)
    if not done.left:
        done.retired = await keyring.retire(client, sealer)
    return done


async def _audit(client: Redis, sealer: Sealer, done: Rewrapped) -> None:
    """Move the marks of the audit's chain, which are no sealed values; without them nothing could be appended."""
    moved, left = await reseal(client, sealer)
    if moved:
        done.moved["audit"] += moved
    if left:
        done.left["audit"] += len(left)
        done.missing |= left - {*sealer.ids}


class _Mover:
    def __init__(self, client: Redis, sealer: Sealer) -> None:
        self._client, self._sealer = client, sealer
        self._keys = DataKeys(sealer, limit=0)
        self._replace = client.register_script(_REPLACE)

    def outdated(self, value: Sealed, *, services: bool) -> bool:
        if value.data_key:
            return self._keys.outdated(value.blob) or (services and value.key_id == "service")
        return value.key_id != self._sealer.current

    async def move(self, values: Sequence[Sealed]) -> list[bool]:
        """Return for each value whether it was moved."""
        fresh = {index: blob for index, value in enumerate(values) if (blob := await self._anew(value))}
        answers: Mapping[int, object] = {}
        if fresh:
            async with self._client.pipeline(transaction=False) as pipe:
                for index, blob in fresh.items():
                    value = values[index]
                    arguments = [value.kind, value.field, value.blob, blob]
                    await self._replace(keys=[value.key], args=arguments, client=pipe)
                answers = dict(zip(fresh, await pipe.execute(), strict=True))
        return [bool(answers.get(index)) for index in range(len(values))]

    async def _anew(self, value: Sealed) -> bytes | None:
        """Return a value sealed anew; None where it cannot be."""
        if value.kind == "stream":
            return None
        for context in sealed.contexts(value):
            try:
                if value.data_key:
                    return await self._keys.rewrap(value.blob, context)
                return self._sealer.seal(self._sealer.open(value.blob, context), context)
            except KeyServiceError:
                raise
            except SealError:
                continue
        return None
