"""Runs allowed calls: reads at once, writes once."""

from __future__ import annotations

import asyncio
import json
import logging
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from frontdesk.errors import ToolError, ToolUnknownError
from frontdesk.tools.audit import Audit, LogAudit, Record
from frontdesk.tools.authority import check_record
from frontdesk.tools.backend import Backend, Invocation
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.ledger import CallId, Entry, Ledger, MemoryLedger
from frontdesk.tools.reasons import failed, fill, refused, unknown
from frontdesk.tools.schema import Schema

logger = logging.getLogger(__name__)

GRACE = 5.0
"""Seconds that a reservation outlives its contract's timeout."""
POLL = 0.02
"""Seconds between two looks at a call that somebody else is running."""


@dataclass(frozen=True, slots=True)
class Job:
    """One allowed call."""

    contract: ToolContract
    id: CallId
    masked: Mapping[str, Any]
    """Arguments with placeholders, without the owner: for texts."""
    values: Mapping[str, Any] = field(repr=False)
    """Arguments with real values and the owner; no debug line repeats them."""


class Executor:
    """Everything behind the decision that a call may run."""

    def __init__(
        self,
        backends: Mapping[str, Backend],
        outputs: Mapping[str, Schema],
        ledger: Ledger,
        audit: Audit,
        clock: Callable[[], float],
    ) -> None:
        """Take backends by kind, output schemas by tool, and the stores for stateful calls."""
        self._backends = backends
        self._outputs = outputs
        self._ledger = ledger
        self._audit = audit
        self._clock = clock
        self._local_ledger = MemoryLedger()
        self._log_audit = LogAudit()

    async def record(self, record: Record) -> None:
        """Write a decision down: in the audit's store, or in the log for a stateless call."""
        audit: Audit = self._audit if record.call.caller.stateful else self._log_audit
        await audit.record(record)

    async def read(self, job: Job) -> str:
        """Run a read and return its result as JSON. ToolError: refused, or failed."""
        try:
            result = await self._run(job, key="")
        except ToolUnknownError as error:
            raise failed(job.contract.name) from error
        check_record(job.contract, result, job.id.caller.principal, job.masked, partial=False)
        return self._content(job, result)

    async def once(self, job: Job) -> tuple[str, bool]:
        """Run a write, or find out that it ran.

        Returns:
            The result as JSON, and whether it came from the ledger (then nothing was executed now).

        Raises:
            ToolRefusedError, ToolFailedError: nothing happened, and the call may be made again.
            ToolUnknownError: it may have happened; unless the contract is idempotent it is never run again.
        """
        ledger: Ledger = self._ledger if job.id.caller.stateful else self._local_ledger
        entry = await self._reserve(ledger, job)
        if entry is None:
            return await self._first(ledger, job), False
        if entry.state == "settled":
            return entry.content, True
        if not job.contract.idempotent:
            if entry.state == "reserved":
                await ledger.write(job.id, Entry("unknown"))
            raise unknown(job.contract.name)
        return await self._again(ledger, job), False

    async def precheck(self, job: Job) -> dict[str, Any]:
        """Look up what the contract's ``precheck`` names and return the record (empty without one).

        Raises:
            ToolRefusedError: no such record, somebody else's, or in a state in which the call cannot be made.
        """
        check = job.contract.precheck
        if check is None:
            return {}
        try:
            record = await self._run(job, key="", options=check.options)
        except ToolUnknownError as error:
            raise failed(job.contract.name) from error
        owner = job.contract.owner
        bound = owner is None or owner.argument is not None
        check_record(job.contract, record, job.id.caller.principal, job.masked, partial=bound)
        for rule in check.rules:
            if all(record.get(field) in allowed for field, allowed in rule.when.items()):
                raise refused(job.contract.name, rule.reason, fill(rule.message, {**record, **job.masked}))
        return record

    async def _reserve(self, ledger: Ledger, job: Job) -> Entry | None:
        """Reserve; while somebody else runs the same call within its lease, wait for what it comes to."""
        lease = job.contract.timeout + GRACE
        for _ in range(math.ceil(lease / POLL)):
            now = self._clock()
            entry = await ledger.reserve(job.id, now + lease)
            if entry is None or entry.state != "reserved" or now >= entry.until:
                return entry
            await asyncio.sleep(POLL)
        return entry

    async def _first(self, ledger: Ledger, job: Job) -> str:
        try:
            await self.precheck(job)
            await self.record(Record(self._clock(), job.id, "executing"))
            result = await self._run(job, key=ledger.key(job.id))
        except ToolUnknownError:
            await ledger.write(job.id, Entry("unknown"))
            raise
        except ToolError:
            await ledger.release(job.id)
            raise
        return await self._settled(ledger, job, result)

    async def _again(self, ledger: Ledger, job: Job) -> str:
        """Send the same key again to a remote side that recognises it.

        No precheck: the effect may be there already, and would refuse itself. No release: a refusal now does not
        say that nothing happened then.
        """
        await self.record(Record(self._clock(), job.id, "executing", "same_key"))
        try:
            result = await self._run(job, key=ledger.key(job.id))
        except ToolError as error:
            await ledger.write(job.id, Entry("unknown"))
            raise unknown(job.contract.name) from error
        return await self._settled(ledger, job, result)

    async def _settled(self, ledger: Ledger, job: Job, result: Mapping[str, Any]) -> str:
        try:
            check_record(job.contract, result, job.id.caller.principal, job.masked, partial=False)
            content = self._content(job, result)
        except ToolError as error:
            # It did happen, and what came back cannot be trusted to say what: a person has to look.
            await ledger.write(job.id, Entry("unknown"))
            raise unknown(job.contract.name, error.reason) from error
        try:
            await ledger.write(job.id, Entry("settled", content=content))
        except ToolUnknownError:
            # The effect is certain here and now; only a repetition would find it unknown, which is the safe side.
            logger.warning("tool %s: done, but the ledger did not take the result", job.contract.name)
        return content

    async def _run(self, job: Job, key: str, options: Mapping[str, Any] | None = None) -> dict[str, Any]:
        contract = job.contract
        who, turn = job.id.caller.principal, (job.id.caller.thread_id, job.id.caller.turn_id)
        call = Invocation(contract.name, job.values, who.subject, self._clock(), key, who.tenant, *turn)
        backend = self._backends[contract.connector.kind]
        try:
            async with asyncio.timeout(contract.timeout):
                result = await backend.run(contract.connector.options if options is None else options, call)
        except ToolError as error:
            raise self._worded(job, error) from error
        except Exception as error:  # noqa: BLE001 - a desk's own function may raise anything; it may have had its effect
            logger.warning("tool %s: %s", contract.name, type(error).__name__)
            raise unknown(contract.name, "timeout" if isinstance(error, TimeoutError) else "crashed") from None
        if not isinstance(result, dict):
            raise unknown(contract.name, "bad_output")
        return result

    def _worded(self, job: Job, error: ToolError) -> ToolError:
        """Give a backend's reason the contract's words."""
        text = job.contract.missing if error.reason == "not_found" else str(error)
        return type(error)(job.contract.name, error.reason, fill(text, job.masked))

    def _content(self, job: Job, result: Mapping[str, Any]) -> str:
        if self._outputs[job.contract.name].problems(result):
            raise failed(job.contract.name, "bad_output")
        try:
            return json.dumps(result, ensure_ascii=False, allow_nan=False)
        except (TypeError, ValueError):
            raise failed(job.contract.name, "bad_output") from None
