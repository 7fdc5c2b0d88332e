"""Finding what is sealed in Redis, in any store, and what each value is bound to.

No list of stores is kept here. A store that binds its values to one of :func:`contexts` takes part in a rotation by
doing so: AES-GCM itself tells which of them is right, and a wrong guess never opens anything. What a store puts into a
stream cannot be sealed anew, for streams are never changed; it is counted all the same.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any, Literal, cast

from redis.asyncio import Redis

from frontdesk.graph.persistence.datakeys import KEY_MARK, wrapper_of
from frontdesk.graph.persistence.holdings import kind_of
from frontdesk.graph.persistence.keyring import KEYRING

PATTERN = "fd:*"
BATCH = 200
"""Keys read in one round trip; 4 MB where each is a checkpoint of 20 kB."""
Kind = Literal["string", "hash", "list", "stream"]
_READ: dict[Kind, tuple[str | int, ...]] = {
    "string": ("GET",),
    "hash": ("HGETALL",),
    "list": ("LRANGE", 0, -1),
    "stream": ("XRANGE", "-", "+"),
}


@dataclass(frozen=True, slots=True)
class Sealed:
    """One sealed value, where it lies."""

    key: str
    kind: Kind
    field: bytes
    """Field of a hash, position in a list, entry of a stream; empty for a string."""
    blob: bytes
    key_id: str
    """Id of the deployment's key, or ``service`` for what a key service wrapped."""

    @property
    def store(self) -> str:
        """The store's name, ``vault`` for ``fd:{thread}:vault``."""
        return kind_of(self.key) or "other"

    @property
    def data_key(self) -> bool:
        """Whether it is a wrapped data key."""
        return self.kind == "hash" and self.field[:1] == KEY_MARK


def contexts(value: Sealed) -> Iterator[bytes]:
    """Yield what a value may be bound to: its key, or its key and field with ``/`` or ``:`` between them."""
    key = value.key.encode()
    if value.kind == "hash":
        yield key + b"/" + value.field
        yield key + b":" + value.field
    yield key


async def walk(client: Redis) -> AsyncIterator[list[Sealed]]:
    """Yield all values that are sealed with keys of the deployment, or wrapped by its key service, batch by batch.

    What is written or deleted meanwhile may be missed or shown twice, as SCAN has it. The keyring is left out.
    """
    async for kind, keys in _batches(client):
        async with client.pipeline(transaction=False) as pipe:
            for key in keys:
                pipe.execute_command(_READ[kind][0], key, *_READ[kind][1:])
            # a key that meanwhile became one of another type is an error of its own and concerns nobody
            answers = await pipe.execute(raise_on_error=False)
        found = []
        for key, answer in zip(keys, answers, strict=True):
            if not isinstance(answer, Exception):
                found += [item for field, blob in _parts(kind, answer) if (item := _item(key, kind, field, blob))]
        yield found


async def _batches(client: Redis) -> AsyncIterator[tuple[Kind, list[bytes]]]:
    for kind in _READ:
        batch: list[bytes] = []
        async for key in client.scan_iter(match=PATTERN, count=1000, _type=kind.upper()):
            if key != KEYRING.encode():
                batch.append(cast(bytes, key))
            if len(batch) == BATCH:
                yield kind, batch
                batch = []
        if batch:
            yield kind, batch


def _parts(kind: Kind, answer: Any) -> Iterator[tuple[bytes, bytes]]:
    if answer is None:
        return
    if kind == "string":
        yield b"", answer
    elif kind == "hash":
        yield from answer.items()
    elif kind == "list":
        yield from ((str(position).encode(), blob) for position, blob in enumerate(answer))
    else:
        yield from ((id, blob) for id, fields in answer for blob in (fields or {}).values())


def _item(key: bytes, kind: Kind, field: bytes, blob: bytes) -> Sealed | None:
    wrapped = kind == "hash" and field[:1] == KEY_MARK
    id = wrapper_of(blob) if wrapped else _id(blob)
    return Sealed(key.decode("utf-8", "replace"), kind, field, blob, id) if id else None


def _id(blob: bytes) -> str:
    found = wrapper_of(blob)
    return "" if found == "service" else found
