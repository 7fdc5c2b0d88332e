"""The register of stores: every store that holds personal data is listed here, and nowhere else.

Erasure, export and legal holds go through this list, so a store that is missing in it would be forgotten: a test fails
when a conversation leaves a key that belongs to none of these and is not listed in :data:`IMPERSONAL`.
"""

from __future__ import annotations

from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver
from redis.asyncio import Redis

from frontdesk.graph.persistence.erasure.shared import AuditHolding, ListedHolding, MemberHolding
from frontdesk.graph.persistence.holdings import Holding, KeyHolding, Read
from frontdesk.graph.persistence.inbox import OPEN as UNANSWERED
from frontdesk.graph.persistence.life import readers, remembered
from frontdesk.graph.persistence.life.consent import RedisConsents
from frontdesk.graph.persistence.life.retention import Lifetimes
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.persistence.spending import KIND as SPENDING
from frontdesk.graph.persistence.spending import spendings
from frontdesk.graph.protocols import Vault
from frontdesk.nodes.handoff.desk import RedisHandoffDesk
from frontdesk.nodes.handoff.holding import TicketHolding
from frontdesk.nodes.recall.archive import RedisArchive
from frontdesk.nodes.remember.prepared import KIND as PREPARED
from frontdesk.nodes.remember.prepared import RedisPrepared, summaries
from frontdesk.tools.approvals_holding import waiting_calls
from frontdesk.tools.approvals_redis import KIND as APPROVALS
from frontdesk.tools.approvals_redis import OPEN as WAITING
from frontdesk.tools.approvals_redis import RedisApprovals
from frontdesk.tools.ledger import RedisLedger
from frontdesk.tools.ledgers.redis import BEGUN
from frontdesk.tools.rates import KIND as RATE
from frontdesk.tools.rates import LONGEST, rates
from frontdesk.tools.readcache import KIND as KEPT_READ
from frontdesk.tools.readcache import LIVES, MARK, results

IMPERSONAL = frozenset(
    {
        "anonymous",
        "answer",
        "answered",
        "answers",
        "asking",
        "erased",
        "erasures",
        "holds",
        "keyring",
        "lock",
        "nearby",
        "outcomes",
        "pages",
        "spent",
        "sweep",
        "usage",
    }
)
"""Kinds of keys that tell of nobody: counts and codes, tombstones, keys, locks, answers that are everybody's. Requests
for erasure and holds do name a person, sealed; they are there to be worked on, and go with the work."""


def register(
    client: Redis,
    sealer: Sealer,
    lives: Lifetimes,
    *,
    saver: BaseCheckpointSaver[Any],
    vault: Vault,
    handoff: RedisHandoffDesk,
    archive: RedisArchive,
    consents: RedisConsents,
    ledger: RedisLedger,
    prepared: RedisPrepared,
    approvals: RedisApprovals,
) -> tuple[Holding, ...]:
    """Return the register of a desk's stores on a Redis.

    Args:
        client: The Redis of all stores.
        sealer: Makes the pseudonyms.
        lives: How long each kind lives.
        saver: Reads conversations.
        vault: Reads values.
        handoff: Reads tickets.
        archive: Reads episodes and memories.
        consents: Reads what people allowed.
        ledger: Reads executed calls.
        prepared: Reads summaries that no turn took up yet.
        approvals: Reads calls that wait for a second person.
    """

    def keys(name: str, kinds: str, seconds: int, read: Read) -> KeyHolding:
        return KeyHolding(client, name, frozenset(kinds.split()), seconds, read)

    def members(name: str, kinds: str, seconds: int, read: Read) -> MemberHolding:
        return MemberHolding(client, name, frozenset(kinds.split()), seconds, read, sealer=sealer)

    def listed(name: str, kinds: str, seconds: int, read: Read, *, index: str, mark: bytes = b"/") -> ListedHolding:
        return ListedHolding(client, name, frozenset(kinds.split()), seconds, read, index=index, mark=mark)

    return (
        keys("conversations", "checkpoint history", lives.thread, readers.conversations(saver, vault)),
        listed("inbox", "inbox", lives.inbox, readers.turns(client, sealer), index=UNANSWERED),
        listed("ledger", "call begun", lives.ledger, readers.calls(ledger), index=BEGUN),
        listed("approvals", APPROVALS, lives.thread, waiting_calls(approvals, vault), index=WAITING, mark=b"-"),
        TicketHolding(client, lives.tickets, readers.tickets(handoff, vault)),
        AuditHolding(client, sealer),
        members("episodes", "episodes", lives.episodes, remembered.episodes(archive)),
        members("memories", "memories forgotten", lives.memories, remembered.memories(archive)),
        keys("consents", "consents", lives.consents, readers.consents(consents)),
        keys("summaries", PREPARED, lives.thread, summaries(prepared, vault)),
        keys("vault", "vault", lives.thread, readers.values(vault)),
        keys("rates", RATE, LONGEST, rates(client)),
        keys("reads", f"{KEPT_READ} {MARK}", LIVES, results(client, sealer)),
        keys("spending", SPENDING, lives.thread, spendings(client)),
        members("register", "threads alias", lives.register, readers.threads(client)),
    )
