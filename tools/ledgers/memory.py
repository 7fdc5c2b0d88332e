"""The ledger of one process."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Collection
from typing import NamedTuple

from frontdesk.graph.identity import Principal
from frontdesk.graph.persistence.erasure.forgetful import drop
from frontdesk.tools.ledgers.entries import CallId, Entry, OpenCall, new_token


class _Kept(NamedTuple):
    call: CallId
    entry: Entry


class MemoryLedger:
    """For stateless calls, ``FRONTDESK_REDIS=memory`` and tests. Keeps the newest entries, and every open one."""

    def __init__(self, limit: int = 10_000) -> None:
        """Take how many entries to keep."""
        self._limit = limit
        self._kept: OrderedDict[str, _Kept] = OrderedDict()

    def key(self, call: CallId) -> str:
        """See :class:`Ledger`."""
        return hashlib.sha256(call.text.encode()).hexdigest()

    async def reserve(self, call: CallId, until: float) -> tuple[Entry, bool]:
        """See :class:`Ledger`; atomic because nothing is awaited."""
        key = self.key(call)
        if key in self._kept:
            return self._kept[key].entry, False
        entry = Entry("reserved", until, token=new_token())
        self._kept[key] = _Kept(call, entry)
        self._bound()
        return entry, True

    async def find(self, call: CallId) -> Entry | None:
        """See :class:`Ledger`."""
        kept = self._kept.get(self.key(call))
        return kept.entry if kept else None

    async def swap(self, call: CallId, seen: Entry, new: Entry) -> Entry | None:
        """See :class:`Ledger`."""
        key = self.key(call)
        if key not in self._kept or self._kept[key].entry != seen:
            return None
        self._kept[key] = _Kept(call, new)
        return new

    async def remove(self, call: CallId, seen: Entry) -> bool:
        """See :class:`Ledger`."""
        key = self.key(call)
        if key in self._kept and self._kept[key].entry != seen:
            return False
        self._kept.pop(key, None)
        return True

    async def begun(self, before: float, limit: int) -> list[OpenCall]:
        """See :class:`Ledger`."""
        found = [OpenCall(*kept) for kept in self._kept.values() if kept.entry.open and kept.entry.begun < before]
        return sorted(found, key=lambda item: item.entry.begun)[:limit]

    def forget(self, principal: Principal | None, threads: Collection[str]) -> int:
        """Drop the entries of threads; return how many went."""
        doomed = {key for key, kept in self._kept.items() if kept.call.caller.thread_id in threads}
        return drop(self._kept, lambda key: key in doomed)

    def _bound(self) -> None:
        """Let the oldest entries go. An open one stays, however old: without it the call would run again."""
        surplus = len(self._kept) - self._limit
        if surplus > 0:
            for key in [key for key, kept in self._kept.items() if not kept.entry.open][:surplus]:
                del self._kept[key]
