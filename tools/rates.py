"""How often one principal may call a tool: a window that slides, counted once for all replicas.

``fd:{<subject>}:rate:<tool>``   sorted set: the times of the calls in the window, with a random member each; of a
                                 caller who has not signed in, ``<thread>`` instead

Calls of stateless callers are counted in this process: nothing of them goes into a store. Those of them who have not
signed in share one count per tool: there is nothing else to tell them apart by.
"""

from __future__ import annotations

import secrets
from bisect import insort
from collections.abc import Callable, Collection
from typing import Any, Protocol

from redis.asyncio import Redis
from redis.exceptions import RedisError

from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.persistence.erasure.forgetful import drop
from frontdesk.graph.persistence.erasure.tombs import tomb
from frontdesk.graph.persistence.holdings import Person, Read, kind_of
from frontdesk.graph.persistence.layout import tagged
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.persistence.threads import subject_mark
from frontdesk.tools.contract import RateLimit
from frontdesk.tools.reasons import failed

KIND = "rate"
LONGEST = 86_400
"""Seconds of the longest window, which is what a key lives at most."""

_TAKE = """
-- KEYS: tombstone, times. ARGV: now, window, calls, member. Gives the seconds to wait; '0': counted; '-1': erased.
if redis.call('EXISTS', KEYS[1]) == 1 then return '-1' end
local now, window, calls = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - window)
if redis.call('ZCARD', KEYS[2]) >= calls then
  local first = redis.call('ZRANGE', KEYS[2], -calls, -calls, 'WITHSCORES')
  return tostring(math.max(tonumber(first[2]) + window - now, 0.001))
end
redis.call('ZADD', KEYS[2], ARGV[1], ARGV[4])
redis.call('EXPIRE', KEYS[2], ARGV[2])
return '0'
"""


class Rates(Protocol):
    """The counts."""

    async def take(self, caller: Caller, tool: str, limit: RateLimit, now: float) -> float:
        """Count a call, in one step with the look whether it may be made.

        Args:
            caller: Whose call.
            tool: Its name.
            limit: The contract's.
            now: Unix time in seconds.

        Returns:
            0: counted. Else the seconds until a call is possible again; it was not counted.

        Raises:
            ToolFailedError: ``rate_unavailable``.
        """
        ...


class MemoryRates:
    """In this process: stateless callers, ``FRONTDESK_REDIS=memory`` and tests."""

    def __init__(self) -> None:
        """Start empty."""
        self._times: dict[tuple[str, str, str], list[float]] = {}
        self._ends: dict[tuple[str, str, str], float] = {}

    async def take(self, caller: Caller, tool: str, limit: RateLimit, now: float) -> float:
        """See :class:`Rates`; atomic because nothing is awaited."""
        key = (*whose(caller), tool)
        times = [time for time in self._times.get(key, []) if time > now - limit.seconds]
        if len(times) >= limit.calls:
            return max(times[-limit.calls] + limit.seconds - now, 0.001)
        insort(times, now)
        self._times[key], self._ends[key] = times, now + limit.seconds
        for over in [other for other, end in self._ends.items() if end <= now]:
            del self._times[over], self._ends[over]
        return 0.0

    def forget(self, principal: Principal | None, threads: Collection[str]) -> int:
        """Drop the counts of a person and of threads; return how many went."""
        is_theirs = theirs(principal, threads)
        drop(self._ends, lambda key: is_theirs(key[:2]))
        return drop(self._times, lambda key: is_theirs(key[:2]))


class RedisRates:
    """In Redis, for all processes of a deployment; one round trip."""

    def __init__(self, client: Redis, sealer: Sealer) -> None:
        """Take the client, and the sealer that makes the pseudonyms."""
        self._sealer = sealer
        self._take = client.register_script(_TAKE)

    async def take(self, caller: Caller, tool: str, limit: RateLimit, now: float) -> float:
        """See :class:`Rates`."""
        keys = [tomb(self._sealer, caller.thread_id), owned(self._sealer, caller, f"{KIND}:{tool}")]
        arguments: list[Any] = [repr(now), limit.seconds, limit.calls, secrets.token_hex(8)]
        try:
            wait = float(await self._take(keys=keys, args=arguments))
        except (RedisError, OSError) as error:
            raise failed(tool, "rate_unavailable") from error
        if wait < 0:
            raise failed(tool)
        return wait


def owned(sealer: Sealer, caller: Caller, rest: str) -> str:
    """Return a key of a person's, or of the thread of a caller who has not signed in."""
    if caller.principal.signed_in:
        return f"fd:{{{subject_mark(sealer, caller.principal)}}}:{rest}"
    return tagged(caller.thread_id, rest)


def rates(client: Redis) -> Read:
    """Read what is counted of a person: calls in the last window of each tool that has one."""

    async def read(person: Person) -> list[dict[str, Any]]:
        answer: Any = client
        keys = [key for key in person.keys or () if kind_of(key) == KIND]
        return [{"tool": key.rpartition(":")[2], "calls": int(await answer.zcard(key))} for key in keys]

    return read


def whose(caller: Caller) -> tuple[str, str]:
    """Return whose something in this process is: a person's, or that of the thread of who has not signed in."""
    who = caller.principal
    return who.tenant, f"+{who.subject}" if who.signed_in else f"-{caller.thread_id}"


def theirs(principal: Principal | None, threads: Collection[str]) -> Callable[[tuple[str, str]], bool]:
    """Return what tells whether something (see :func:`whose`) is a person's, or of one of some threads."""
    who = (principal.tenant, f"+{principal.subject}") if principal and principal.signed_in else None
    unnamed = {f"-{thread}" for thread in threads}
    return lambda key: key == who or key[1] in unnamed


__all__ = ["KIND", "LONGEST", "MemoryRates", "Rates", "RedisRates", "owned", "rates", "theirs", "whose"]
