"""What is kept between turns: Redis, or this process where ``FRONTDESK_REDIS=memory`` says so."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from langgraph.checkpoint.memory import InMemorySaver
from redis.asyncio import Redis

from frontdesk.desk.load import Desk
from frontdesk.graph.persistence.codec import strict_serde
from frontdesk.graph.persistence.connect import connect
from frontdesk.graph.persistence.erasure.eraser import Eraser
from frontdesk.graph.persistence.erasure.forgetful import Forgetful
from frontdesk.graph.persistence.erasure.memory import MemoryEraser
from frontdesk.graph.persistence.inbox import RedisInbox
from frontdesk.graph.persistence.inbox_memory import MemoryInbox
from frontdesk.graph.persistence.keys import find_sealer
from frontdesk.graph.persistence.life.consent import RedisConsents
from frontdesk.graph.persistence.life.consent_memory import MemoryConsents
from frontdesk.graph.persistence.life.retention import lifetimes
from frontdesk.graph.persistence.lock import MemoryLocks, RedisLocks
from frontdesk.graph.persistence.outcomes import History, MemoryEndings, RedisEndings
from frontdesk.graph.persistence.pageuse import MemoryPageStore, PageCounts, RedisPageStore
from frontdesk.graph.persistence.saver import SealedRedisSaver
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.persistence.spending import RedisSpendings
from frontdesk.graph.persistence.spending_memory import MemorySpendings
from frontdesk.graph.persistence.threads import MemoryThreads, RedisThreads
from frontdesk.graph.rolling import MemoryPrepared
from frontdesk.holdings import register
from frontdesk.kept import Stores as Stores
from frontdesk.nodes.handoff.desk import MemoryHandoffDesk, RedisHandoffDesk
from frontdesk.nodes.recall.archive import RedisArchive
from frontdesk.nodes.recall.memory import MemoryArchive
from frontdesk.nodes.remember.prepared import RedisPrepared
from frontdesk.nodes.scrub.vault import MemoryVault, RedisVault
from frontdesk.settings import Settings
from frontdesk.tools.approvals import MemoryApprovals
from frontdesk.tools.approvals_redis import RedisApprovals
from frontdesk.tools.audit import MemoryAudit, RedisAudit
from frontdesk.tools.ledger import MemoryLedger, RedisLedger
from frontdesk.tools.rates import MemoryRates, RedisRates
from frontdesk.tools.readcache import MemoryReads, RedisReads

KEPT_CHECKPOINTS = 5
"""Checkpoints of a thread that are kept; under ``durability="exit"`` a turn writes one."""

SLACK = 10.0
"""Seconds beyond a turn's budget that an erasure waits for a running turn before it stops it."""


@asynccontextmanager
async def connect_stores(desk: Desk, settings: Settings) -> AsyncIterator[Stores]:
    """Open the stores of a desk, and leave them at the end.

    Raises:
        RedisUnavailableError: No usable Redis; the message says what was tried and what to do.
        SettingsError: A named Redis without a key, one whose data belongs to another key, or a malformed setting.
        KeyServiceError: The key service failed.
    """
    url = settings.redis_url.get_secret_value() if settings.redis_url else None
    async with connect(url, settings.redis, settings.home) as connection:
        local = connection.kind != "named"
        sealer = await find_sealer(settings.key_environment(), settings.home, connection.client, local=local)
        where = f"{connection.kind} ({connection.where})"
        if connection.client is None:
            yield _memory(sealer, where, desk)
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
    keep = lifetimes(desk.config.retention)
    consents = RedisConsents(client, sealer, desk.config.consent, keep.consents)
    saver = SealedRedisSaver(client, sealer, seconds=keep.thread, keep=KEPT_CHECKPOINTS)
    wait, days = desk.config.budgets.turn_seconds, desk.config.routing.tiers.days
    threads, locks = RedisThreads(client, sealer, keep.register), RedisLocks(client, wait=wait)
    vault = RedisVault(client, sealer, keep.thread)
    memory = desk.config.memory
    archive = RedisArchive(client, sealer, keep.episodes, consents, rules=memory, memory_seconds=keep.memories)
    handoff = RedisHandoffDesk(client, sealer, keep.tickets)
    prepared = RedisPrepared(client, sealer, keep.thread)
    approvals = RedisApprovals(client, sealer, keep.thread)
    ledger = RedisLedger(client, sealer, keep.ledger)
    holdings = register(
        client, sealer, keep,
        saver=saver, vault=vault, handoff=handoff, archive=archive, consents=consents, ledger=ledger,
        prepared=prepared, approvals=approvals,
    )  # fmt: skip
    return Stores(
        client, sealer, where, saver, threads,
        inbox=RedisInbox(client, sealer, keep.inbox),
        locks=locks, vault=vault, archive=archive, consents=consents, handoff=handoff, ledger=ledger,
        approvals=approvals, rates=RedisRates(client, sealer), reads=RedisReads(client, sealer),
        audit=RedisAudit(client, sealer),
        erasure=Eraser(client, sealer, threads, locks, holdings, patience=wait + SLACK),
        spendings=RedisSpendings(client, sealer),
        outcomes=History(RedisEndings(client, days), days),
        page_use=PageCounts(RedisPageStore(client)),
        prepared=prepared,
    )  # fmt: skip


def _memory(sealer: Sealer, where: str, desk: Desk) -> Stores:
    consents = MemoryConsents(desk.config.consent)
    saver, locks, threads = InMemorySaver(serde=strict_serde()), MemoryLocks(), MemoryThreads()
    inbox, vault, keep = MemoryInbox(), MemoryVault(), lifetimes(desk.config.retention)
    archive = MemoryArchive(consents, rules=desk.config.memory, memory_seconds=keep.memories)
    handoff, ledger, audit = MemoryHandoffDesk(), MemoryLedger(), MemoryAudit(sealer=sealer)
    spendings, days = MemorySpendings(), desk.config.routing.tiers.days
    held: dict[str, Forgetful] = {"inbox": inbox, "ledger": ledger, "tickets": handoff, "audit": audit}
    held |= {"episodes": archive, "consents": consents, "vault": vault, "spending": spendings, "register": threads}
    prepared = MemoryPrepared()
    approvals = MemoryApprovals()
    rates, reads = MemoryRates(), MemoryReads()
    held |= {"summaries": prepared, "approvals": approvals, "rates": rates, "reads": reads}
    forget = {name: store.forget for name, store in held.items()}
    return Stores(
        client=None,
        sealer=sealer,
        where=where,
        saver=saver,
        threads=threads,
        inbox=inbox,
        locks=locks,
        vault=vault,
        archive=archive,
        consents=consents,
        handoff=handoff,
        ledger=ledger,
        audit=audit,
        approvals=approvals,
        rates=rates,
        reads=reads,
        erasure=MemoryEraser(sealer, threads, locks, forget, saver.adelete_thread),
        spendings=spendings,
        outcomes=History(MemoryEndings(days), days),
        page_use=PageCounts(MemoryPageStore()),
        prepared=prepared,
    )
