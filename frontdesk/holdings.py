"""The register of stores: every store that holds personal data is listed here, and nowhere else.

Erasure, export and legal holds go through this list, so a store that is missing in it would be forgotten: a test fails
when a conversation leaves a key that belongs to none of these and is not listed in :data:`IMPERSONAL`.
"""

from __future__ import annotations

from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver
from redis.asyncio import Redis

from frontdesk.graph.persistence.erasure.shared import AuditHolding, InboxHolding, MemberHolding
from frontdesk.graph.persistence.holdings import Holding, KeyHolding, Read
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
from frontdesk.tools.ledger import RedisLedger

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
    """

    def keys(name: str, kinds: str, seconds: int, read: Read) -> KeyHolding:
        return KeyHolding(client, name, frozenset(kinds.split()), seconds, read)

    def members(name: str, kinds: str, seconds: int, read: Read) -> MemberHolding:
        return MemberHolding(client, name, frozenset(kinds.split()), seconds, read, sealer=sealer)

    return (
        keys("conversations", "checkpoint history", lives.thread, readers.conversations(saver, vault)),
        InboxHolding(client, "inbox", frozenset({"inbox"}), lives.inbox, readers.turns(client, sealer)),
        keys("ledger", "call", lives.ledger, readers.calls(ledger)),
        TicketHolding(client, lives.tickets, readers.tickets(handoff, vault)),
        AuditHolding(client, sealer),
        members("episodes", "episodes", lives.episodes, remembered.episodes(archive)),
        members("memories", "memories forgotten", lives.memories, remembered.memories(archive)),
        keys("consents", "consents", lives.consents, readers.consents(consents)),
        keys("summaries", PREPARED, lives.thread, summaries(prepared, vault)),
        keys("vault", "vault", lives.thread, readers.values(vault)),
        keys("spending", SPENDING, lives.thread, spendings(client)),
        members("register", "threads alias", lives.register, readers.threads(client)),
    )
