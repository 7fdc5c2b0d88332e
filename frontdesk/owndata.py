"""What tools can do with what the desk itself holds on the customer who asks (connector ``desk``)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from frontdesk.desk.config import Purpose
from frontdesk.desk.remembering import Memory
from frontdesk.graph.identity import Caller
from frontdesk.graph.memories import Memory as Remembered
from frontdesk.graph.memories import Note
from frontdesk.graph.persistence.life.purposes import MEMORY
from frontdesk.nodes.remember.learning.matching import meant, present
from frontdesk.nodes.remember.learning.notes import notes_of
from frontdesk.stores import Stores

NEWEST = 50
"""Conversations whose values are counted: a customer waits for the sum."""
FACTS = 10
"""Preferences and facts that the sum names; `memories` lists all."""


class StoredOwnData:
    """Implements :class:`frontdesk.tools.owndata.OwnData` over the stores."""

    def __init__(self, stores: Stores, purposes: Mapping[str, Purpose], rules: Memory | None = None) -> None:
        """Take the stores, the desk's purposes, and what it says of memory."""
        self._stores = stores
        self._purposes = purposes
        self._rules = rules or Memory()

    @property
    def purposes(self) -> Collection[str]:
        """See the protocol."""
        return self._purposes.keys()

    async def erase(self, caller: Caller) -> dict[str, Any]:
        """See the protocol. The request outlives a crash; the turn that made it is finished first."""
        return {"request": await self._stores.request_erasure(caller.principal, caller.thread_id)}

    async def export(self, caller: Caller) -> dict[str, Any]:
        """See the protocol. Memories are masked; values are counted, never told: a screen may have more readers."""
        stores, who = self._stores, caller.principal
        threads = await stores.threads.threads_of(who)
        callers = [Caller(who, thread, caller.turn_id) for thread in threads[:NEWEST]]
        values = [len(await stores.vault.load(each, prolong=False)) for each in callers]
        facts = [each["text"] for each in present(await stores.archive.held(who)) if each["kind"] != "episode"]
        return {
            "conversations": len(threads),
            "details": sum(values),
            "remembers": (await stores.consents.basis(who, MEMORY)).allowed,
            "remembered": [*await stores.archive.recent(who), *facts[:FACTS]],
        }

    async def consent(self, caller: Caller, purpose: str, *, granted: bool) -> dict[str, Any]:
        """See the protocol."""
        word, removed = await self._stores.consents.record(caller.principal, purpose, granted=granted, how="chat")
        return {"granted": word.granted, "removed": removed}

    async def memories(self, caller: Caller) -> dict[str, Any]:
        """See the protocol."""
        who = caller.principal
        now = present(await self._stores.archive.held(who))
        listed = [
            {
                "number": at,
                "text": memory["text"],
                "said_on": datetime.fromtimestamp(memory["at"], UTC).date().isoformat(),
            }
            for at, memory in enumerate(now, 1)
        ]
        return {"remembers": (await self._stores.consents.basis(who, MEMORY)).allowed, "memories": listed}

    async def matched(self, caller: Caller, what: str) -> list[str]:
        """See the protocol."""
        held = await self._stores.archive.held(caller.principal)
        return [memory["text"] for memory in meant(what, held, caller.thread_id)]

    async def forget(self, caller: Caller, what: str) -> list[str]:
        """See the protocol. What cannot be removed, because others write to it all the time, is not said to be gone."""
        archive, who = self._stores.archive, caller.principal
        found = meant(what, await archive.held(who), caller.thread_id)
        await archive.drop(who, [memory["id"] for memory in found])
        left = {memory["id"] for memory in await archive.held(who)}
        return [memory["text"] for memory in found if memory["id"] not in left]

    async def correct(self, caller: Caller, what: str) -> list[dict[str, str]]:
        """See the protocol. What was wrong is gone, and does not stay as history."""
        who, archive = caller.principal, self._stores.archive
        notes = notes_of(what, self._rules)
        old = {memory["about"]: memory for memory in present(await archive.held(who)) if memory["about"]}
        changes: list[dict[str, str]] = []
        for note in notes:
            before = old.get(note["about"])
            if await self._put_right(caller, before, note):
                changes.append({"before": before["text"] if before else "", "after": note["text"]})
        return changes

    async def _put_right(self, caller: Caller, before: Remembered | None, note: Note) -> bool:
        """Tell whether anything changed: without consent nothing is kept, and nothing may be said to be."""
        who, archive = caller.principal, self._stores.archive
        if before is None:
            return not note.get("ended") and bool(await archive.learn(who, caller.thread_id, 1, [note]))
        if note.get("ended"):
            return bool(await archive.drop(who, [before["id"]]))
        return await archive.correct(who, before["id"], note["text"])
