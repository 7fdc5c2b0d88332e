"""Runs allowed calls: reads at once, writes once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Any

from frontdesk.errors import ToolUnknownError
from frontdesk.tools.attempts import GRACE, Attempt, LostError, lease_of, take
from frontdesk.tools.audit import Audit, LogAudit, Record
from frontdesk.tools.backend import Backend
from frontdesk.tools.jobs import Job
from frontdesk.tools.ledger import Entry, Ledger, MemoryLedger
from frontdesk.tools.reasons import unknown
from frontdesk.tools.reconciling import Reconciler
from frontdesk.tools.running import Runner
from frontdesk.tools.schema import Schema
from frontdesk.tools.writing import Admit, Stand, Writer

POLL = 0.02
"""Seconds between the first two looks at a call that somebody else is running."""
SLOWEST = 0.25
"""Seconds between two looks at most."""


class Executor:
    """Everything behind the decision that a call may run."""

    def __init__(
        self,
        backends: Mapping[str, Backend],
        outputs: Mapping[str, Schema],
        ledger: Ledger,
        audit: Audit,
        clock: Callable[[], float],
        admit: Admit | None = None,
        stand: Stand | None = None,
    ) -> None:
        """Take backends by kind, output schemas by tool, the stores for stateful calls, and the time (Unix seconds).

        ``admit`` counts a write that is about to be sent; what the ledger answers is not counted. ``stand`` holds it
        against its record before that.
        """
        self._ledger = ledger
        self._audit = audit
        self._clock = clock
        self._local_ledger = MemoryLedger()
        self._log_audit = LogAudit()
        self._runner = Runner(backends, outputs, clock)
        self._writer = Writer(self._runner, self.record, clock, admit, stand)
        self._reconciler = Reconciler(self._writer, clock)

    async def record(self, record: Record) -> None:
        """Write a decision down: in the audit's store, or in the log for a stateless call."""
        audit: Audit = self._audit if record.call.caller.stateful else self._log_audit
        await audit.record(record)

    async def read(self, job: Job) -> str:
        """Run a read and return its result as JSON. ToolError: refused, or failed."""
        return self._runner.content(job, await self._runner.read(job, job.contract.connector.options))

    async def precheck(self, job: Job) -> dict[str, Any]:
        """Look up what the contract's ``precheck`` names and return the record (empty without one).

        Raises:
            ToolRefusedError: no such record, somebody else's, or in a state in which the call cannot be made.
        """
        return await self._runner.precheck(job)

    async def once(self, job: Job) -> tuple[str, bool]:
        """Run a write, or find out that it ran: the first result is the answer, whoever asks, and however often.

        Returns:
            The result as JSON, and whether nothing was executed for it now.

        Raises:
            ToolRefusedError, ToolFailedError: nothing happened, and the call may be made again.
            ToolUnknownError: it may have happened; it is reconciled when it is asked for again, never blindly run.
        """
        ledger: Ledger = self._ledger if job.id.caller.stateful else self._local_ledger
        patience, pause = time.monotonic() + 2 * lease_of(job), POLL
        while True:
            now = self._clock()
            entry, ours = await ledger.reserve(job.id, now + lease_of(job))
            if entry.state == "settled":
                return entry.content, True
            if ours or not entry.held(now):
                try:
                    return await self._run(ledger, job, entry, ours=ours)
                except LostError:
                    pause = POLL
            elif time.monotonic() > patience:
                raise unknown(job.contract.name, "in_progress")
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, SLOWEST)

    async def begun(self, job: Job) -> bool:
        """Whether a write has its result already, or may have happened; ToolError: the ledger cannot be read."""
        ledger: Ledger = self._ledger if job.id.caller.stateful else self._local_ledger
        entry = await ledger.find(job.id)
        return entry is not None and (entry.open or entry.state == "settled")

    async def look(self, job: Job, entry: Entry) -> str:
        """Ask what became of an open call that nobody asks about any more, and send nothing; ``Reconciler.look``."""
        return await self._reconciler.look(self._ledger, job, entry)

    async def _run(self, ledger: Ledger, job: Job, entry: Entry, *, ours: bool) -> tuple[str, bool]:
        if entry.open:
            return await self._reconciler.settle(ledger, job, entry)
        # a reservation whose lease ended was never begun
        attempt = Attempt(ledger, job, entry, self._clock) if ours else await take(ledger, job, entry, self._clock)
        try:
            return await self._writer.first(attempt), False
        except ToolUnknownError:
            if job.contract.idempotency.lookup is None or job.contract.idempotency.remote:
                raise
        # The remote side may have it already: then the customer need not wait for a person.
        return await self._reconciler.settle(ledger, job, attempt.held)


__all__ = ["GRACE", "Executor", "Job"]
