"""One holder's way with one call through the ledger."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace

from frontdesk.errors import ToolError, ToolFailedError
from frontdesk.tools.jobs import Job
from frontdesk.tools.ledger import Entry, Ledger, State
from frontdesk.tools.running import Sending

logger = logging.getLogger(__name__)

GRACE = 5.0
"""Seconds that a lease outlives its contract's timeout: the clocks of replicas may differ by less than this."""


class LostError(Exception):
    """Somebody else has the call by now: what the ledger says counts."""


@dataclass
class Attempt:
    """A call in our hands, for as long as the ledger has the entry that we hold."""

    ledger: Ledger
    job: Job
    held: Entry
    clock: Callable[[], float]
    _tried: Entry | None = field(default=None, init=False)
    """What :meth:`begin` was writing when the ledger did not answer: it may stand there."""

    @property
    def lease(self) -> float:
        """Seconds for which a call is ours, from now on."""
        return lease_of(self.job)

    async def begin(self) -> Sending:
        """Mark that the effect is about to be sent, and return what it is sent with.

        Raises:
            LostError: Somebody else has it; nothing may be sent.
            ToolFailedError: The ledger did not answer; nothing may be sent.
        """
        deadline, now = time.monotonic() + self.job.contract.timeout, self.clock()
        self._tried = replace(self.held, state="executing", until=now + self.lease, begun=now)
        self.held, self._tried = await self._swapped(self._tried), None
        return Sending(self.ledger.key(self.job.id), deadline)

    async def settle(self, content: str) -> None:
        """Keep the result; whoever asks gets it from now on.

        Where the lease ended in between and somebody marked the call as unknown, the result is what they did not know.
        An entry that is gone (evicted, flushed) is written anew: without it the effect would be sent once more.
        A ledger that does not answer is logged: the effect is certain here and now, and only a repetition would find
        it unknown, which is the safe side.

        Raises:
            LostError: Somebody else has it, or has settled it.
        """
        settled = Entry("settled", content=content, begun=self.held.begun)
        try:
            if await self.ledger.swap(self.job.id, self.held, settled):
                return
            if await self._put_back(settled, over={"reserved", "unknown"}):
                return
        except ToolError:
            logger.warning("tool %s: done, but the ledger did not take the result", self.job.contract.name)
            return
        raise LostError

    async def doubt(self) -> None:
        """Mark that it may have happened. LostError: somebody else has it.

        A ledger that does not answer leaves the mark of :meth:`begin`, which says the same once its lease is over. An
        entry that is gone is written anew, as in :meth:`settle`.
        """
        doubtful = replace(self.held, state="unknown", until=0.0)
        try:
            standing = await self.ledger.swap(self.job.id, self.held, doubtful)
            standing = standing or await self._put_back(doubtful, over={"reserved"})
            if standing is None:
                raise LostError
            self.held = standing
        except ToolFailedError:
            logger.warning("tool %s: unknown, and the ledger did not take it", self.job.contract.name)

    async def give_back(self) -> None:
        """Remove the entry because nothing happened. LostError: somebody else has it.

        A ledger that does not answer leaves an entry that is taken over, or looked up, once its lease is over.
        """
        try:
            if await self.ledger.remove(self.job.id, self.held):
                return
            if self._tried and await self.ledger.remove(self.job.id, self._tried):
                return
        except ToolError:
            logger.warning("tool %s: not done, and the ledger did not take it", self.job.contract.name)
            return
        raise LostError

    async def _put_back(self, new: Entry, over: Collection[State]) -> Entry | None:
        """Write what is known of an effect over nothing, or over the entry of somebody who has sent nothing yet.

        Returns:
            The entry as it stands; None where somebody else has begun.
        """
        found = await self.ledger.find(self.job.id)
        if found is None:
            found, _ = await self.ledger.reserve(self.job.id, self.clock() + self.lease)
        return await self.ledger.swap(self.job.id, found, new) if found.state in over else None

    async def _swapped(self, new: Entry) -> Entry:
        standing = await self.ledger.swap(self.job.id, self.held, new)
        if standing is None:
            raise LostError
        return standing


async def take(ledger: Ledger, job: Job, seen: Entry, clock: Callable[[], float]) -> Attempt:
    """Take over an entry that nobody holds. LostError: somebody else was faster. ToolFailedError: no ledger."""
    mine = await ledger.swap(job.id, seen, seen.taken(clock() + lease_of(job)))
    if mine is None:
        raise LostError
    return Attempt(ledger, job, mine, clock)


def lease_of(job: Job) -> float:
    """Return the seconds of a lease: as long as the call may take, and the grace."""
    return job.contract.timeout + GRACE
