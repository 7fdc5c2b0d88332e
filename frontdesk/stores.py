"""What is kept between turns: Redis, or this process where ``FRONTDESK_REDIS=memory`` says so."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.checkpoint.memory import InMemorySaver
from redis.asyncio import Redis
from redis.exceptions import RedisError

from frontdesk.desk.load import Desk
from frontdesk.errors import ConfigurationError
from frontdesk.graph.deps import Archive, Vault
from frontdesk.graph.identity import Principal
from frontdesk.graph.persistence.codec import strict_serde
from frontdesk.graph.persistence.connect import connect
from frontdesk.graph.persistence.erase import erase_subject
from frontdesk.graph.persistence.inbox import Inbox, MemoryInbox, RedisInbox
from frontdesk.graph.persistence.keys import find_keys
from frontdesk.graph.persistence.lock import Locks, MemoryLocks, RedisLocks
from frontdesk.graph.persistence.saver import SealedRedisSaver
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.persistence.threads import MemoryThreads, RedisThreads, Threads, subject_mark
from frontdesk.nodes.handoff.desk import MemoryHandoffDesk, RedisHandoffDesk
from frontdesk.nodes.recall.archive import RedisArchive
from frontdesk.nodes.recall.memory import MemoryArchive
from frontdesk.nodes.scrub.vault import MemoryVault, RedisVault
from frontdesk.settings import Settings
from frontdesk.tools.audit import Audit, MemoryAudit, RedisAudit
from frontdesk.tools.ledger import Ledger, MemoryLedger, RedisLedger

DAY = 86_400
KEPT_CHECKPOINTS = 5
"""Checkpoints of a thread that are kept; under ``durability="exit"`` a turn writes one."""


@dataclass(frozen=True)
class Stores:
    """Everything that outlives a turn."""

    client: Redis | None
    sealer: Sealer
    where: str
    """For people; no user, no password."""
    saver: BaseCheckpointSaver[Any]
    threads: Threads
    inbox: Inbox
    locks: Locks
    vault: Vault
    archive: Archive
    handoff: RedisHandoffDesk | MemoryHandoffDesk
    ledger: Ledger
    audit: Audit

    async def healthy(self) -> bool:
        """Tell whether the store answers."""
        if self.client is None:
            return True
        try:
            return bool(await self.client.ping())
        except (RedisError, OSError):
            return False

    async def erase(self, principal: Principal, now: float) -> dict[str, Any]:
        """Remove everything held on a person and scan again; see ``FrontDesk.erase``."""
        if self.client is None or not isinstance(self.threads, RedisThreads):
            raise ConfigurationError("FRONTDESK_REDIS=memory keeps nothing beyond this process; end it to erase")
        done = await erase_subject(self.client, self.sealer, self.threads, principal)
        return {
            "subject": subject_mark(self.sealer, principal),
            "at": datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds"),
            "removed": dict(done.removed),
            "remaining": done.remaining,
        }


@asynccontextmanager
async def connect_stores(desk: Desk, settings: Settings) -> AsyncIterator[Stores]:
    """Open the stores of a desk, and leave them at the end.

    Raises:
        RedisUnavailableError: No usable Redis; the message says what was tried and what to do.
        SettingsError: A named Redis without a key, or a malformed setting.
    """
    url = settings.redis_url.get_secret_value() if settings.redis_url else None
    async with connect(url, settings.redis, settings.home) as connection:
        local = connection.kind != "named"
        keys = await asyncio.to_thread(find_keys, settings.key_environment(), settings.home, local=local)
        sealer = Sealer(keys)
        where = f"{connection.kind} ({connection.where})"
        if connection.client is None:
            yield _memory(sealer, where)
        else:
            stores = stores_for(connection.client, sealer, where, desk)
            async with stores.saver:  # type: ignore[attr-defined]
                yield stores


def stores_for(client: Redis, sealer: Sealer, where: str, desk: Desk) -> Stores:
    """Make the stores of a desk on a Redis; nothing is contacted yet.

    Args:
        client: Binary (``decode_responses`` off); stays the caller's to close.
        sealer: Seals all that is written.
        where: Where that Redis is, for people.
        desk: Says how long things are kept.

    Returns:
        The stores. Enter ``saver`` (``async with``) before a turn is run.
    """
    keep = desk.config.retention
    seconds, wait = int(keep.thread_days * DAY), desk.config.budgets.turn_seconds
    # The register must outlive everything that it leads to: an erasure finds a person's stores through it.
    longest = int(max(keep.thread_days, keep.ledger_days, keep.ticket_days) * DAY)
    return Stores(
        client=client,
        sealer=sealer,
        where=where,
        saver=SealedRedisSaver(client, sealer, seconds=seconds, keep=KEPT_CHECKPOINTS),
        threads=RedisThreads(client, sealer, longest),
        inbox=RedisInbox(client, sealer, seconds),
        locks=RedisLocks(client, wait=wait),
        vault=RedisVault(client, sealer, seconds),
        archive=RedisArchive(client, sealer, seconds),
        handoff=RedisHandoffDesk(client, sealer, int(keep.ticket_days * DAY)),
        ledger=RedisLedger(client, sealer, keep.ledger_days * DAY),
        audit=RedisAudit(client, sealer),
    )


def _memory(sealer: Sealer, where: str) -> Stores:
    return Stores(
        client=None,
        sealer=sealer,
        where=where,
        saver=InMemorySaver(serde=strict_serde()),
        threads=MemoryThreads(),
        inbox=MemoryInbox(),
        locks=MemoryLocks(),
        vault=MemoryVault(),
        archive=MemoryArchive(),
        handoff=MemoryHandoffDesk(),
        ledger=MemoryLedger(),
        audit=MemoryAudit(),
    )
