"""Legal holds: while one is set, a person's data is neither erased nor runs out of time.

``fd:holds``   hash: ``<person's mark>/<digest of the case>`` to the sealed hold
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import asdict, dataclass
from typing import Any, cast

import orjson
from redis.asyncio import Redis

from frontdesk.errors import PersonError
from frontdesk.graph.identity import Principal
from frontdesk.graph.persistence.erasure.trail import Trail
from frontdesk.graph.persistence.holdings import Holding, Person, scan
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.persistence.sweep import CHUNK
from frontdesk.graph.persistence.threads import RedisThreads, subject_mark

HOLDS = "fd:holds"
CODES = ("litigation", "investigation", "regulator", "audit", "dispute")
_REASON = re.compile(rf"({'|'.join(CODES)}):((?=[^:]*\d)[A-Za-z0-9][A-Za-z0-9._/-]{{0,63}})")

Only = Callable[[str], AbstractAsyncContextManager[None]]
"""Holds the lock of a person's mark, so that a hold is set either before an erasure or after it."""


@dataclass(frozen=True, slots=True)
class Hold:
    """One hold on one person."""

    tenant: str
    subject: str
    code: str
    """One of ``CODES``."""
    case: str
    """Reference of the case in the business's own files."""
    at: float
    """Unix time in seconds when it was set."""


def parse_reason(reason: str) -> tuple[str, str]:
    """Split ``litigation:2026-0042`` into code and case.

    Raises:
        PersonError: Another form. Free text is refused: it would be personal data about a dispute.
    """
    found = _REASON.fullmatch(reason)
    if not found:
        raise PersonError(
            f"the reason must be CODE:CASE, with a code of {', '.join(CODES)} and a case reference of letters, digits, "
            "'.', '_', '/', '-' with at least one digit, such as litigation:2026-0042"
        )
    return found[1], found[2]


class Holds:
    """The holds of a deployment."""

    def __init__(
        self,
        client: Redis,
        sealer: Sealer,
        threads: RedisThreads,
        holdings: Sequence[Holding],
        only: Only,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Take the client, the sealer, the register of threads, the register of stores, and the persons' locks."""
        self._client, self._sealer, self._threads, self._holdings = client, sealer, threads, holdings
        self._only, self._clock = only, clock
        self._trail = Trail(client, sealer)

    async def put(self, principal: Principal, reason: str) -> Hold:
        """Set a hold: nothing of the person is erased or expires until every hold on them is lifted.

        Raises:
            PersonError: A malformed reason, or a caller who has not signed in.
        """
        code, case = parse_reason(reason)
        if not principal.signed_in:
            raise PersonError("callers who have not signed in share one subject; a hold needs a customer's id")
        hold = Hold(principal.tenant, principal.subject, code, case, self._clock())
        mark = subject_mark(self._sealer, principal)
        field = self._field(mark, case)
        async with self._only(mark):
            sealed = self._sealer.seal(orjson.dumps(asdict(hold)), _context(field))
            await self._client.hset(HOLDS, field, cast(str, sealed))
            await self._keep(await self._person(principal))
        await self._trail.hold(principal.tenant, hold.at, "hold_set", code, case)
        return hold

    async def lift(self, principal: Principal, case: str) -> bool:
        """Lift one hold; with the last one, every key without a time to live gets its store's full retention anew.

        Returns:
            False where there was no such hold.
        """
        mark = subject_mark(self._sealer, principal)
        async with self._only(mark):
            if not await self._client.hdel(HOLDS, self._field(mark, case)):
                return False
            if not await self.held(principal):
                await self._release(await self._person(principal))
        await self._trail.hold(principal.tenant, self._clock(), "hold_lifted", "", case)
        return True

    async def every(self) -> list[Hold]:
        """Return every hold, the oldest first.

        Raises:
            SealError: One cannot be opened. None is left out silently.
        """
        found = cast(dict[bytes, bytes], await self._client.hgetall(HOLDS))
        holds = [Hold(**orjson.loads(self._sealer.open(blob, _context(name.decode())))) for name, blob in found.items()]
        return sorted(holds, key=lambda hold: (hold.at, hold.tenant, hold.subject, hold.case))

    async def held(self, principal: Principal) -> bool:
        """Tell whether a hold is set on a person."""
        return subject_mark(self._sealer, principal) in await self.marks()

    async def owns(self, threads: Sequence[str]) -> bool:
        """Tell whether one of these threads belongs to anybody who is held."""
        held = await self.people()
        return any([set(threads) & set(await self._threads.threads_of(person)) for person in held])

    async def marks(self) -> frozenset[str]:
        """Return the marks of everybody who is held: what a sweep by age must leave out."""
        names = cast(list[bytes], await self._client.hkeys(HOLDS))
        return frozenset(name.decode().partition("/")[0] for name in names)

    async def refresh(self) -> int:
        """Take the time to live off whatever held people's turns have written since; return how many keys.

        A turn gives some of what it writes a time to live again, of a day at least; every sweep begins with this.
        """
        return sum([await self._keep(await self._person(person)) for person in await self.people()])

    async def people(self) -> set[Principal]:
        """Return everybody who is held."""
        return {Principal(hold.subject, hold.tenant) for hold in await self.every()}

    async def _person(self, principal: Principal) -> Person:
        threads = tuple(await self._threads.threads_of(principal))
        person = Person(principal, threads, subject_mark(self._sealer, principal))
        return (await scan(self._client, person)).person

    async def _keep(self, person: Person) -> int:
        kept = 0
        for holding in self._holdings:
            kept += sum(await self._each(await holding.keys(person), lambda pipe, key: pipe.persist(key)))
        return kept

    async def _release(self, person: Person) -> None:
        for holding in self._holdings:
            if seconds := holding.seconds:
                await self._each(await holding.keys(person), lambda pipe, key, s=seconds: pipe.expire(key, s, nx=True))

    async def _each(self, keys: Sequence[str], command: Callable[..., Any]) -> list[int]:
        done: list[int] = []
        for start in range(0, len(keys), CHUNK):
            async with self._client.pipeline(transaction=False) as pipe:
                for key in keys[start : start + CHUNK]:
                    command(pipe, key)
                done += await pipe.execute()
        return done

    def _field(self, mark: str, case: str) -> str:
        return f"{mark}/{self._sealer.pseudonym('case:' + case)}"


def _context(field: str) -> bytes:
    return f"{HOLDS}/{field}".encode()
