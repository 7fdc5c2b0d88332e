"""One write, sent once: look first, mark it, send it, keep what came."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from frontdesk.errors import ToolError, ToolUnknownError
from frontdesk.tools.attempts import Attempt
from frontdesk.tools.audit import Decided, Record
from frontdesk.tools.jobs import Job
from frontdesk.tools.reasons import unknown
from frontdesk.tools.running import Runner

Write = Callable[[Record], Awaitable[None]]
"""Appends to the audit. ToolFailedError: it could not be written."""


Admit = Callable[[Job], Awaitable[None]]
"""Counts a call that is about to be sent. ToolError: too many were; nothing is sent."""
Stand = Callable[[Job, Mapping[str, Any]], None]
"""Holds a call against the record that its precheck finds now. ToolRefusedError: it is not what was agreed to."""


class Writer:
    """Sends effects."""

    def __init__(
        self,
        runner: Runner,
        record: Write,
        clock: Callable[[], float],
        admit: Admit | None = None,
        stand: Stand | None = None,
    ) -> None:
        """Take what runs calls, writes the audit, tells the time (Unix seconds), counts calls, and looks once more."""
        self.runner = runner
        self._record = record
        self._clock = clock
        self._admit = admit
        self._stand = stand

    async def note(self, attempt: Attempt, decision: Decided, reason: str = "") -> None:
        """Write a decision down. ToolFailedError: it could not be."""
        await self._record(Record(self._clock(), attempt.job.id, decision, reason))

    async def first(self, attempt: Attempt, reason: str = "") -> str:
        """Run a call that nothing was sent of, or of which it is certain that nothing happened.

        Returns:
            The result as JSON.

        Raises:
            ToolRefusedError, ToolFailedError: nothing happened, and the call may be made again.
            ToolUnknownError: it may have happened.
            LostError: somebody else has it.
        """
        try:
            record = await self.runner.precheck(attempt.job)
            if self._stand is not None:
                self._stand(attempt.job, record)
            if self._admit is not None:
                await self._admit(attempt.job)
            await self.note(attempt, "executing", reason)
            result = await self.runner.effect(attempt.job, await attempt.begin())
        except ToolUnknownError:
            await attempt.doubt()
            raise
        except ToolError:
            await attempt.give_back()
            raise
        return await self._settled(attempt, result)

    async def again(self, attempt: Attempt) -> str:
        """Send the same key again to a remote side that recognises it.

        No precheck: the effect may be there already, and would refuse itself. Nothing is given back: a refusal now
        does not say that nothing happened then.

        Raises:
            ToolUnknownError: it may have happened.
            LostError: somebody else has it.
        """
        try:
            await self.note(attempt, "executing", "same_key")
            result = await self.runner.effect(attempt.job, await attempt.begin())
        except ToolError as error:
            await attempt.doubt()
            raise unknown(attempt.job.contract.name) from error
        return await self._settled(attempt, result)

    async def _settled(self, attempt: Attempt, result: Mapping[str, Any]) -> str:
        try:
            content = self.runner.content(attempt.job, result)
        except ToolError as error:
            # It did happen, and what came back cannot be trusted to say what: a person has to look.
            await attempt.doubt()
            raise unknown(attempt.job.contract.name, error.reason) from error
        await attempt.settle(content)
        return content
