"""Long-term memory without Redis: for a try-out and for tests; gone when the process ends."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection

from frontdesk.desk.remembering import Memory as Rules
from frontdesk.graph.identity import Principal
from frontdesk.graph.persistence.erasure.forgetful import drop
from frontdesk.graph.persistence.life.consent_memory import MemoryConsents
from frontdesk.graph.persistence.life.purposes import MEMORY
from frontdesk.nodes.recall.kept import Kept
from frontdesk.nodes.recall.longterm import LongMemory, episodes_kept
from frontdesk.nodes.recall.shelf import Change, Held, Written, name_of

_FOREVER = float("inf")
_HOUR = 3600
"""Seconds that it counts that something was forgotten."""


class MemoryShelf:
    """Implements :class:`~frontdesk.nodes.recall.shelf.Shelf` and ``Episodes`` in dictionaries.

    Nothing else runs between a look and a writing that follows it without waiting; where something was waited for, the
    writing notices that the dictionary is another one.
    """

    def __init__(self, consents: MemoryConsents, clock: Callable[[], float], most: int) -> None:
        """Start empty; ``most``: episodes per customer."""
        self._consents, self._clock, self._most = consents, clock, most
        self._items: dict[tuple[str, str], dict[str, Kept]] = {}
        self._told: dict[tuple[str, str], dict[str, Kept]] = {}
        self._dropped: dict[tuple[str, str], float] = {}
        self._buried: set[str] = set()

    async def recent(self, principal: Principal, limit: int = 3) -> list[str]:
        """See ``Archive``."""
        allowed = [item.text for item in self._told.get(_who(principal), {}).values() if self._allows(principal, item)]
        return allowed[::-1][: max(limit, 0)]

    async def add(self, principal: Principal, thread_id: str, episode: str, purpose: str = MEMORY) -> None:
        """See ``Archive``."""
        basis = self._consents.judged(principal, purpose)
        if not basis.allowed or thread_id in self._buried:
            return
        kept, field = dict(self._told.get(_who(principal), {})), f"{purpose}/{thread_id}"
        kept.pop(field, None)
        at, name = self._clock(), name_of(field)
        kept[field] = Kept(name, "episode", "", episode, at, _FOREVER, basis.reference, thread_id, source="desk",
                           purpose=purpose)  # fmt: skip
        while len(kept) > self._most:
            del kept[next(iter(kept))]
        self._told[_who(principal)] = kept

    async def read(self, principal: Principal) -> Held:
        """See ``Shelf``."""
        who, now = _who(principal), self._clock()
        items, lines = self._items.get(who, {}), self._told.get(who, {})
        dropped = self._dropped.get(who, 0.0)
        purposes = {item.purpose for item in [*items.values(), *lines.values()]}
        return Held(
            self._consents.judged(principal, MEMORY),
            {field: item for field, item in items.items() if item.expires > now},
            list(lines.values())[::-1],
            frozenset(purpose for purpose in purposes if self._consents.judged(principal, purpose).allowed),
            dropped if now - dropped < _HOUR else 0.0,
            (items, lines, dropped),
        )

    async def write(self, principal: Principal, thread: str, held: Held, change: Change) -> Written:
        """See ``Shelf``."""
        who = _who(principal)
        if not change.own and thread in self._buried:
            return Written.BURIED
        items, lines, dropped = held.seen
        same = items == self._items.get(who, {}) and lines == self._told.get(who, {})
        allowed = change.own or self._consents.judged(principal, MEMORY) == held.basis
        if not same or not allowed or dropped != self._dropped.get(who, 0.0):
            return Written.STALE
        doomed = set(change.remove)
        new = {item.field: item for item in change.put if item.kind != "episode"}
        told = {f"{item.purpose}/{item.thread}": item for item in change.put if item.kind == "episode"}
        now = self._clock()
        kept = {field: item for field, item in items.items() if field not in doomed and item.expires > now}
        self._items[who] = {**kept, **new}
        self._told[who] = {**{field: item for field, item in lines.items() if field not in doomed}, **told}
        if change.forget:
            self._dropped[who] = now
        return Written.DONE

    def forget(self, principal: Principal | None, threads: Collection[str]) -> int:
        """See ``Forgetful``."""
        self._buried |= set(threads)
        gone = 0
        for held in (self._items, self._told):
            gone += len(held.pop(_who(principal), {})) if principal else 0
            for who, kept in held.items():
                held[who] = dict(kept)
                gone += drop(held[who], lambda field: field.rpartition("/")[2] in threads)
        if principal:
            self._dropped.pop(_who(principal), None)
        return gone

    def withdrawn(self, principal: Principal, purpose: str) -> int:
        """Forget what was kept for a purpose; return how much."""
        gone, who = 0, _who(principal)
        for held in (self._items, self._told):
            held[who] = dict(held.get(who, {}))
            gone += drop(held[who], lambda field: field.startswith(f"{purpose}/"))
        return gone

    def _allows(self, principal: Principal, item: Kept) -> bool:
        return self._consents.judged(principal, item.purpose).allowed


class MemoryArchive(LongMemory):
    """Implements :class:`frontdesk.graph.deps.Archive` in dictionaries."""

    def __init__(
        self,
        consents: MemoryConsents,
        clock: Callable[[], float] = time.time,
        *,
        rules: Rules | None = None,
        memory_seconds: float = _FOREVER,
    ) -> None:
        """Start empty; what a customer takes back is forgotten at once.

        ``clock`` gives Unix time in seconds; ``rules`` say what is kept, by default everything; ``memory_seconds``:
        after which a preference or a fact is forgotten that nobody confirmed.
        """
        rules = rules or Rules()
        self._shelf = MemoryShelf(consents, clock, episodes_kept(rules))
        super().__init__(self._shelf, self._shelf, rules, memory_seconds, clock)
        consents.withdrawn.append(self._shelf.withdrawn)

    def forget(self, principal: Principal | None, threads: Collection[str]) -> int:
        """See ``Forgetful``."""
        return self._shelf.forget(principal, threads)


def _who(principal: Principal) -> tuple[str, str]:
    return principal.tenant, principal.subject


__all__ = ["MemoryArchive", "MemoryShelf"]
