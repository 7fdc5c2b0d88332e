"""The meter of a desk: limits per turn, thread, principal and tenant, and what was spent.

A turn runs in one process, so its own limit is kept here; the others are counters that all processes share
(``graph/persistence/spending.py``).
"""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from redis.exceptions import RedisError

from frontdesk.desk.modelling import Limit, Models, Spending
from frontdesk.graph.identity import Caller, Principal, caller_of
from frontdesk.graph.metering import RUNNING, Call, Level, Reservation, SpentError, Tokens
from frontdesk.graph.persistence.spending import Bound, Entry, Spendings, Wish, day_of
from frontdesk.graph.records import Usage
from frontdesk.models.accounts import Accounts, Spender
from frontdesk.models.pricing import Rate, billionths, money, price_of

LEAST = 32
"""Tokens below which an answer is not begun: it would be cut off within its first sentence."""
WAIT = 2.0
"""Seconds that the counters may take; they answer in less than a millisecond, or something is wrong."""
LINGER = 5.0
"""Seconds beyond a call's own time after which a reservation that nobody settled ends: its process died."""
_DOWN = (RedisError, OSError, TimeoutError)
_log = logging.getLogger(__name__)


class SpendingMeter:
    """Implements :class:`frontdesk.graph.metering.Meter`."""

    def __init__(
        self,
        spending: Spending,
        models: Models,
        store: Spendings,
        *,
        principal: Principal,
        thread_seconds: int,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Bind the meter.

        Args:
            spending: The limits.
            models: Has the prices.
            store: The counters that processes share.
            principal: Who is asking when a run names nobody, and whose tenant pays for calls outside of turns.
            thread_seconds: How long a conversation is kept.
            clock: Unix time in seconds.
        """
        self.spending = spending
        self._prices = models.prices
        self._store = store
        self._principal = principal
        self._thread_seconds = thread_seconds
        self._clock = clock
        self._accounts = Accounts()

    async def reserve(self, call: Call) -> Reservation:
        """See ``Meter``. Without any limit nothing is asked of the store."""
        who = self._spender()
        rate = Rate.of(call.price or price_of(call.model, self._prices))
        held = Reserved(self, call, who, rate, answer=call.answer)
        if not who.bounds and not _limits(self.spending.turn):
            return held
        wish = self._wish(call, held.rate)
        account = self._accounts.use(who.caller, wish.now)
        answer = account.counter.room(_bound("turn", self.spending.turn), wish)
        if answer < wish.least:
            raise SpentError("turn")
        level: Level | None = "turn" if answer < wish.answer else None
        account.counter.hold(wish, answer)  # no other call of the turn may take it while the counters are asked
        try:
            level, answer = await self._shared(who, replace(wish, answer=answer), level)
        except BaseException:
            account.counter.settle(wish.id, 0, 0)
            raise
        account.counter.hold(wish, answer)
        return replace(held, id=wish.id, answer=answer, level=level)

    def _wish(self, call: Call, rate: Rate) -> Wish:
        now = self._clock()
        wished = min(call.answer or self.spending.answer, self.spending.answer)
        return Wish(
            id=uuid.uuid4().hex,
            now=now,
            until=now + call.seconds + LINGER,
            tokens=call.input,
            nano=rate.most(call.input),
            answer=wished,
            least=min(LEAST, wished),
            rate=float(rate.written),
        )

    async def _shared(self, who: Spender, wish: Wish, level: Level | None) -> tuple[Level | None, int]:
        """Reserve in the counters of all processes; return whose limit is the tightest, and the tokens to be written.

        Raises:
            SpentError: No room; or the counters cannot be read, and the desk's policy for that is closed.
        """
        if not who.bounds:
            return level, wish.answer
        try:
            async with asyncio.timeout(WAIT):
                tightest, granted = await self._store.hold(who.caller, who.bounds, wish)
        except _DOWN as error:
            _log.error("spending cannot be read: %s; %s", type(error).__name__, self.spending.on_unavailable)
            if self.spending.on_unavailable == "closed":
                raise SpentError("unavailable") from None
            return level, wish.answer
        if not granted:
            raise SpentError(tightest or "tenant")
        return tightest or level, granted

    async def settle(self, held: Reserved, tokens: Tokens) -> float:
        """Write down what a call took; return its cost."""
        who, nano = held.who, held.rate.cost(tokens)
        account = self._accounts.use(who.caller, self._clock())
        account.counter.settle(held.id, tokens.input + tokens.output, nano)
        sent = bool(tokens.input or tokens.output)
        if sent and held.call.role == "guard":
            account.note(tokens, money(nano))
        if not who.stored:
            return money(nano)
        counts = dict(calls=1, input=tokens.input, cached=tokens.cached, output=tokens.output, nano=nano)
        tenant, model, role = who.caller.principal.tenant, held.call.model, held.call.role
        entry = Entry(tenant, who.day, model, role, who.intent, counts if sent else {})
        try:
            async with asyncio.timeout(WAIT):
                await self._store.settle(who.caller, who.bounds, held.id, tokens.input + tokens.output, nano, entry)
        except _DOWN as error:  # the answer is there: its customer gets it
            _log.error("spending cannot be written: %s", type(error).__name__)
        return money(nano)

    def aside(self, caller: Caller) -> Usage | None:
        """See ``Meter``."""
        account = self._accounts.find(caller)
        if not caller.stateful:
            self._accounts.end(caller)  # the next turn may come under the same id, and nothing follows in this one
        return account.aside() if account else None

    def _spender(self) -> Spender:
        running = RUNNING.get()
        day, seconds = day_of(self._clock())
        if running is None:
            outside = Caller(self._principal, "", "")
            bounds = tuple(bound for bound in self._bounds(day, seconds) if bound.level == "tenant")
            return Spender(outside, "", day, bounds, stored=True)
        caller = caller_of(running.config, self._principal)
        bounds = tuple(self._bounds(day, seconds)) if caller.stateful else ()
        return Spender(caller, running.intent, day, bounds, stored=caller.stateful)

    def _bounds(self, day: str, seconds: int) -> Iterator[Bound]:
        limits = self.spending
        if _limits(limits.thread):
            yield _bound("thread", limits.thread, "", self._thread_seconds)
        if _limits(limits.principal):
            yield _bound("principal", limits.principal, day, seconds)
        if _limits(limits.tenant):
            yield _bound("tenant", limits.tenant, day, seconds)


@dataclass(frozen=True, slots=True)
class Reserved:
    """Implements :class:`frontdesk.graph.metering.Reservation`."""

    meter: SpendingMeter
    call: Call
    who: Spender
    rate: Rate
    id: str = ""
    answer: int | None = None
    level: Level | None = None

    async def settle(self, tokens: Tokens) -> float:
        """See ``Reservation``."""
        return await self.meter.settle(self, tokens)


def _limits(limit: Limit) -> bool:
    return limit.tokens is not None or limit.cost is not None


def _bound(level: Level, limit: Limit, day: str = "", seconds: int = 1) -> Bound:
    nano = None if limit.cost is None else billionths(limit.cost)
    return Bound(level, day, limit.tokens, nano, seconds)


__all__ = ["Reserved", "SpendingMeter"]
