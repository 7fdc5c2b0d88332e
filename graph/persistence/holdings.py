"""What is held on a person, and by which store: the register that erasure and export go through.

A store of personal data in Redis is listed once, in ``frontdesk/holdings.py``. Names of keys say whose they are:

``fd:{<tag>}:<kind>…``, ``fd:checkpoint:{<tag>}:…``, ``fd:history:{<tag>}``   of one thread, or of one person
``fd:<kind>…``                                                               of everybody: a queue, a stream, an index

A tag is :func:`layout.encode` of a thread id, or a person's :func:`threads.subject_mark`.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from redis.asyncio import Redis

from frontdesk.graph.identity import Principal
from frontdesk.graph.persistence.layout import encode
from frontdesk.graph.persistence.sweep import CHUNK

_KEY = re.compile(r"fd:(?:(?P<shared>[^{:]+)(?::\{(?P<of>[^}]*)\})?|\{(?P<tag>[^}]*)\}:(?P<kind>[^:]+))(?::.*|$)", re.S)

Read = Callable[["Person"], Awaitable[list[dict[str, Any]]]]
"""Returns what a store holds on a person, in clear, as plain data."""


@dataclass(frozen=True, slots=True)
class Person:
    """Whose data is meant: all of a person's, or that of some threads."""

    principal: Principal
    """Tenant and subject. Where ``mark`` is empty, the subject may be ``anonymous``, whom many callers share."""
    threads: tuple[str, ...]
    """Server-made ids of the threads that are meant; for ``mark``, all of the person's."""
    mark: str = ""
    """The person's mark in the names of keys; empty where only ``threads`` are meant."""
    keys: tuple[str, ...] | None = None
    """Keys that a scan of the whole keyspace found under one of ``tags``; None: no scan was made yet."""
    anywhere: bool = False
    """The owner of ``threads`` is not known: their entries are looked for under everybody's mark."""
    erasure: str = ""
    """Id of the erasure that is carried out, if one is: what a store keeps in a record's place names it."""
    tags: frozenset[str] = field(init=False)
    """What stands between the braces of this person's keys."""

    def __post_init__(self) -> None:
        """Work out the tags."""
        marks = [self.mark] if self.mark else []
        object.__setattr__(self, "tags", frozenset([*map(encode, self.threads), *marks]))


class Holding(Protocol):
    """A store that holds personal data."""

    @property
    def name(self) -> str:
        """Name in receipts and exports."""
        ...

    @property
    def kinds(self) -> frozenset[str]:
        """Kinds of keys (:func:`kind_of`) that are this store's; no two stores share one."""
        ...

    @property
    def seconds(self) -> int | None:
        """Time to live of its keys, which applies again when a legal hold is lifted; None: they have none."""
        ...

    async def erase(self, person: Person) -> int:
        """Remove everything of the person; return how many keys, or entries of shared keys, went. Repeatable."""
        ...

    async def export(self, person: Person) -> list[dict[str, Any]]:
        """Return what is held on the person, in clear, as plain data for JSON."""
        ...

    async def remaining(self, person: Person) -> int:
        """Return how many keys or entries of the person are there."""
        ...

    async def keys(self, person: Person) -> list[str]:
        """Return the keys that are wholly the person's: what a legal hold keeps from running out of time."""
        ...


def place(key: str) -> tuple[str, str]:
    """Return ``(kind, tag)`` of a key; the tag of a shared key is empty, the kind of a key of nobody's as well."""
    found = _KEY.match(key)
    if not found:
        return "", ""
    return found["shared"] or found["kind"], found["of"] or found["tag"] or ""


def kind_of(key: str) -> str:
    """Return the kind of a key: ``vault`` for ``fd:{thread}:vault``, ``checkpoint``, ``audit`` …; empty for others'."""
    return place(key)[0]


@dataclass(frozen=True, slots=True)
class KeyHolding:
    """A store all of whose personal data stands under the person's or the threads' tags."""

    client: Redis
    name: str
    kinds: frozenset[str]
    seconds: int | None = None
    read: Read | None = None

    async def erase(self, person: Person) -> int:
        """See :class:`Holding`."""
        return await unlink(self.client, await self.keys(person))

    async def export(self, person: Person) -> list[dict[str, Any]]:
        """See :class:`Holding`; empty where the store has no reader."""
        return await self.read(person) if self.read else []

    async def remaining(self, person: Person) -> int:
        """See :class:`Holding`."""
        return len(await self.keys(person))

    async def keys(self, person: Person) -> list[str]:
        """See :class:`Holding`."""
        scanned = person if person.keys is not None else (await scan(self.client, person)).person
        return [key for key in scanned.keys or () if kind_of(key) in self.kinds]


@dataclass(frozen=True, slots=True)
class Scan:
    """What a walk over the keyspace found."""

    person: Person
    """With ``keys`` filled in."""
    shared: tuple[str, ...]
    """Keys that carry no tag: of everybody."""
    count: int
    """Keys that were looked at: every one of frontdesk's."""


async def scan(client: Redis, person: Person) -> Scan:
    """Walk over the whole keyspace once and pick the keys under the person's tags.

    SCAN returns every key that is there from beginning to end; hold the person's locks, so that none is made meanwhile.
    """
    own, shared, count = set(), set(), 0
    async for raw in client.scan_iter(match="fd:*", count=1000):
        count += 1
        key = raw.decode("utf-8", "surrogateescape")
        tag = place(key)[1]
        if tag in person.tags:
            own.add(key)
        elif not tag:
            shared.add(key)
    return Scan(replace(person, keys=tuple(sorted(own))), tuple(sorted(shared)), count)


async def unlink(client: Redis, keys: Iterable[str]) -> int:
    """Delete keys, in portions; return how many were there."""
    names, gone = [key.encode("utf-8", "surrogateescape") for key in keys], 0
    for start in range(0, len(names), CHUNK):
        async with client.pipeline(transaction=False) as pipe:  # one command per key: they lie in different slots
            for name in names[start : start + CHUNK]:
                pipe.unlink(name)
            gone += sum(await pipe.execute())
    return gone
