"""Calls that were begun, never settled, and that nobody asks about again: found, looked up, sent again on request."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from frontdesk.errors import ToolError, ToolUnknownError
from frontdesk.graph.deps import Restore
from frontdesk.tools.attempts import LostError
from frontdesk.tools.audit import Decided, Record
from frontdesk.tools.authority import own
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.effects import Effects
from frontdesk.tools.execution import Executor
from frontdesk.tools.jobs import Job
from frontdesk.tools.ledger import CallId, Ledger, OpenCall

RestoreFor = Callable[[CallId], Awaitable[Restore]]
"""Returns what puts values back into a call's arguments, from the vault of its conversation."""

Became = Literal[
    "settled", "happened", "not_happened", "too_early", "no_answer", "no_lookup", "done", "unknown", "refused",
    "in_progress", "no_contract", "no_values", "open",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """One open call, and what became of it."""

    tool: str
    key: str
    """The call's idempotency key: the remote side knows it, and the audit's ``call`` field is the same text."""
    begun: float
    """Unix time in seconds when it was last sent, or about to be."""
    became: Became
    """``settled``, ``done``: it has its result. ``happened``: it went through, in other words than the contract's
    output. ``not_happened``, ``refused``: it did not happen. ``open``: nobody was asked. Else a person has to look."""


class OpenCalls:
    """The open calls of a desk."""

    def __init__(
        self,
        contracts: Mapping[str, ToolContract],
        executor: Executor | Effects,
        ledger: Ledger,
        clock: Callable[[], float],
    ) -> None:
        """Take contracts by name, what runs calls, the stateful callers' ledger, and the time in Unix seconds."""
        self._contracts = contracts
        self._executor = executor
        self._ledger = ledger
        self._clock = clock

    async def pending(self, limit: int = 100) -> list[OpenCall]:
        """Return open calls that nobody is at, the longest open first. ToolFailedError: the ledger did not answer."""
        now = self._clock()
        found = await self._ledger.begun(now, limit)
        return [each for each in found if not each.entry.held(now)]

    async def reconcile(self, restore_for: RestoreFor, *, send: bool = False, limit: int = 100) -> list[Found]:
        """Find out what became of pending calls.

        Args:
            restore_for: Gives the values of a call.
            send: Also send again: under the same key where the remote side recognises it, or after a lookup that says
                that it did not happen. Not for calls that a person may have dealt with by hand meanwhile.
            limit: Calls at most.

        Raises:
            ToolFailedError: the ledger did not answer.
        """
        return [self._told(each, await self._one(each, restore_for, send=send)) for each in await self.pending(limit)]

    async def listed(self, limit: int = 100) -> list[Found]:
        """Return pending calls as :meth:`reconcile` does, and ask nobody. ToolFailedError: no ledger."""
        return [self._told(each, "open") for each in await self.pending(limit)]

    def _told(self, each: OpenCall, became: Became) -> Found:
        return Found(each.call.tool, self._ledger.key(each.call), each.entry.begun, became)

    async def _one(self, found: OpenCall, restore_for: RestoreFor, *, send: bool) -> Became:
        contract = self._contracts.get(found.call.tool)
        if contract is None:
            return "no_contract"
        masked = json.loads(found.call.arguments)
        try:
            restored = (await restore_for(found.call))(masked)
            job = Job(contract, found.call, masked, own(contract, restored, found.call.caller.principal), cleared=True)
        except ToolError:
            return "no_values"
        try:
            return await (self._sent(job) if send else self._looked(job, found))
        except LostError:
            return "in_progress"

    async def _looked(self, job: Job, found: OpenCall) -> Became:
        became: Became = await self._executor.look(job, found.entry)  # type: ignore[assignment]
        return became

    async def _sent(self, job: Job) -> Became:
        decided: Decided = "done"
        became: Became = "done"
        reason = content = ""
        try:
            content, _ = await self._executor.once(job)
        except ToolUnknownError as error:
            became, decided, reason = ("happened" if error.reason == "happened" else "unknown"), "unknown", error.reason
        except ToolError as error:
            became, decided, reason = "refused", "refused", error.reason
        await self._executor.record(Record(self._clock(), job.id, decided, reason, result=content))
        return became
