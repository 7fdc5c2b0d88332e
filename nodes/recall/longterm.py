"""Long-term memory of one customer, over any shelf: learning, searching, correcting, forgetting."""

from __future__ import annotations

import asyncio
import logging
import random
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from frontdesk.desk.remembering import Memory as Rules
from frontdesk.desk.remembering import MemoryKind
from frontdesk.graph.deps import Embedder
from frontdesk.graph.identity import Principal
from frontdesk.graph.memories import Memory, Note
from frontdesk.graph.persistence.life.purposes import MEMORY
from frontdesk.nodes.recall.episodes import KEPT
from frontdesk.nodes.recall.finding import found
from frontdesk.nodes.recall.kept import Kept, sound
from frontdesk.nodes.recall.merging import bounded, group, merge, told
from frontdesk.nodes.recall.shelf import Change, Episodes, Held, Shelf, Written, aside
from frontdesk.nodes.recall.vectors import Vectors, vector_of

_log = logging.getLogger(__name__)

TRIES = 20
"""Times that a change is worked out anew because somebody else was quicker."""
_APART = 1e-6
"""Seconds between two things of one message, so that the later one holds."""
_PAUSE = 0.001
"""Seconds at most before the second try; twice as much before each further one, up to 64 times that."""


@dataclass
class LongMemory:
    """Implements :class:`frontdesk.graph.deps.Archive`."""

    episodes: Episodes
    shelf: Shelf
    rules: Rules
    seconds: float
    """After which a preference or a fact is forgotten that nobody confirmed."""
    clock: Callable[[], float] = time.time
    """Unix time in seconds."""
    embedder: Embedder | None = None
    """Makes vectors of what is learnt; set by the assembly, which opens it after the stores."""

    async def recent(self, principal: Principal, limit: int = 3) -> list[str]:
        """See ``Archive``."""
        return await self.episodes.recent(principal, limit) if "episode" in self.rules.kinds else []

    async def add(self, principal: Principal, thread_id: str, episode: str, purpose: str = MEMORY) -> None:
        """See ``Archive``; ``purpose``: what it is kept for."""
        if "episode" in self.rules.kinds:
            await self.episodes.add(principal, thread_id, sound(episode), purpose)

    async def learn(self, principal: Principal, thread_id: str, turn: int, notes: Sequence[Note]) -> int:
        """See ``Archive``. What the desk does not keep, or is not certain enough of, is left out."""
        rules, now = self.rules, self.clock()
        wanted = [note for note in notes if note["kind"] in rules.kinds and note["confidence"] >= rules.confidence]
        for note in wanted if principal.signed_in else ():
            if note["kind"] == "episode":
                await self.add(principal, thread_id, note["text"])
        wanted = [note for note in wanted if note["kind"] != "episode"]
        vectors = Vectors(self.embedder)
        for attempt in range(TRIES if principal.signed_in and wanted else 0):
            held = await _anew(self.shelf, principal, attempt)
            if not held.basis.allowed:
                return 0
            new = [
                self._item(note, thread_id, turn, min(note.get("at", now), now) + place * _APART, held)
                for place, note in enumerate(wanted)
                if note.get("at", now) > held.dropped
            ]
            after, count = self._learnt(held, new, now)
            after = await vectors.given(after)
            change = _difference(held.items, after)
            if not change.put and not change.remove:
                return 0
            written = await self.shelf.write(principal, thread_id, held, change)
            if written is not Written.STALE:
                return count if written is Written.DONE else 0
        if wanted and principal.signed_in:
            _log.warning("nothing was learnt: somebody else changed the same too often")
        return 0

    async def search(self, principal: Principal, query: str, *, thread_id: str = "", limit: int = 5) -> list[Memory]:
        """See ``Archive``."""
        if not principal.signed_in or limit < 1:
            return []
        held = await self.shelf.read(principal)
        usable = [item for item in [*held.items.values(), *held.episodes] if self._usable(item, held)]
        vector = await vector_of(self.embedder, query) if any(item.vector for item in usable) else None
        digest = self.embedder.digest() if self.embedder else ""
        rank = partial(found, usable, query, thread=thread_id, vector=vector, digest=digest, limit=limit)
        return await aside(len(usable), partial(rank, now=self.clock()))

    async def held(self, principal: Principal) -> list[Memory]:
        """See ``Archive``; also what is not used any more."""
        return [item.memory() for item in await self.everything(principal)]

    async def everything(self, principal: Principal) -> list[Kept]:
        """Return what :meth:`held` does, with all that is kept beside it."""
        if not principal.signed_in:
            return []
        held = await self.shelf.read(principal)
        return sorted([*told(held.items.values()), *held.episodes], key=lambda item: -item.at)

    async def correct(self, principal: Principal, memory_id: str, text: str) -> bool:
        """See ``Archive``. The old text is gone; the new one is the customer's, and certain."""
        vectors = Vectors(self.embedder)
        for attempt in range(TRIES if principal.signed_in and text.strip() else 0):
            held = await _anew(self.shelf, principal, attempt)
            item = next((each for each in _all(held) if each.id == memory_id and not each.ends), None)
            if item is None:
                return False
            plain = self._corrected(item, sound(text))
            if item.kind != "episode":
                plain = (await vectors.given({item.field: plain}))[item.field]
            if await self.shelf.write(principal, "", held, Change(put=[plain], own=True)) is Written.DONE:
                return True
        return False

    async def drop(self, principal: Principal, memory_ids: Sequence[str]) -> int:
        """See ``Archive``. What was said about the same before goes too, and what is just being learnt is not kept."""
        wanted = set(memory_ids)
        for attempt in range(TRIES if principal.signed_in and wanted else 0):
            held = await _anew(self.shelf, principal, attempt)
            groups = {group(item) for item in held.items.values() if item.id in wanted}
            gone = [item for item in held.items.values() if group(item) in groups]
            lines = [item for item in held.episodes if item.id in wanted]
            if not gone and not lines:
                return 0
            fields = [item.field for item in gone] + [f"{item.purpose}/{item.thread}" for item in lines]
            change = Change(remove=fields, forget=True, own=True)
            if await self.shelf.write(principal, "", held, change) is Written.DONE:
                return sum(not item.ends for item in gone) + len(lines)
        return 0

    def _corrected(self, item: Kept, text: str) -> Kept:
        plain = replace(item, text=text, confidence=1.0, source="customer", digest="", scale=0.0, vector=b"")
        if item.ended or item.kind == "episode":
            return plain
        # said just now: what was said before and is still being learnt does not undo it
        now = self.clock()
        return replace(plain, at=now, expires=now + self.seconds)

    def _learnt(self, held: Held, new: Sequence[Kept], now: float) -> tuple[dict[str, Kept], int]:
        after, count = dict(held.items), 0
        for item in new:
            after, changed = merge(after, item)
            count += changed
        return bounded(after, max(1, self.rules.kept - episodes_kept(self.rules)), now), count

    def _item(self, note: Note, thread: str, turn: int, at: float, held: Held) -> Kept:
        kind: MemoryKind = note["kind"]
        return Kept(
            id=uuid.uuid4().hex[:12],
            kind=kind,
            about=sound(note["about"]),
            text=sound(note["text"]),
            at=at,
            expires=at + self.seconds,
            consent=held.basis.reference,
            thread=thread,
            turn=turn,
            confidence=note["confidence"],
            source=note["source"],
            ends=note.get("ended", False),
        )

    def _usable(self, item: Kept, held: Held) -> bool:
        return item.purpose in held.allowed and item.kind in self.rules.kinds


def episodes_kept(rules: Rules) -> int:
    """Return how many of a customer's memories may be episodes."""
    return min(KEPT, max(1, rules.kept // 5))


async def _anew(shelf: Shelf, principal: Principal, attempt: int) -> Held:
    """Look, after a pause of chance length where somebody was quicker, so that two do not go on in step."""
    if attempt:
        await asyncio.sleep(random.uniform(0, _PAUSE * 2 ** min(attempt - 1, 6)))  # noqa: S311 - nothing is secret in it
    return await shelf.read(principal)


def _all(held: Held) -> list[Kept]:
    return [*held.items.values(), *held.episodes]


def _difference(before: Mapping[str, Kept], after: Mapping[str, Kept]) -> Change:
    put = [item for field, item in after.items() if before.get(field) != item]
    return Change(put, [field for field in before if field not in after])


__all__ = ["LongMemory", "episodes_kept"]
