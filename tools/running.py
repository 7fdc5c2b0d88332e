"""Runs one allowed call on its backend: in time, in the contract's words, again where that is allowed."""

from __future__ import annotations

import asyncio
import json
import logging
import math
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from frontdesk.errors import ToolError, ToolFailedError, ToolUnknownError
from frontdesk.tools.authority import check_record
from frontdesk.tools.backend import Backend, Invocation
from frontdesk.tools.jobs import Job
from frontdesk.tools.reasons import failed, fill, refused, unknown
from frontdesk.tools.retrying import may_repeat, pause
from frontdesk.tools.schema import Schema
from frontdesk.tools.sensitive import without

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sending:
    """What an effect is sent with."""

    key: str
    """The ledger's key."""
    deadline: float
    """``time.monotonic()`` seconds by which it must be over: the lease lasts longer."""


class Runner:
    """Backends behind contracts."""

    def __init__(
        self, backends: Mapping[str, Backend], outputs: Mapping[str, Schema], clock: Callable[[], float]
    ) -> None:
        """Take backends by kind, output schemas by tool, and the time in Unix seconds."""
        self._backends = backends
        self._outputs = outputs
        self._clock = clock

    async def precheck(self, job: Job) -> dict[str, Any]:
        """Look up what the contract's ``precheck`` names and return the record (empty without one).

        Raises:
            ToolRefusedError: no such record, somebody else's, or in a state in which the call cannot be made.
        """
        check = job.contract.precheck
        if check is None:
            return {}
        record = await self.read(job, check.options)
        owner = job.contract.owner
        bound = owner is None or owner.argument is not None
        check_record(job.contract, record, job.id.caller.principal, job.masked, partial=bound)
        told = without(record, job.contract.sensitive)
        for rule in check.rules:
            if not record.keys() >= rule.when.keys():
                # A state that the record does not tell is none that allows the call.
                raise failed(job.contract.name, "bad_output")
            if all(record.get(field) in allowed for field, allowed in rule.when.items()):
                raise refused(job.contract.name, rule.reason, fill(rule.message, {**told, **job.masked}))
        return told

    async def read(self, job: Job, options: Mapping[str, Any], key: str = "") -> dict[str, Any]:
        """Run what changes nothing, with the key of a write where it looks for that.

        Raises:
            ToolRefusedError, ToolFailedError: there is no result.
        """
        try:
            return await self._tried(job, options, None, key)
        except ToolUnknownError as error:
            raise failed(job.contract.name) from error

    async def effect(self, job: Job, sending: Sending) -> dict[str, Any]:
        """Run what changes something.

        Raises:
            ToolRefusedError, ToolFailedError: nothing happened, in no try.
            ToolUnknownError: it may have happened.
        """
        return await self._tried(job, job.contract.connector.options, sending, sending.key)

    def content(self, job: Job, result: Mapping[str, Any]) -> str:
        """Return a result as JSON, without its sensitive fields.

        Raises:
            ToolRefusedError, ToolFailedError: it is somebody else's, or not what the contract says.
        """
        check_record(job.contract, result, job.id.caller.principal, job.masked, partial=False)
        if self._outputs[job.contract.name].problems(result):
            raise failed(job.contract.name, "bad_output")
        try:
            return json.dumps(without(result, job.contract.sensitive), ensure_ascii=False, allow_nan=False)
        except (TypeError, ValueError):
            raise failed(job.contract.name, "bad_output") from None

    async def _tried(self, job: Job, options: Mapping[str, Any], sending: Sending | None, key: str) -> dict[str, Any]:
        """Try until it succeeds, or may not be tried again; all tries share the contract's timeout."""
        contract, doubt = job.contract, False
        end = sending.deadline if sending else time.monotonic() + contract.timeout
        call = self._invocation(job, key, sending.deadline if sending else math.inf)
        tried = 0
        while True:
            try:
                return await self._run(job, options, call, end)
            except ToolError as error:
                tried += 1
                doubt = doubt or isinstance(error, ToolUnknownError)
                wait = pause(contract, error, tried, random.random())  # noqa: S311 - spreads tries, guards nothing
                again = may_repeat(contract, error, tried, effect=sending is not None)
                if not again or time.monotonic() + wait >= end:
                    if doubt and not isinstance(error, ToolUnknownError):
                        # an earlier try may have had its effect, whatever this one came to
                        raise unknown(contract.name) from error
                    raise
            await asyncio.sleep(wait)
            job.notes[:] = [*(note for note in job.notes if not note.startswith("retried:")), f"retried:{tried}"]

    async def _run(self, job: Job, options: Mapping[str, Any], call: Invocation, end: float) -> dict[str, Any]:
        contract, name = job.contract, job.contract.name
        left = end - time.monotonic()
        if left <= 0:
            # The process was stopped on the way, and somebody else may have taken the call over: nothing is sent.
            raise failed(name)
        try:
            async with asyncio.timeout(left):
                result = await self._backends[contract.connector.kind].run(options, call)
        except ToolError as error:
            raise _worded(job, error) from error
        except Exception as error:  # noqa: BLE001 - a desk's own function may raise anything; it may have had its effect
            logger.warning("tool %s: %s", name, type(error).__name__)
            raise unknown(name, "timeout" if isinstance(error, TimeoutError) else "crashed") from None
        if not isinstance(result, dict):
            raise unknown(name, "bad_output")
        return result

    def _invocation(self, job: Job, key: str, deadline: float) -> Invocation:
        caller, who = job.id.caller, job.id.caller.principal
        turn = (caller.thread_id, caller.turn_id)
        return Invocation(job.contract.name, job.values, who.subject, self._clock(), key, who.tenant, *turn, deadline)


def _worded(job: Job, error: ToolError) -> ToolError:
    """Give a backend's reason the contract's words."""
    text = fill(job.contract.missing if error.reason == "not_found" else str(error), job.masked)
    if isinstance(error, ToolFailedError):
        return ToolFailedError(job.contract.name, error.reason, text, error.retry_after)
    return type(error)(job.contract.name, error.reason, text)
