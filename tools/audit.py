"""The audit trail: one record per decision, append-only, with pseudonyms instead of people."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, Protocol

from redis.asyncio import Redis
from redis.exceptions import RedisError

from frontdesk.graph.identity import Principal
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.tools.ledger import CallId
from frontdesk.tools.reasons import failed

logger = logging.getLogger(__name__)

STREAM = "fd:audit"
Decided = Literal["proposed", "refused", "executing", "done", "repeated", "failed", "unknown"]


@dataclass(frozen=True, slots=True)
class Record:
    """One decision on one call."""

    at: float
    """Unix time in seconds."""
    call: CallId
    """Whose call, and what; kept as keyed digests only."""
    decision: Decided
    reason: str = ""
    """Closed code such as ``missing_scope``, repairs such as ``repaired:json``, or empty."""


class Audit(Protocol):
    """Where decisions are written down."""

    async def record(self, record: Record) -> None:
        """Append. ToolFailedError (``audit_unavailable``): it could not be written."""
        ...


class MemoryAudit:
    """Keeps records in a list, arguments as digests: ``FRONTDESK_REDIS=memory`` and tests. The oldest go."""

    def __init__(self, limit: int = 10_000) -> None:
        """Take how many records to keep."""
        self._limit = limit
        self.records: list[Record] = []

    async def record(self, record: Record) -> None:
        """See :class:`Audit`."""
        digest = hashlib.sha256(record.call.arguments.encode()).hexdigest()
        self.records.append(replace(record, call=replace(record.call, arguments=digest)))
        del self.records[: -self._limit]

    def forget(self, principal: Principal | None, threads: Collection[str]) -> int:
        """Drop the records of a person and of threads; return how many went."""
        who = (principal.tenant, principal.subject) if principal else None
        before = len(self.records)
        callers = [(record, record.call.caller) for record in self.records]
        self.records[:] = [
            record
            for record, caller in callers
            if caller.thread_id not in threads and (caller.principal.tenant, caller.principal.subject) != who
        ]
        return before - len(self.records)


class LogAudit:
    """Writes decisions to the log, for stateless calls: nothing of those may go into a store."""

    async def record(self, record: Record) -> None:
        """See :class:`Audit`."""
        logger.info("audit: %s %s %s", record.call.tool, record.decision, record.reason)


class RedisAudit:
    """Appends to the stream ``fd:audit``; entries go by age, and with the person whose pseudonym they carry."""

    def __init__(self, client: Redis, sealer: Sealer) -> None:
        """Take a client and the deployment's sealer, whose key makes the pseudonyms."""
        self._client: Any = client
        self._sealer = sealer

    async def record(self, record: Record) -> None:
        """See :class:`Audit`; one round trip."""
        try:
            await self._client.xadd(STREAM, asdict(self._line(record)))
        except RedisError as error:
            raise failed(record.call.tool, "audit_unavailable") from error

    def _line(self, record: Record) -> _Line:
        call, pseudonym = record.call, self._sealer.pseudonym
        return _Line(
            at=f"{record.at:.3f}",
            tool=call.tool,
            decision=record.decision,
            reason=record.reason,
            tenant=call.caller.principal.tenant,
            subject=pseudonym(call.caller.principal.subject),
            thread=pseudonym(call.caller.thread_id),
            call=pseudonym(call.text),
            arguments=pseudonym(call.arguments),
        )


@dataclass(frozen=True, slots=True)
class _Line:
    at: str
    tool: str
    decision: str
    reason: str
    tenant: str
    subject: str
    thread: str
    call: str
    """Digest of the call's identity: the records of one call, and its ledger entry, share it."""
    arguments: str
