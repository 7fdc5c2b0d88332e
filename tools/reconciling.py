"""Reconciliation: what became of a call that was begun and never settled.

By the contract's ``idempotency``: a remote side that recognises keys is sent the same one again; else the lookup is
asked; else a person has to look. One process does it at a time: it holds the ledger's entry meanwhile.

======================================  ===============================================================
the lookup                              then
======================================  ===============================================================
says yes, and the record is a result    settled with that record; it is the answer from now on
says yes, in other words                a person: that it went through is told, its details are not known
says no, long enough after it was sent  run again, under the same key and a new token
says no, but it may still be under way  unknown
fails                                   unknown
======================================  ===============================================================
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any, Literal

from frontdesk.errors import ToolError, ToolFailedError, ToolRefusedError
from frontdesk.tools.attempts import Attempt, LostError, lease_of, take
from frontdesk.tools.contract import Lookup
from frontdesk.tools.jobs import Job
from frontdesk.tools.ledger import Entry, Ledger
from frontdesk.tools.reasons import happened, unknown
from frontdesk.tools.writing import Writer

logger = logging.getLogger(__name__)

Told = Literal["happened", "not_happened", "too_early", "no_answer"]
"""What a lookup says of a write."""


class Reconciler:
    """Settles open calls."""

    def __init__(self, writer: Writer, clock: Callable[[], float]) -> None:
        """Take what sends effects, and the time in Unix seconds."""
        self._writer = writer
        self._clock = clock

    async def settle(self, ledger: Ledger, job: Job, entry: Entry) -> tuple[str, bool]:
        """Find out what became of a call.

        Args:
            ledger: Where it stands.
            job: The call.
            entry: Its open entry, which nobody holds.

        Returns:
            The result as JSON, and whether nothing was executed for it now.

        Raises:
            ToolUnknownError: nobody knows, or it went through and nobody knows the details.
            ToolRefusedError, ToolFailedError: it had not happened, and does not now.
            LostError: somebody else has it.
        """
        idempotency = job.contract.idempotency
        if not idempotency.remote and idempotency.lookup is None:
            if entry.state == "executing":
                await Attempt(ledger, job, entry, self._clock).doubt()
            raise unknown(job.contract.name)
        try:
            attempt = await take(ledger, job, entry, self._clock)
        except ToolFailedError as error:
            raise unknown(job.contract.name) from error
        if idempotency.remote or idempotency.lookup is None:
            content = await self._writer.again(attempt)
            await self._told(attempt, "same_key")
            return content, False
        return await self._looked_up(attempt, idempotency.lookup)

    async def look(self, ledger: Ledger, job: Job, entry: Entry) -> Told | Literal["settled", "no_lookup"]:
        """Ask what became of a call, and send nothing: nobody is there who waits for it.

        Returns:
            ``settled``: the lookup's record is the result now; ``happened``: it went through, in other words;
            ``no_lookup``: the contract has none; or what the lookup says.

        Raises:
            LostError: somebody else has it.
            ToolFailedError: the ledger did not answer.
        """
        lookup = job.contract.idempotency.lookup
        if lookup is None:
            return "no_lookup"
        attempt = await take(ledger, job, entry, self._clock)
        told, record = await self._ask(attempt, lookup)
        await self._told(attempt, f"lookup:{told}")
        try:
            content = self._writer.runner.content(job, record) if told == "happened" else ""
        except ToolError:
            content = ""
        if content:
            await attempt.settle(content)
            return "settled"
        await attempt.doubt()
        return told

    async def _looked_up(self, attempt: Attempt, lookup: Lookup) -> tuple[str, bool]:
        name = attempt.job.contract.name
        told, record = await self._ask(attempt, lookup)
        await self._told(attempt, f"lookup:{told}")
        if told == "not_happened":
            return await self._writer.first(attempt, "after_lookup"), False
        if told != "happened":
            await attempt.doubt()
            raise unknown(name)
        try:
            content = self._writer.runner.content(attempt.job, record)
        except ToolError as error:
            await attempt.doubt()
            raise happened(name) from error
        await attempt.settle(content)
        return content, True

    async def _ask(self, attempt: Attempt, lookup: Lookup) -> tuple[Told, Mapping[str, Any]]:
        job = attempt.job
        try:
            record = await self._writer.runner.read(job, lookup.options, attempt.ledger.key(job.id))
        except ToolRefusedError as error:
            return ("no_answer" if error.reason != "not_found" else self._absent(attempt, lookup)), {}
        except ToolError:
            return "no_answer", {}
        if record and all(record.get(field) in values for field, values in lookup.happened.items()):
            return "happened", record
        return self._absent(attempt, lookup), {}

    def _absent(self, attempt: Attempt, lookup: Lookup) -> Told:
        """What it means that the write is not there: before its time is over, nothing."""
        sure = attempt.held.begun + lease_of(attempt.job) + lookup.sure_after
        return "not_happened" if self._clock() >= sure else "too_early"

    async def _told(self, attempt: Attempt, reason: str) -> None:
        """Write down what was found out. It is true whether or not the audit takes it, and any effect has its own."""
        try:
            await self._writer.note(attempt, "reconciled", reason)
        except ToolFailedError:
            logger.warning("tool %s: reconciled, and the audit did not take it", attempt.job.contract.name)


__all__ = ["LostError", "Reconciler", "Told"]
