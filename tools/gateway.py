"""The gateway: the only path from a proposed call to an effect.

may the principal use it → parse, repair, coerce → owner → values in place of placeholders → validate → precheck →
confirm → approval → reserve → rate → execute → validate the result → sensitive fields out → settle → audit.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from langchain_core.messages import ToolCall

from frontdesk.desk.connecting import GatewayRules
from frontdesk.errors import ConfigurationError, ToolError
from frontdesk.graph.deps import Examined, Planned, Restore, Restorer, ToolResult
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.state import Proposal
from frontdesk.tools.admission import Admission
from frontdesk.tools.approvals import Approval, Approvals, MemoryApprovals
from frontdesk.tools.approving import Approving
from frontdesk.tools.audit import Audit
from frontdesk.tools.authority import definition, is_offered
from frontdesk.tools.backend import Backend
from frontdesk.tools.carrying import NOT_APPROVED, Carrier
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.deciding import Decisions
from frontdesk.tools.dryrun import would
from frontdesk.tools.effects import Effects
from frontdesk.tools.execution import Executor
from frontdesk.tools.faults import contract_faults
from frontdesk.tools.jobs import Job
from frontdesk.tools.ledger import Ledger
from frontdesk.tools.noting import Notes, noted
from frontdesk.tools.opencalls import OpenCalls
from frontdesk.tools.planbook import PlanBook
from frontdesk.tools.plans import Plans, result_of
from frontdesk.tools.preparing import Preparer
from frontdesk.tools.rates import MemoryRates, Rates
from frontdesk.tools.readcache import MemoryReads, ReadStore
from frontdesk.tools.reasons import refused, unknown
from frontdesk.tools.schema import Schema
from frontdesk.tools.seals import Seals
from frontdesk.tools.standing import Standing
from frontdesk.tools.undoing import Undoing


class ToolGateway:
    """Implements ``frontdesk.graph.deps.Gateway`` over contracts and connectors."""

    def __init__(
        self,
        contracts: Mapping[str, ToolContract],
        backends: Mapping[str, Backend],
        ledger: Ledger,
        audit: Audit,
        clock: Callable[[], float] = time.time,
        *,
        tenant: str | None = None,
        approvals: Approvals | None = None,
        seals: Seals | None = None,
        rules: GatewayRules | None = None,
        rates: Rates | None = None,
        reads: ReadStore | None = None,
    ) -> None:
        """Compile the contracts.

        Args:
            contracts: By tool name.
            backends: By connector kind (``frontdesk.tools.registry.backends``).
            ledger: For the writes of stateful callers; stateless ones have a ledger of this process.
            audit: For the decisions on stateful calls; stateless ones go to the log.
            clock: Unix time in seconds.
            tenant: The business whose tools these are: a principal of another one is refused; None: any.
            approvals: Where calls wait for a second person; by default in this process.
            seals: Of proposals; by default they count in this process only.
            rules: ``gateway`` of desk.yaml.
            rates: Counts calls of stateful callers; by default in this process.
            reads: Where results of reads are kept; by default in this process.

        Raises:
            ConfigurationError: lists everything that is wrong with the contracts.
        """
        faults = [fault for contract in contracts.values() for fault in contract_faults(contract, backends)]
        if faults:
            raise ConfigurationError("\n".join(faults))
        rules = rules or GatewayRules()
        self._contracts, self._clock, self._tenant = dict(contracts), clock, tenant
        self._seals = seals or Seals()
        admission = Admission(rates or MemoryRates(), rules, clock)
        outputs = {name: Schema(item.output, f"{name}: output") for name, item in contracts.items()}
        stand = Standing(self._seals).check
        self._executor = Executor(backends, outputs, ledger, audit, clock, admission.admit, stand)
        self._effects = Effects(self._executor, admission, reads or MemoryReads(clock), self._contracts)
        self.open_calls = OpenCalls(self._contracts, self._effects, ledger, clock)
        self._preparer = Preparer(self._contracts, clock, tenant)
        self._notes = Notes(self._executor, self._contracts, clock)
        self.approving = Approving(
            approvals or MemoryApprovals(clock),
            key=ledger.key,
            run=self._run_approved,
            record=self._executor.record,
            clock=clock,
            roles=rules.approver_roles,
            seconds=60.0 * rules.approval_minutes,
            tenant=tenant,
            used=any(contract.approval for contract in contracts.values()),
        )
        self._decisions = Decisions(self._effects, self.approving, self._seals, clock)
        book = PlanBook(ledger, clock)
        self._plans = Plans(self._preparer, self._effects, book, clock)
        undoing = Undoing(self._contracts)
        self._carrier = Carrier(self._preparer, self._effects, book, undoing, clock)

    def offered(self, names: Sequence[str], principal: Principal, *, writes: bool) -> list[dict[str, Any]]:
        """See the protocol. An unknown name is left out; so are writes unless ``writes``."""
        now = self._clock()
        known = [self._contracts[name] for name in names if name in self._contracts]
        return [
            definition(contract)
            for contract in known
            if (writes or contract.effect == "read") and is_offered(contract, principal, now, self._tenant)
        ]

    def examine(self, call: ToolCall, *, restore: Restore) -> Examined:
        """See the protocol. An unknown tool has no problems that could be mended."""
        return self._preparer.examine(call, restore)

    async def corrected(self, call: ToolCall, caller: Caller) -> bool:
        """See the protocol."""
        return await self._notes.corrected(self._preparer.trace(call, caller))

    async def call(
        self, call: ToolCall, caller: Caller, *, restore: Restore, approved: Proposal | None, dry: bool = False
    ) -> ToolResult:
        """See the protocol. ``args`` may also be JSON text, as a model wrote it."""
        trace = self._preparer.trace(call, caller)
        job: Job | None = None
        try:
            job = self._preparer.job(call, trace, restore)
            if dry:
                result = await self._decisions.foreseen(job, approved)
            elif job.contract.effect == "read":
                result = await self._read(job)
            else:
                job = self._decisions.approved(job, approved)
                trace.call = job.id
                result = await self._decisions.decide(job, approved)
        except ToolError as error:
            result = result_of(error)
        if dry:
            result = would(trace.call.tool, job, result)
        return await self._notes.written(result, noted(trace, job), dry=dry)

    async def plan(self, calls: Sequence[ToolCall], caller: Caller, *, restorer: Restorer) -> Planned:
        """See the protocol."""
        planned = await self._plans.plan(calls, caller, restorer)
        if planned.proposal is None:
            return planned
        proposal = Proposal(**{**planned.proposal, "unasked": not planned.asks})
        return replace(planned, proposal=self._seals.sealed(proposal, caller))

    def worded(self, proposal: Proposal, caller: Caller) -> Proposal:
        """See the protocol."""
        return self._seals.worded(proposal, caller)

    async def carry_out(self, plan: Proposal, caller: Caller, *, restorer: Restorer) -> list[ToolResult]:
        """See the protocol. A plan without this gateway's seal is refused as a whole."""
        if not self._seals.genuine(plan, caller):
            no = result_of(refused("plan", "not_approved", NOT_APPROVED))
            return [no for _ in plan.get("calls") or ()]
        return await self._carrier.carry_out(plan, caller, restorer)

    async def _run_approved(self, approval: Approval, restore: Restore) -> ToolResult:
        """Make a call that a second person has approved, as its customer in the proposing turn.

        Authority, arguments and preconditions are checked again; the ledger knows the call by the customer's own key.
        """
        call = ToolCall(name=approval.tool, args=dict(approval.arguments), id=approval.id, type="tool_call")
        trace = self._preparer.trace(call, approval.acting)
        job: Job | None = None
        try:
            job = replace(self._preparer.job(call, trace, restore), said=True, seconded=True, shown=approval.asked)
            if approval.outcome == "unknown" and not await self._effects.begun(job):
                # it may have happened, and the ledger has forgotten what to reconcile
                raise unknown(job.contract.name)
            content, repeated = await self._effects.once(job)
            result = ToolResult("done", content, repeated=repeated)
        except ToolError as error:
            result = result_of(error)
        return await self._notes.written(result, noted(trace, job))

    async def _read(self, job: Job) -> ToolResult:
        content, kept = await self._effects.read(job)
        if kept:
            job.notes.append("cached")
        return ToolResult("done", content)
