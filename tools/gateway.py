"""The gateway: the only path from a proposed call to an effect.

parse → may the principal use it → repair and coerce (reads) → values in place of placeholders → validate → owner →
precheck → confirm → reserve → execute → validate the result → settle → audit.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from langchain_core.messages import ToolCall

from frontdesk.errors import (
    ConfigurationError,
    ToolError,
    ToolFailedError,
    ToolRefusedError,
)
from frontdesk.graph.deps import Restore, ToolResult
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.state import Proposal
from frontdesk.tools.arguments import canonical, coerce, parse, with_defaults
from frontdesk.tools.audit import Audit, Decided, Record
from frontdesk.tools.authority import definition, may_use, own
from frontdesk.tools.backend import Backend
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.execution import Executor, Job
from frontdesk.tools.ledger import CallId, Ledger
from frontdesk.tools.proposals import approves, propose
from frontdesk.tools.reasons import refused
from frontdesk.tools.schema import Schema

_UNNAMED = "?"
"""Stands in the audit for a tool that does not exist: its name is a model's text."""


@dataclass(slots=True)
class _Trace:
    """What is known of a call so far, for the audit."""

    call: CallId
    reason: str = ""
    repairs: list[str] = field(default_factory=list)


class ToolGateway:
    """Implements ``frontdesk.graph.deps.Gateway`` over contracts and connectors."""

    def __init__(
        self,
        contracts: Mapping[str, ToolContract],
        backends: Mapping[str, Backend],
        ledger: Ledger,
        audit: Audit,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Compile the contracts.

        Args:
            contracts: By tool name.
            backends: By connector kind (``frontdesk.tools.registry.backends``).
            ledger: For the writes of stateful callers; stateless ones have a ledger of this process.
            audit: For the decisions on stateful calls; stateless ones go to the log.
            clock: Unix time in seconds.

        Raises:
            ConfigurationError: lists everything that is wrong with the contracts.
        """
        faults = [fault for contract in contracts.values() for fault in _faults(contract, backends)]
        if faults:
            raise ConfigurationError("\n".join(faults))
        self._contracts = dict(contracts)
        self._inputs = {name: Schema(item.input, f"{name}: input") for name, item in contracts.items()}
        outputs = {name: Schema(item.output, f"{name}: output") for name, item in contracts.items()}
        self._executor = Executor(backends, outputs, ledger, audit, clock)
        self._clock = clock

    def offered(self, names: Sequence[str], principal: Principal, *, writes: bool) -> list[dict[str, Any]]:
        """See the protocol. An unknown name is left out; so are writes unless ``writes``."""
        known = [self._contracts[name] for name in names if name in self._contracts]
        return [
            definition(contract)
            for contract in known
            if (writes or contract.effect == "read") and not may_use(contract, principal)
        ]

    async def call(self, call: ToolCall, caller: Caller, *, restore: Restore, approved: Proposal | None) -> ToolResult:
        """See the protocol. ``args`` may also be JSON text, as a model wrote it."""
        name = str(call.get("name"))
        trace = _Trace(CallId(caller, caller.turn_id, name if name in self._contracts else _UNNAMED, ""))
        try:
            result = await self._decide(name, call.get("args"), trace, restore, approved)
        except ToolError as error:
            trace.reason = error.reason
            result = ToolResult(_outcome(error), str(error))
        return await self._audited(result, trace)

    async def _decide(
        self, name: str, raw: Any, trace: _Trace, restore: Restore, approved: Proposal | None
    ) -> ToolResult:
        contract = self._contracts.get(name)
        if contract is None:
            raise refused(_UNNAMED, "unknown_tool")
        denied = may_use(contract, trace.call.caller.principal)
        if denied:
            raise refused(name, denied)
        job = self._job(contract, raw, trace, restore)
        if contract.effect == "read":
            return ToolResult("done", await self._executor.read(job))
        if contract.confirm != "never":
            if approved is None or not approves(approved, name, job.masked, self._clock()):
                record = await self._executor.precheck(job)
                if contract.confirm == "several" and record.get("count") == 1:
                    return await self._run(job)
                proposal = propose(contract, job.masked, record, trace.call.turn_id, self._clock())
                return ToolResult("confirm", proposal["question"], proposal)
            trace.call = CallId(trace.call.caller, approved["turn_id"], name, trace.call.arguments)
            job = Job(contract, trace.call, job.masked, job.values)
        return await self._run(job)

    async def _run(self, job: Job) -> ToolResult:
        content, repeated = await self._executor.once(job)
        return ToolResult("done", content, repeated=repeated)

    def _job(self, contract: ToolContract, raw: Any, trace: _Trace, restore: Restore) -> Job:
        """Turn what the model wrote into an allowed call. Pure but for ``restore``, which keeps to its vault."""
        principal = trace.call.caller.principal
        arguments, repairs = parse(contract.name, raw, contract.effect)
        if contract.effect == "read":
            arguments, changes = coerce(arguments, contract.input)
            repairs = [*repairs, *changes]
        own(contract, arguments, principal)
        hidden = contract.owner.argument if contract.owner else None
        masked = {key: value for key, value in with_defaults(arguments, contract.input).items() if key != hidden}
        trace.repairs = repairs
        trace.call = CallId(trace.call.caller, trace.call.turn_id, contract.name, canonical(masked))
        values = own(contract, restore(masked), principal)
        problems = self._inputs[contract.name].problems(values)
        if problems:
            raise refused(contract.name, "not_valid", f"Not valid, nothing was done: {'; '.join(problems)}.")
        return Job(contract, trace.call, masked, values)

    async def _audited(self, result: ToolResult, trace: _Trace) -> ToolResult:
        """Write the decision down. A read whose record cannot be written is not answered; an effect is not denied."""
        decided: Decided = "proposed" if result.outcome == "confirm" else result.outcome
        if result.repeated:
            decided = "repeated"
        reason = " ".join([trace.reason, *trace.repairs]).strip()
        try:
            await self._executor.record(Record(self._clock(), trace.call, decided, reason))
        except ToolFailedError as error:
            contract = self._contracts.get(trace.call.tool)
            if contract is None or contract.effect == "read" or result.outcome == "confirm":
                return ToolResult("failed", str(error))
            # The "executing" record was written before the effect; what came of it is still told.
        return result


def _outcome(error: ToolError) -> Literal["refused", "failed", "unknown"]:
    if isinstance(error, ToolRefusedError):
        return "refused"
    return "failed" if isinstance(error, ToolFailedError) else "unknown"


def _faults(contract: ToolContract, backends: Mapping[str, Backend]) -> list[str]:
    """Return what keeps a contract from being served, each with the tool's name."""
    faults = []
    for part, schema in (("input", contract.input), ("output", contract.output)):
        try:
            Schema(schema, f"{contract.name}: {part}")
        except ConfigurationError as error:
            faults.append(str(error))
    owner = contract.owner
    if contract.effect == "write" and owner is not None and owner.argument is None and contract.precheck is None:
        faults.append(f"{contract.name}: a write whose owner rule names a result needs a precheck: it comes too late")
    backend = backends.get(contract.connector.kind)
    if backend is None:
        known = ", ".join(sorted(backends)) or "none"
        return [*faults, f"{contract.name}: no connector {contract.connector.kind!r}; there are: {known}"]
    return [*faults, *(f"{contract.name}: {problem}" for problem in backend.check(contract))]
