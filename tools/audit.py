"""The audit trail: one record per decision, append-only and chained, with pseudonyms instead of people."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol

from redis.asyncio import Redis
from redis.exceptions import RedisError

from frontdesk.errors import AuditError
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.journal import Judged, LogJournal, entries, reply_entries
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.state import Channel, Verdict
from frontdesk.graph.verdicts import Fate
from frontdesk.tools.auditing import bodies
from frontdesk.tools.auditing.appending import RedisChain
from frontdesk.tools.auditing.keys import STREAM
from frontdesk.tools.auditing.memory import MemoryChain
from frontdesk.tools.ledger import CallId
from frontdesk.tools.reasons import failed

logger = logging.getLogger(__name__)

Decided = Literal[
    "proposed", "confirmed", "waiting", "approved", "denied", "refused", "corrected", "executing", "done", "repeated",
    "failed", "unknown", "reconciled", "compensated",
]  # fmt: skip


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
    by: str = field(default="", repr=False)
    """Subject of who confirmed, approved or denied; kept as a keyed digest only."""
    result: str = field(default="", repr=False)
    """The result as JSON; kept as a keyed digest only."""


class Audit(Protocol):
    """Where decisions are written down."""

    async def record(self, record: Record) -> None:
        """Append. ToolFailedError (``audit_unavailable``): it could not be written."""
        ...

    async def judged(self, caller: Caller, at: float, channel: Channel, verdict: Verdict) -> None:
        """Append what the guards said; see ``frontdesk.graph.protocols.Journal``. Never raises."""
        ...

    async def replied(self, caller: Caller, at: float, fate: Fate, codes: Sequence[str]) -> None:
        """Append what became of a reply; see ``frontdesk.graph.protocols.Journal``. Never raises."""
        ...


class MemoryAudit:
    """Keeps records in a list, arguments as digests: ``FRONTDESK_REDIS=memory`` and tests. The oldest go."""

    def __init__(self, limit: int = 10_000, sealer: Sealer | None = None) -> None:
        """Take how many records to keep, and the deployment's sealer (None: a key that lives as long as this)."""
        self._limit = limit
        self._sealer = sealer or Sealer.generate()
        self.chain = MemoryChain(self._sealer, limit)
        self.records: list[Record] = []
        self.verdicts: list[tuple[float, Caller, Judged]] = []

    async def record(self, record: Record) -> None:
        """See :class:`Audit`."""
        digest = hashlib.sha256(record.call.arguments.encode("utf-8", "surrogatepass")).hexdigest()
        self.records.append(replace(record, call=replace(record.call, arguments=digest)))
        del self.records[: -self._limit]
        self.chain.append(_body(self._sealer, record))

    async def judged(self, caller: Caller, at: float, channel: Channel, verdict: Verdict) -> None:
        """See :class:`Audit`."""
        if not caller.stateful:
            return await LogJournal().judged(caller, at, channel, verdict)
        return self._keep(caller, at, list(entries(channel, verdict)))

    async def replied(self, caller: Caller, at: float, fate: Fate, codes: Sequence[str]) -> None:
        """See :class:`Audit`."""
        if not caller.stateful:
            return await LogJournal().replied(caller, at, fate, codes)
        return self._keep(caller, at, list(reply_entries(fate, codes)))

    def _keep(self, caller: Caller, at: float, found: Sequence[Judged]) -> None:
        self.verdicts += [(at, caller, entry) for entry in found]
        del self.verdicts[: -self._limit]
        self.chain.append(*bodies.of_verdicts(self._sealer, at, caller, found))

    def forget(self, principal: Principal | None, threads: Collection[str]) -> int:
        """Drop the records of a person and of threads, but for their places in the chain; return how many went."""
        who = (principal.tenant, principal.subject) if principal else None

        def is_theirs(caller: Caller) -> bool:
            return caller.thread_id in threads or (caller.principal.tenant, caller.principal.subject) == who

        self.records[:] = [record for record in self.records if not is_theirs(record.call.caller)]
        self.verdicts[:] = [entry for entry in self.verdicts if not is_theirs(entry[1])]
        return self.chain.bury(bodies.Whose(self._sealer, principal, threads), "erasure")


class LogAudit(LogJournal):
    """Writes decisions to the log, for stateless calls: nothing of those may go into a store."""

    async def record(self, record: Record) -> None:
        """See :class:`Audit`."""
        logger.info("audit: %s %s %s", record.call.tool, record.decision, record.reason)


class RedisAudit:
    """Appends to the chain in ``fd:audit``; records go by age, and with the person whose pseudonym they carry."""

    def __init__(self, client: Redis, sealer: Sealer) -> None:
        """Take a client and the deployment's sealer, whose key makes the pseudonyms and the proofs."""
        self._sealer = sealer
        self._chain = RedisChain(client, sealer)

    async def record(self, record: Record) -> None:
        """See :class:`Audit`; one round trip."""
        try:
            await self._chain.append(_body(self._sealer, record))
        except (RedisError, OSError, AuditError) as error:
            raise failed(record.call.tool, "audit_unavailable") from error

    async def judged(self, caller: Caller, at: float, channel: Channel, verdict: Verdict) -> None:
        """See :class:`Audit`; one round trip for all entries, none where there are none."""
        if not caller.stateful:
            return await LogJournal().judged(caller, at, channel, verdict)
        return await self._append(caller, at, list(entries(channel, verdict)))

    async def replied(self, caller: Caller, at: float, fate: Fate, codes: Sequence[str]) -> None:
        """See :class:`Audit`; one round trip, none where there is nothing to say."""
        if not caller.stateful:
            return await LogJournal().replied(caller, at, fate, codes)
        return await self._append(caller, at, list(reply_entries(fate, codes)))

    async def _append(self, caller: Caller, at: float, found: Sequence[Judged]) -> None:
        try:
            await self._chain.append(*bodies.of_verdicts(self._sealer, at, caller, found))
        except (RedisError, OSError, AuditError) as error:
            logger.error("verdict not written to the audit: %s", type(error).__name__)


def _body(sealer: Sealer, record: Record) -> dict[str, str]:
    return bodies.of_call(
        sealer, record.at, record.call, record.decision, record.reason, record.by, record.result
    )  # fmt: skip


__all__ = ["STREAM", "Audit", "Decided", "LogAudit", "MemoryAudit", "Record", "RedisAudit"]
