"""The whole chain in its order: the stream's records, and between them what is left of those that are gone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

from redis.asyncio import Redis

from frontdesk.tools.auditing.chain import CHAINED, Link, Macs, Mark
from frontdesk.tools.auditing.reading import PAGE, Entry, RedisLog
from frontdesk.tools.auditing.verifying import Told, Verifier

TRIES = 3
"""Times that reading begins anew because a sweep cut off the oldest part meanwhile."""


@dataclass(frozen=True, slots=True)
class Step:
    """One place of the chain."""

    link: Link | None
    entry: Entry | None
    """What the stream has there; None: nothing any more."""


async def walk(log: RedisLog, follows: int, count: int = PAGE) -> AsyncIterator[list[Step]]:
    """Yield the places from number ``follows`` on, page by page; what is missing is just not there.

    Entries without a chain come as they stand, too.
    """
    async for page in log.entries(count):
        steps = []
        for entry in page:
            link = entry.link
            if link and link.seq > follows:
                async for rest in log.rests(follows, link.seq - 1):
                    steps.append(Step(rest, None))
                    follows = rest.seq + 1
            if link and link.seq == follows:
                follows += 1
            steps.append(Step(link, entry))
        yield steps
    head = await log.head()
    if head and head.seq >= follows:
        yield [Step(rest, None) async for rest in log.rests(follows, head.seq)]


class Check:
    """Verifies the chain in Redis while it is walked over, with entries that stand before it."""

    def __init__(self, macs: Macs, base: Mark | None, anchor: Mark | None = None) -> None:
        """Take the deployment's keys, what was cut off, and a head that was kept elsewhere."""
        self.verifier = Verifier(macs, base, anchor)
        self.verifier.begin(base)
        self._base = base
        self._begun = False

    @property
    def told(self) -> Told:
        """What was found so far."""
        return self.verifier.told

    def page(self, steps: list[Step]) -> int:
        """Check a page; return how many of its places are good."""
        for place, step in enumerate(steps):
            if self._early(step):
                continue
            if self.verifier.feed(step.link) is None:
                continue
            fault = self.told.fault
            if fault and fault.what == "removed":  # it may only stand in another place
                self.told.fault = None
                self.verifier.feed(step.link, (later.link.seq for later in steps[place + 1 :] if later.link))
            return place
        return len(steps)

    def _early(self, step: Step) -> bool:
        """Tell whether an entry stands before the chain; the first record says how many may."""
        if self._begun or (self.told.fault and self._base is None):
            return False
        if step.link is None:
            self.told.unchained += 1
            return True
        self._begun = True
        body = step.link.body or {}
        said = body.get("reason", "").partition(":")[2] if body.get("decision") == CHAINED else "0"
        known = self._base is not None or step.link.body is None
        if not known and self.told.unchained > (int(said) if said.isascii() and said.isdigit() else 0):
            self.verifier.feed(None)
        return False


async def check(client: Redis, macs: Macs, anchor: Mark | None = None) -> Told:
    """Verify the chain in Redis, while others may append to it."""
    log = RedisLog(client)
    for _ in range(TRIES):
        base, before = await log.base(), await log.head()
        checked = Check(macs, base, anchor)
        async for steps in walk(log, checked.verifier.follows):
            if checked.page(steps) < len(steps):
                break
        told = checked.verifier.end(before, await log.head())
        if not told.fault or await log.base() == base:
            break
    return told
