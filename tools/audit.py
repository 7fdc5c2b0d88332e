"""The audit trail: one record per decision, append-only, with pseudonyms instead of people."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, Protocol

from redis.asyncio import Redis
from redis.exceptions import RedisError

from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.journal import Judged, LogJournal, entries, reply_entries
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.state import Channel, Verdict
from frontdesk.graph.verdicts import Fate
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

    async def judged(self, caller: Caller, at: float, channel: Channel, verdict: Verdict) -> None:
        """Append what the guards said; see ``frontdesk.graph.protocols.Journal``. Never raises."""
        ...

    async def replied(self, caller: Caller, at: float, fate: Fate, codes: Sequence[str]) -> None:
        """Append what became of a reply; see ``frontdesk.graph.protocols.Journal``. Never raises."""
        ...


class MemoryAudit:
    """Keeps records in a list, arguments as digests: ``FRONTDESK_REDIS=memory`` and tests. The oldest go."""

    def __init__(self, limit: int = 10_000) -> None:
        """Take how many records to keep."""
        self._limit = limit
        self.records: list[Record] = []
        self.verdicts: list[tuple[float, Caller, Judged]] = []

    async def record(self, record: Record) -> None:
        """See :class:`Audit`."""
        digest = hashlib.sha256(record.call.arguments.encode()).hexdigest()
        self.records.append(replace(record, call=replace(record.call, arguments=digest)))
        del self.records[: -self._limit]

    async def judged(self, caller: Caller, at: float, channel: Channel, verdict: Verdict) -> None:
        """See :class:`Audit`."""
        if not caller.stateful:
            return await LogJournal().judged(caller, at, channel, verdict)
        return self._keep(caller, at, entries(channel, verdict))

    async def replied(self, caller: Caller, at: float, fate: Fate, codes: Sequence[str]) -> None:
        """See :class:`Audit`."""
        if not caller.stateful:
            return await LogJournal().replied(caller, at, fate, codes)
        return self._keep(caller, at, reply_entries(fate, codes))

    def _keep(self, caller: Caller, at: float, found: Iterable[Judged]) -> None:
        self.verdicts += [(at, caller, entry) for entry in found]
        del self.verdicts[: -self._limit]

    def forget(self, principal: Principal | None, threads: Collection[str]) -> int:
        """Drop the records of a person and of threads; return how many went."""
        who = (principal.tenant, principal.subject) if principal else None

        def is_theirs(caller: Caller) -> bool:
            return caller.thread_id in threads or (caller.principal.tenant, caller.principal.subject) == who

        before = len(self.records) + len(self.verdicts)
        self.records[:] = [record for record in self.records if not is_theirs(record.call.caller)]
        self.verdicts[:] = [entry for entry in self.verdicts if not is_theirs(entry[1])]
        return before - len(self.records) - len(self.verdicts)


class LogAudit(LogJournal):
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
        if not found:
            return
        who, pseudonym = caller.principal, self._sealer.pseudonym
        base = {"at": f"{at:.3f}", "tenant": who.tenant, "subject": pseudonym(who.subject)}
        base |= {"thread": pseudonym(caller.thread_id), "turn": pseudonym(caller.turn_id)}
        try:
            async with self._client.pipeline(transaction=False) as pipe:
                for entry in found:
                    pipe.xadd(STREAM, {**base, **asdict(entry)})
                await pipe.execute()
        except (RedisError, OSError) as error:
            logger.error("verdict not written to the audit: %s", type(error).__name__)

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
