"""Which threads belong to whom. Thread ids are made here: lower-case UUID hex; a client's own id is mapped to one.

``fd:{<subject>}:threads``          sorted set: a subject's threads by the time of last use
``fd:{<subject>}:alias:<digest>``   the thread that a client's own id stands for

``<subject>`` is the keyed digest of tenant and subject, so no key tells who somebody is.
"""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from collections.abc import Callable, Collection
from typing import Protocol, cast

from redis.asyncio import Redis

from frontdesk.errors import ThreadBusyError, ThreadError
from frontdesk.graph.identity import Principal
from frontdesk.graph.persistence.erasure.forgetful import drop
from frontdesk.graph.persistence.layout import tagged
from frontdesk.graph.persistence.lock import LOCK, POLL, WAIT
from frontdesk.graph.persistence.sealer import Sealer

_RESOLVE = """
-- KEYS: threads, alias, erasure. ARGV: the given id where it may be server-made, a fresh id or '', now, seconds to live
if redis.call('EXISTS', KEYS[3]) == 1 then return '' end
local thread = false
local held = redis.call('PTTL', KEYS[1]) == -1  -- a legal hold took the time to live away
if ARGV[1] ~= '' and redis.call('ZSCORE', KEYS[1], ARGV[1]) then thread = ARGV[1] end
if not thread and KEYS[2] ~= KEYS[1] then
  thread = redis.call('GET', KEYS[2])
  if not thread and ARGV[2] ~= '' then thread = ARGV[2] end
  if thread then redis.call('SET', KEYS[2], thread, 'EX', ARGV[4]) end
  if held then redis.call('PERSIST', KEYS[2]) end
end
if not thread and ARGV[2] ~= '' then thread = ARGV[2] end
if not thread then return false end
redis.call('ZADD', KEYS[1], ARGV[3], thread)
if held then return thread end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[3] - ARGV[4])
redis.call('EXPIRE', KEYS[1], ARGV[4])
return thread
"""


class Threads(Protocol):
    """The register of threads."""

    async def resolve(self, principal: Principal, thread_id: str | None, *, must_exist: bool = False) -> str:
        """Return the server-made id that ``thread_id`` stands for, within the principal's tenant and subject.

        A server-made id that its owner gives back stands for itself. Any other id, somebody else's included, is a
        name of the client's own: the first use makes a thread, further uses find it. None makes a thread.
        Callers who have not signed in share one subject, so among them an id is as good as it is hard to guess.

        Raises:
            ThreadError: ``must_exist``, and there is no such thread of this principal.
            ThreadBusyError: Everything of the principal is being erased, and that did not end in time.
        """
        ...

    async def threads_of(self, principal: Principal) -> list[str]:
        """Return the principal's threads, the last used first."""
        ...


def subject_mark(sealer: Sealer, principal: Principal) -> str:
    """Return the pseudonym that stands for a principal in the names of keys, in every store."""
    # as JSON, no pair of tenant and subject can be written like another pair
    return sealer.pseudonym(json.dumps([principal.tenant, principal.subject]))


class RedisThreads:
    """The register in Redis; one round trip per turn."""

    def __init__(self, client: Redis, sealer: Sealer, seconds: int, clock: Callable[[], float] = time.time) -> None:
        """Bind the register.

        Args:
            client: A Redis client.
            sealer: Makes the pseudonyms.
            seconds: How long a thread is known after its last use. Erasure finds a person's threads here, so it must
                be no shorter than the longest retention of any store (ledger and tickets outlive the conversation).
            clock: Unix time in seconds.
        """
        self._client = client
        self._sealer = sealer
        self._seconds = seconds
        self._clock = clock
        self._script = client.register_script(_RESOLVE)

    async def resolve(self, principal: Principal, thread_id: str | None, *, must_exist: bool = False) -> str:
        """See :class:`Threads`."""
        threads = self._threads(principal)
        alias = threads if thread_id is None else self._alias(principal, thread_id)
        fresh = "" if must_exist else uuid.uuid4().hex
        gate = tagged(subject_mark(self._sealer, principal), LOCK)
        arguments: list[str | float] = [server_made(thread_id), fresh, self._clock(), self._seconds]
        try:
            async with asyncio.timeout(WAIT):
                while (found := await self._script(keys=[threads, alias, gate], args=arguments)) == b"":  # noqa: ASYNC110 - another process opens the gate
                    await asyncio.sleep(POLL)
        except TimeoutError as error:
            raise ThreadBusyError("this person's data is being erased; try again shortly") from error
        if not found:
            raise unknown()
        return cast(bytes, found).decode()

    async def threads_of(self, principal: Principal) -> list[str]:
        """See :class:`Threads`."""
        found = cast(list[bytes], await self._client.zrange(self._threads(principal), 0, -1, desc=True))
        return [thread.decode() for thread in found]

    def _stem(self, principal: Principal) -> str:
        return f"fd:{{{subject_mark(self._sealer, principal)}}}"

    def _threads(self, principal: Principal) -> str:
        return f"{self._stem(principal)}:threads"

    def _alias(self, principal: Principal, thread_id: str) -> str:
        return f"{self._stem(principal)}:alias:{self._sealer.pseudonym(thread_id)}"


class MemoryThreads:
    """The register in this process, for as long as it lives."""

    def __init__(self) -> None:
        """Start empty."""
        self._threads: dict[tuple[str, str], list[str]] = {}
        self._aliases: dict[tuple[str, str, str], str] = {}

    async def resolve(self, principal: Principal, thread_id: str | None, *, must_exist: bool = False) -> str:
        """See :class:`Threads`."""
        threads = self._threads.setdefault((principal.tenant, principal.subject), [])
        name = (principal.tenant, principal.subject, thread_id or "")
        given = server_made(thread_id)
        thread = given if given in threads else self._aliases.get(name) if thread_id is not None else None
        if thread is None:
            if must_exist:
                raise unknown()
            thread = uuid.uuid4().hex
            if thread_id is not None:
                self._aliases[name] = thread
        if thread in threads:
            threads.remove(thread)
        threads.append(thread)
        return thread

    async def threads_of(self, principal: Principal) -> list[str]:
        """See :class:`Threads`."""
        return self._threads.get((principal.tenant, principal.subject), [])[::-1]

    def forget(self, principal: Principal | None, threads: Collection[str]) -> int:
        """Drop a person's register, or threads from everybody's; return how many entries went."""
        who = (principal.tenant, principal.subject) if principal else None
        gone = len(self._threads.pop(who, [])) if who else 0
        for known in self._threads.values():
            gone += sum(thread in threads for thread in known)
            known[:] = [thread for thread in known if thread not in threads]
        return gone + drop(self._aliases, lambda name: name[:2] == who or self._aliases[name] in threads)


def server_made(thread_id: str | None) -> str:
    """Return the id as the server writes it where it is a UUID in any notation; else empty."""
    try:
        return uuid.UUID(thread_id or "").hex
    except ValueError:
        return ""


def unknown() -> ThreadError:
    """Return the one error for a missing thread and for somebody else's."""
    return ThreadError("there is no such conversation")
