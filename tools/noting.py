"""What the gateway writes down of a call's end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from frontdesk.errors import ToolFailedError
from frontdesk.graph.deps import ToolResult
from frontdesk.tools.audit import Decided, Record
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.execution import Executor
from frontdesk.tools.jobs import Job
from frontdesk.tools.preparing import Trace
from frontdesk.tools.reasons import told

_DECIDED: Mapping[str, Decided] = {
    "confirm": "proposed",
    "approval": "waiting",
    "done": "done",
    "refused": "refused",
    "failed": "failed",
    "unknown": "unknown",
}


@dataclass(frozen=True)
class Notes:
    """Writes records."""

    executor: Executor
    contracts: Mapping[str, ToolContract]
    clock: Callable[[], float]
    """Unix time in seconds."""

    async def written(self, result: ToolResult, trace: Trace, *, dry: bool = False) -> ToolResult:
        """Write the decision down, and return what is answered.

        A read whose record cannot be written is not answered, and a proposal is not made; an effect is not denied: the
        record before it was written, and what came of it is still told.
        """
        decided: Decided = "repeated" if result.repeated else _DECIDED[result.outcome]
        codes = [result.reason, *trace.repairs, *(["dry"] if dry else [])]
        content = result.content if decided in {"done", "repeated"} and not dry else ""
        reason = " ".join(code for code in codes if code)
        try:
            await self.executor.record(Record(self.clock(), trace.call, decided, reason, result=content))
        except ToolFailedError as error:
            contract = self.contracts.get(trace.call.tool)
            if contract is None or contract.effect == "read" or result.outcome == "confirm" or dry:
                return ToolResult("failed", str(error), reason=error.reason)
        return replace(result, reason=told(result.reason))

    async def corrected(self, trace: Trace) -> bool:
        """Write down that a model mended a call's arguments; False: it could not be, so they are not used."""
        try:
            await self.executor.record(Record(self.clock(), trace.call, "corrected", "not_valid"))
        except ToolFailedError:
            return False
        return True


def noted(trace: Trace, job: Job | None) -> Trace:
    """Add what happened on the way to a call's repairs."""
    return trace if job is None else replace(trace, repairs=[*trace.repairs, *job.notes])
