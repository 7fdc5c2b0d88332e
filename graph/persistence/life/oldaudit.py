"""The audit's records whose time is over: the oldest part is cut off the chain, up to a mark that the deployment seals.

What a legal hold keeps stays where it is. Behind the first such record others go one by one, and leave what proves
their places; once the hold is lifted, these are cut off, too. Where the chain is broken, nothing is cut off any
further, so that the break stays to be seen; the bodies still go in time, one by one.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from redis.asyncio import Redis

from frontdesk.graph.persistence.life import anonymous
from frontdesk.graph.persistence.life.due import Swept
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.tools.auditing.chain import RETENTION
from frontdesk.tools.auditing.reading import Entry, RedisLog
from frontdesk.tools.auditing.removing import Removal
from frontdesk.tools.auditing.resealing import macs_of
from frontdesk.tools.auditing.walking import Check, Step, walk

PAGE = 500
"""Records that are taken in one step."""
_log = logging.getLogger(__name__)

Spares = Callable[[Mapping[str, str]], Awaitable[bool]]
"""Says of a stream's entry whether a legal hold keeps it."""


@dataclass(slots=True)
class _Page:
    cut: list[Entry] = field(default_factory=list)
    buried: list[Entry] = field(default_factory=list)
    spared: int = 0
    last: bool = False
    """Whether a record was met whose time is not over."""


class OldAudit:
    """Takes what is over its time out of the audit."""

    def __init__(self, client: Redis, sealer: Sealer) -> None:
        """Take a client and the deployment's sealer."""
        self._client, self._sealer = client, sealer
        self._log, self._removal = RedisLog(client), Removal(client, sealer)

    async def take(self, before: float, limit: int, spares: Spares, *, leave: bool) -> AsyncIterator[Swept]:
        """Take the records from before a time, page by page.

        Args:
            before: Unix time in seconds, by what the records themselves say.
            limit: Records to take at most, roughly: a page is finished.
            spares: Says which records a legal hold keeps.
            leave: Put what is left of each (codes and the hour) elsewhere.

        Yields:
            What was done with a page, in one step.
        """
        base, taken = await self._log.base(), 0
        check = Check(await macs_of(self._client, self._sealer), base)
        oldest = True
        async for steps in walk(self._log, check.verifier.follows, PAGE):
            if taken >= limit:
                yield Swept(complete=False)
                return
            page, oldest = await self._sorted(steps, check, before, spares, oldest)
            done = Swept(spared=page.spared)
            if gone := [*page.cut, *page.buried]:
                async with self._client.pipeline(transaction=True) as pipe:
                    for entry in gone if leave else ():
                        left: Any = anonymous.of_decision(entry.fields)
                        pipe.xadd(anonymous.STREAM, left, maxlen=anonymous.LENGTH)
                    if page.cut:
                        base = await self._removal.cut(base, page.cut, pipe)
                    await self._removal.bury(page.buried, RETENTION, pipe)
                    await pipe.execute()
                done.upto = base.seq if page.cut and base else 0
                (done.anonymised if leave else done.deleted).update(Counter(audit=len(gone)))
            taken += len(gone)
            yield done
            if page.last:
                break
        if check.told.fault:
            _log.error("the audit's chain is broken: %s; nothing is cut off from there on", check.told.fault.what)

    async def _sorted(
        self, steps: list[Step], check: Check, before: float, spares: Spares, oldest: bool
    ) -> tuple[_Page, bool]:
        """Return what becomes of a page, and whether what follows may still be cut off."""
        page = _Page()
        for step in steps:
            if step.entry and (step.entry.at is None or step.entry.at >= before):
                page.last = True
                break
            oldest = oldest and check.page([step]) == 1
            if step.entry is None:
                continue
            if await spares(step.entry.fields):
                page.spared += 1
                oldest = False
            else:
                (page.cut if oldest else page.buried).append(step.entry)
        return page, oldest
