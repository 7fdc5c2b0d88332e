"""What tools can do with what the desk itself holds on the customer who asks (connector ``desk``)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from frontdesk.desk.config import Purpose
from frontdesk.graph.identity import Caller
from frontdesk.graph.persistence.life.purposes import MEMORY
from frontdesk.stores import Stores

NEWEST = 50
"""Conversations whose values are counted: a customer waits for the sum."""


class StoredOwnData:
    """Implements :class:`frontdesk.tools.owndata.OwnData` over the stores."""

    def __init__(self, stores: Stores, purposes: Mapping[str, Purpose]) -> None:
        """Take the stores and the desk's purposes."""
        self._stores = stores
        self._purposes = purposes

    @property
    def purposes(self) -> Collection[str]:
        """See the protocol."""
        return self._purposes.keys()

    async def erase(self, caller: Caller) -> dict[str, Any]:
        """See the protocol. The request outlives a crash; the turn that made it is finished first."""
        return {"request": await self._stores.request_erasure(caller.principal, caller.thread_id)}

    async def export(self, caller: Caller) -> dict[str, Any]:
        """See the protocol. Episodes are masked; values are counted, never told: a screen may have more readers."""
        stores, who = self._stores, caller.principal
        threads = await stores.threads.threads_of(who)
        callers = [Caller(who, thread, caller.turn_id) for thread in threads[:NEWEST]]
        values = [len(await stores.vault.load(each, prolong=False)) for each in callers]
        return {
            "conversations": len(threads),
            "details": sum(values),
            "remembers": (await stores.consents.basis(who, MEMORY)).allowed,
            "remembered": await stores.archive.recent(who),
        }

    async def consent(self, caller: Caller, purpose: str, *, granted: bool) -> dict[str, Any]:
        """See the protocol."""
        word, removed = await self._stores.consents.record(caller.principal, purpose, granted=granted, how="chat")
        return {"granted": word.granted, "removed": removed}
