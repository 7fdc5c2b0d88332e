"""The counters of spending without Redis."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.metering import Level
from frontdesk.graph.persistence.erasure.forgetful import drop
from frontdesk.graph.persistence.spending import Bound, Entry, Wish

_Key = tuple[str, str, str, str]
"""Level, tenant, subject or thread, day."""


@dataclass
class Counter:
    """What was spent, and what running calls may spend: by id, until when, tokens, billionths."""

    tokens: int = 0
    nano: int = 0
    held: dict[str, tuple[float, int, int]] = field(default_factory=dict)

    def room(self, bound: Bound, wish: Wish) -> int:
        """Return how many tokens a call may write, at most what it wishes; less than 1 for none."""
        self.held = {id: kept for id, kept in self.held.items() if kept[0] > wish.now}
        room = wish.answer
        if bound.tokens is not None:
            taken = self.tokens + sum(tokens for _, tokens, _ in self.held.values())
            room = min(room, bound.tokens - taken - wish.tokens)
        if bound.nano is not None:
            left = bound.nano - self.nano - sum(nano for _, _, nano in self.held.values()) - wish.nano
            room = 0 if left < 0 else min(room, math.floor(left / wish.rate)) if wish.rate else room
        return room

    def hold(self, wish: Wish, answer: int) -> None:
        """Reserve for a call that may write ``answer`` tokens."""
        self.held[wish.id] = (wish.until, wish.tokens + answer, wish.nano + math.ceil(answer * wish.rate))

    def settle(self, id: str, tokens: int, nano: int) -> None:
        """Turn a reservation into what was spent."""
        self.held.pop(id, None)
        self.tokens += tokens
        self.nano += nano


class MemorySpendings:
    """The counters in this process, for as long as it lives."""

    def __init__(self) -> None:
        """Start empty."""
        self._counters: dict[_Key, Counter] = {}
        self._figures: dict[tuple[str, str], dict[tuple[str, str, str], dict[str, int]]] = {}
        self._erased: set[str] = set()

    async def hold(self, caller: Caller, bounds: Sequence[Bound], wish: Wish) -> tuple[Level | None, int]:
        """See :class:`Spendings`."""
        self._forget_days(bounds)
        answer, level = wish.answer, None
        for bound in bounds:
            room = self._counters.get(_key(caller, bound), Counter()).room(bound, wish)
            if room < answer:
                answer, level = room, bound.level
            if answer < wish.least:
                return level, 0
        for bound in self._written(caller, bounds):
            self._counters.setdefault(_key(caller, bound), Counter()).hold(wish, answer)
        return level, answer

    async def settle(
        self, caller: Caller, bounds: Sequence[Bound], id: str, tokens: int, nano: int, entry: Entry
    ) -> None:
        """See :class:`Spendings`."""
        for bound in self._written(caller, bounds):
            self._counters.setdefault(_key(caller, bound), Counter()).settle(id, tokens, nano)
        day = self._figures.setdefault((entry.tenant, entry.day), {})
        figures = day.setdefault((entry.model, entry.role, entry.intent), {})
        for name, count in entry.counts.items():
            figures[name] = figures.get(name, 0) + count

    async def usage(self, tenant: str, day: str) -> list[Entry]:
        """See :class:`Spendings`."""
        found = sorted(self._figures.get((tenant, day), {}).items())
        return [Entry(tenant, day, *parts, counts=dict(counts)) for parts, counts in found]

    def forget(self, principal: Principal | None, threads: Collection[str]) -> int:
        """Drop the counters of a person and of threads; return how many went."""
        self._erased.update(threads)
        who = ("principal", principal.tenant, principal.subject) if principal else None
        return drop(self._counters, lambda key: key[:3] == who or (not key[1] and key[2] in threads))

    def _written(self, caller: Caller, bounds: Sequence[Bound]) -> list[Bound]:
        gone = caller.thread_id in self._erased
        return [bound for bound in bounds if bound.level == "tenant" or not gone]

    def _forget_days(self, bounds: Sequence[Bound]) -> None:
        """Drop the counters of days before the one that is counted: Redis lets them run out of time."""
        today = max((bound.day for bound in bounds), default="")
        drop(self._counters, lambda key: bool(key[3]) and key[3] < today and not self._counters[key].held)


def _key(caller: Caller, bound: Bound) -> _Key:
    who = caller.principal
    if bound.level == "tenant":
        return "tenant", who.tenant, "", bound.day
    if bound.level == "thread" or not who.signed_in:
        return bound.level, "", caller.thread_id, bound.day
    return "principal", who.tenant, who.subject, bound.day


__all__ = ["Counter", "MemorySpendings"]
