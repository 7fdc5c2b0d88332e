"""What was spent on hosted models: counters with limits, and figures for the deployment.

``fd:{<thread>}:spending``          hash: one conversation
``fd:{<subject>}:spending:<day>``   hash: one customer's day; of a caller who has not signed in, ``<thread>`` instead
``fd:spent:<tenant>:<day>``         hash: the tenant's day
``fd:usage:<tenant>:<day>``         hash: tokens and money by model, role and intent; of nobody in particular

A counter has the fields ``tokens``, ``nano`` (billionths of the currency) and one per call that is running, ``r:<id>``
with ``<until> <tokens> <nano>``: what the call may take at most. Only what is limited is counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, cast

from redis.asyncio import Redis

from frontdesk.graph.identity import Caller
from frontdesk.graph.metering import Level
from frontdesk.graph.persistence.erasure.tombs import tomb
from frontdesk.graph.persistence.holdings import Person, Read, kind_of
from frontdesk.graph.persistence.layout import encode, tagged
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.persistence.spending_scripts import HOLD, SETTLE
from frontdesk.graph.persistence.threads import subject_mark

KIND = "spending"
COUNTS = ("calls", "input", "cached", "output", "nano")
"""What is added up per model, role and intent."""
KEPT_DAYS = 92
"""Days for which the figures per model, role and intent are kept: a quarter, as invoices come."""
SLACK = 3600
"""Seconds that a day's counter outlives its day: a call that runs over midnight is settled in the day it began in."""


@dataclass(frozen=True, slots=True)
class Bound:
    """One counter with its limit."""

    level: Level
    day: str = ""
    """``2025-11-22``; empty for a counter that is not of a day."""
    tokens: int | None = None
    nano: int | None = None
    """Billionths of the currency."""
    seconds: int = 1
    """To live, from now on."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a call wants to reserve."""

    id: str
    now: float
    """Unix time in seconds."""
    until: float
    """When the reservation ends by itself."""
    tokens: int
    """That it reads."""
    nano: int
    """What these cost."""
    answer: int
    """Tokens that it wants to write."""
    least: int
    """Tokens below which an answer makes no sense."""
    rate: float
    """Billionths per token that it writes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a call took, and for what."""

    tenant: str
    day: str
    model: str
    role: str
    intent: str
    counts: dict[str, int] = field(default_factory=dict)
    """By the names of :data:`COUNTS`."""


class Spendings(Protocol):
    """The counters."""

    async def hold(self, caller: Caller, bounds: Sequence[Bound], wish: Wish) -> tuple[Level | None, int]:
        """Reserve in all counters or in none, in one step.

        Returns:
            Tokens that the call may write, 0 where some counter has no room; and whose limit made it less than was
            wished, None for nobody's.
        """
        ...

    async def settle(
        self, caller: Caller, bounds: Sequence[Bound], id: str, tokens: int, nano: int, entry: Entry
    ) -> None:
        """Turn a reservation into what was spent, in the counters of the hold, and add ``entry`` to the figures."""
        ...

    async def usage(self, tenant: str, day: str) -> list[Entry]:
        """Return the figures of a day, by model, role and intent."""
        ...


def day_of(now: float) -> tuple[str, int]:
    """Return the day (UTC) of a Unix time, and the seconds that its counters live from then on."""
    at = datetime.fromtimestamp(now, UTC)
    end = datetime(at.year, at.month, at.day, tzinfo=UTC) + timedelta(days=1)
    return f"{at:%Y-%m-%d}", int((end - at).total_seconds()) + SLACK


class RedisSpendings:
    """The counters in Redis; one round trip each to reserve and to settle."""

    def __init__(self, client: Redis, sealer: Sealer) -> None:
        """Take the client, and the sealer that makes the pseudonyms."""
        self._client: Any = client
        self._sealer = sealer
        self._hold = client.register_script(HOLD)
        self._settle = client.register_script(SETTLE)

    async def hold(self, caller: Caller, bounds: Sequence[Bound], wish: Wish) -> tuple[Level | None, int]:
        """See :class:`Spendings`."""
        arguments: list[Any] = [wish.id, wish.now, wish.until, wish.tokens, wish.nano]
        arguments += [wish.answer, wish.least, repr(wish.rate)]
        for bound in bounds:
            limits = [-1 if limit is None else limit for limit in (bound.tokens, bound.nano)]
            arguments += [*limits, bound.seconds, int(bound.level != "tenant")]
        found = cast("list[int]", await self._hold(keys=self._keys(caller, bounds), args=arguments))
        return (bounds[found[0] - 1].level if found[0] else None), found[1]

    async def settle(
        self, caller: Caller, bounds: Sequence[Bound], id: str, tokens: int, nano: int, entry: Entry
    ) -> None:
        """See :class:`Spendings`."""
        arguments: list[Any] = [id, tokens, nano, len(bounds), KEPT_DAYS * 86_400]
        for bound in bounds:
            arguments += [bound.seconds, int(bound.level != "tenant")]
        for name, count in entry.counts.items():
            arguments += ["\t".join((entry.model, entry.role, entry.intent, name)), count]
        keys = [*self._keys(caller, bounds), usage_key(entry.tenant, entry.day)]
        await self._settle(keys=keys, args=arguments)

    async def usage(self, tenant: str, day: str) -> list[Entry]:
        """See :class:`Spendings`."""
        fields = cast("dict[bytes, bytes]", await self._client.hgetall(usage_key(tenant, day)))
        found: dict[tuple[str, str, str], dict[str, int]] = {}
        for name, count in fields.items():
            model, role, intent, what = name.decode().split("\t")
            found.setdefault((model, role, intent), {})[what] = int(count)
        return [Entry(tenant, day, *parts, counts=counts) for parts, counts in sorted(found.items())]

    def _keys(self, caller: Caller, bounds: Sequence[Bound]) -> list[str]:
        return [tomb(self._sealer, caller.thread_id), *(self._key(caller, bound) for bound in bounds)]

    def _key(self, caller: Caller, bound: Bound) -> str:
        who = caller.principal
        if bound.level == "tenant":
            return f"fd:spent:{encode(who.tenant)}:{bound.day}"
        if bound.level == "thread":
            return tagged(caller.thread_id, KIND)
        if who.signed_in:
            return f"fd:{{{subject_mark(self._sealer, who)}}}:{KIND}:{bound.day}"
        return tagged(caller.thread_id, f"{KIND}:{bound.day}")


def usage_key(tenant: str, day: str) -> str:
    """Return the key of a day's figures."""
    return f"fd:usage:{encode(tenant)}:{day}"


def spendings(client: Redis) -> Read:
    """Read what was counted of a person: the day, empty for a whole conversation, tokens and money."""

    async def read(person: Person) -> list[dict[str, Any]]:
        found = []
        for key in (key for key in person.keys or () if kind_of(key) == KIND):
            held = cast("dict[bytes, bytes]", await cast("Any", client).hgetall(key))
            tokens, nano = (int(held.get(name, 0)) for name in (b"tokens", b"nano"))
            found.append({"day": key.partition(f":{KIND}:")[2], "tokens": tokens, "cost": nano / 1_000_000_000})
        return found

    return read


__all__ = ["Bound", "Entry", "RedisSpendings", "Spendings", "Wish", "day_of", "spendings", "usage_key"]
